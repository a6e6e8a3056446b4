// Holds the built-in PostgreSQL of DATA_DIR as the server does, and says what happens one JSON object a line.

import { stopWhenAsked } from '#server/platform/lifetime.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { StartProblem, sayAndExit } from '#server/platform/start-problems.ts';

const say = (line: object) => console.log(JSON.stringify(line));
const log = {
  info: (_fields: object, said: string) => say({ said }),
  warn: (_fields: object, said: string) => say({ said }),
};

try {
  const postgres = await startEmbedded({ dataDir: process.env.DATA_DIR ?? '', log });
  stopWhenAsked(postgres.stop);
  say({ url: postgres.url });
  setInterval(() => {}, 60_000);
} catch (error) {
  if (error instanceof StartProblem) sayAndExit(error);
  throw error;
}
