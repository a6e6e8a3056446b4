import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { PrintFormat } from '#domain/reports/commands.ts';
import { paperForPdf } from './breaking.ts';
import type { Paper } from './paper.ts';
import type { ReportPicture } from './scaling.ts';
import { printWord } from './word.ts';

export type PrintOrder = {
  n: number;
  format: PrintFormat;
  paper: Paper;
  pictures: ReportPicture[];
  /** Seconds since 1970 that a PDF says it was made at: the same facts give the same bytes. */
  made_at: number;
};
export type PrintAnswer =
  | { n: number; bytes: Uint8Array }
  | { n: number; problem: string; bytes?: undefined };

const folder = fileURLToPath(new URL('.', import.meta.url));
let compiler: NodeCompiler | undefined;

parentPort?.on('message', async (order: PrintOrder | 'ready') => {
  if (order === 'ready') {
    compiler ??= makeCompiler();
    return;
  }
  const answer = await print(order).catch((error: unknown) => ({ n: order.n, problem: String(error) }));
  const lent = 'bytes' in answer ? [answer.bytes.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(answer satisfies PrintAnswer, lent);
});

async function print(order: PrintOrder): Promise<{ n: number; bytes: Uint8Array }> {
  const printed = order.format === 'pdf' ? printPdf(order) : await printWord(order);
  // A buffer of the compiler cannot be handed over to another thread, its copy can.
  return { n: order.n, bytes: Uint8Array.from(printed) };
}

function printPdf(order: PrintOrder): Buffer {
  compiler ??= makeCompiler();
  try {
    const pictures: Record<string, string> = {};
    for (const { name, ending, bytes } of order.pictures) {
      const path = `pictures/${name}.${ending}`;
      compiler.mapShadow(`${folder}${path}`, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      pictures[name] = `/${path}`;
    }
    const compiled = compiler.compile({
      mainFilePath: `${folder}report.typ`,
      inputs: { paper: paperForPdf(order.paper), pictures: JSON.stringify(pictures) },
    });
    if (!compiled.result) throw new Error(problemOf(compiler, compiled));
    return compiler.pdf(compiled.result, { creationTimestamp: order.made_at });
  } finally {
    compiler.resetShadow();
    // Everything remembered of one report is useless for the next, and photos are large.
    compiler.evictCache(0);
  }
}

function makeCompiler(): NodeCompiler {
  const fontPaths = ['400Regular', '700Bold'].map((weight) =>
    fileURLToPath(
      new URL('.', import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)),
    ),
  );
  return NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths }] });
}

function problemOf(by: NodeCompiler, compiled: ReturnType<NodeCompiler['compile']>): string {
  const error = compiled.takeError();
  return error ? JSON.stringify(by.fetchDiagnostics(error)).slice(0, 2_000) : 'no document';
}
