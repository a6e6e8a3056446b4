/** One printed line. */
export type Line = {
  figure: string;
  size?: number;
  clients?: number;
  p95_ms?: number;
  p50_ms?: number;
  ratio?: number;
  rss_mb?: number;
  kb_gz?: number;
  shell?: string;
} & Record<string, number | string>;

const writes = ['tickets.create', 'tickets.reply', 'visits.log'];
const reads = ['tickets.list', 'tickets.open', 'promises.list', 'visits.list'];
const leastRatio = 0.4;
const leastMailRatio = 0.15;
const leastImportRatio = 0.2;
const mostReadMs = 20;
const mostRssMb = 300;
const mostReportMs = 2_000;
// How much dearer a read may be at the larger size, a million tickets too.
const mostGrowth = 1.3;
const mostSearchMs = 100;
const mostSearchGrowth = 2;
const mostHomecomingMs = 5_000;
const mostWireTimes = 1.3;
const mostOfflineStartMs = 1_500;
const mostKb: Record<string, number> = { desk: 250, phone: 200, portal: 200 };

/** A sentence for each target that these lines miss. */
export function missedTargets(lines: readonly Line[]): string[] {
  return lines.flatMap(missedByLine);
}

function missedByLine(line: Line): string[] {
  const { figure, size, clients } = line;
  const missed: string[] = [];
  if (writes.includes(figure) && clients === 8 && !((line.ratio ?? 0) >= leastRatio))
    missed.push(`${figure} at ${size} tickets reaches ${line.ratio} of raw; at least ${leastRatio}`);
  if (reads.includes(figure) && clients === 1 && !((line.p95_ms ?? Infinity) <= mostReadMs))
    missed.push(`${figure} at ${size} tickets takes ${line.p95_ms} ms (p95); at most ${mostReadMs}`);
  if (figure === 'mail.in' && !line.left_out && !((line.ratio ?? 0) >= leastMailRatio))
    missed.push(`mail.in reaches ${line.ratio} of the raw rows; at least ${leastMailRatio}`);
  const longest = Math.max(line.p50_ms ?? Infinity, Number(line.unprepared_ms));
  if (figure === 'reports.pdf' && !(longest <= mostReportMs))
    missed.push(`a report of ${line.pages} pages takes ${longest} ms; at most ${mostReportMs}`);
  if (figure === 'import.rows' && !((line.ratio ?? 0) >= leastImportRatio))
    missed.push(`an import reaches ${line.ratio} of COPY; at least ${leastImportRatio}`);
  if (figure === 'memory' && !((line.rss_mb ?? Infinity) <= mostRssMb))
    missed.push(`the process takes ${line.rss_mb} MB; at most ${mostRssMb}`);
  if (figure === 'growth' && !(Number(line.times) <= mostGrowth))
    missed.push(`${line.read} is ${line.times} times dearer (${line.sizes} tickets); at most ${mostGrowth}`);
  if (figure.startsWith('search.') && line.clients === 1 && !((line.p95_ms ?? Infinity) <= mostSearchMs))
    missed.push(`${figure} at ${size} tickets takes ${line.p95_ms} ms (p95); at most ${mostSearchMs}`);
  if (figure === 'search.growth' && !(Number(line.times) <= mostSearchGrowth))
    missed.push(
      `search for ${line.read} is ${line.times} times dearer (${line.sizes} tickets); at most ${mostSearchGrowth}`,
    );
  if (figure === 'sync.edits' && !(Number(line.ms) <= mostHomecomingMs))
    missed.push(`${line.edits} edits take ${line.ms} ms to come home; at most ${mostHomecomingMs}`);
  if (figure === 'sync.photos' && !(Number(line.times) <= mostWireTimes))
    missed.push(
      `${line.photos} photos take ${line.times} times the wire's own time; at most ${mostWireTimes}`,
    );
  if (figure === 'phone.offline_start' && !(Number(line.ms) <= mostOfflineStartMs))
    missed.push(`the phone's app takes ${line.ms} ms to open offline; at most ${mostOfflineStartMs}`);
  if (line.left_out) missed.push(`${figure} was not measured: ${line.left_out}`);
  const most = mostKb[line.shell ?? ''] ?? 0;
  if (figure === 'first_screen' && !((line.kb_gz ?? Infinity) <= most))
    missed.push(`the first screen of the ${line.shell} takes ${line.kb_gz} KB gz; at most ${most}`);
  return missed;
}
