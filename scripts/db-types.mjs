// Writes src/server/platform/db/schema.ts from a freshly migrated database: the types that Kysely knows tables by.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { openTestCluster } from './test-cluster.mjs';

if (process.argv.includes('--help')) {
  console.log('npm run db:types   rewrites src/server/platform/db/schema.ts from db/migrations');
  process.exit(0);
}

const node = ensureInstalled();
const out = join(root, 'src/server/platform/db/schema.ts');
// As src/server/platform/db/connect.ts reads them: instants and dates as text, counts as numbers.
const types = { timestamptz: 'string', date: 'string', int8: 'number', json: 'unknown', jsonb: 'unknown' };
const args = ['--dialect', 'postgres', '--out-file', out, '--type-mapping', JSON.stringify(types)];
const cluster = await openTestCluster(node, 'embedded', '--migrated');
try {
  const done = spawnSync(
    node,
    [
      'node_modules/.bin/kysely-codegen',
      '--url',
      cluster.url,
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  process.exitCode = done.status ?? 1;
} finally {
  await cluster.stop();
}
