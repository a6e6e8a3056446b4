import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export type TypstOrder = {
  n: number;
  paper: string;
  /** Names and bytes of photos (by file id) and logo, as JPEG or PNG. */
  pictures: { name: string; ending: 'jpg' | 'png'; bytes: Uint8Array }[];
  /** Seconds since 1970 that the document says it was made at: the same facts give the same bytes. */
  made_at: number;
};
export type TypstAnswer =
  | { n: number; pdf: Uint8Array; pages: number }
  | { n: number; problem: string; pdf?: undefined };

const folder = fileURLToPath(new URL('.', import.meta.url));
const fonts = ['400Regular', '700Bold'].map((weight) =>
  fileURLToPath(
    new URL('.', import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)),
  ),
);
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fonts }] });

parentPort?.on('message', (order: TypstOrder) => {
  const answer = compile(order);
  parentPort?.postMessage(answer, answer.pdf ? [answer.pdf.buffer as ArrayBuffer] : []);
});

function compile(order: TypstOrder): TypstAnswer {
  const { n } = order;
  try {
    const pictures: Record<string, string> = {};
    for (const { name, ending, bytes } of order.pictures) {
      const path = `pictures/${name}.${ending}`;
      compiler.mapShadow(`${folder}${path}`, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      pictures[name] = `/${path}`;
    }
    const compiled = compiler.compile({
      mainFilePath: `${folder}report.typ`,
      inputs: { paper: order.paper, pictures: JSON.stringify(pictures) },
    });
    const document = compiled.result;
    if (!document) return { n, problem: problemOf(compiled) };
    const pdf = compiler.pdf(document, { creationTimestamp: order.made_at });
    // A buffer of the compiler cannot be handed over to another thread, its copy can.
    return { n, pdf: Uint8Array.from(pdf), pages: document.numOfPages };
  } catch (error) {
    return { n, problem: String(error) };
  } finally {
    compiler.resetShadow();
    // Everything remembered of one report is useless for the next, and photos are large.
    compiler.evictCache(0);
  }
}

function problemOf(compiled: ReturnType<NodeCompiler['compile']>): string {
  const error = compiled.takeError();
  return error ? JSON.stringify(compiler.fetchDiagnostics(error)).slice(0, 2_000) : 'no document';
}
