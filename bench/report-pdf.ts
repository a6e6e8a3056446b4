import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { canonicalJson } from '#domain/reports/canonical-json.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { printReport } from '#server/reports/rendering/print.ts';
import { photoIdsOf, photoUse } from '#server/reports/rendering/scaling.ts';
import { toldFirm, toldPage } from '#test/told-visit.ts';
import { median } from './measure.ts';
import type { Line } from './targets.ts';

const photos = 40;
const made_at = '2026-11-22T08:30:00.000Z';

/**
 * A report of twenty pages with forty photos as the phone keeps them (2,560 pixels, 1 MB each), from facts to PDF. `p50_ms` with
 * photos prepared when they arrived, as in the product; `unprepared_ms` scales all of them first; `cold_ms` is that as the first
 * report of a process, which starts the thread and loads the fonts too. `cpu_ms` counts all threads.
 */
export async function measureReportPdf(run: {
  folder: string;
  rounds: number;
  print: (line: Line) => void;
}): Promise<void> {
  const { folder, rounds, print } = run;
  const paths = await takePhotos(join(folder, 'report-photos'));
  const facts = reportFacts(longPage(), toldFirm, made_at);
  const ids = photoIdsOf(facts);
  if (ids.length !== photos) throw new Error(`${ids.length} photos where ${photos} should be`);
  const sha256 = createHash('sha256').update(canonicalJson(facts)).digest('hex');
  const report = {
    version: 1,
    facts,
    sha256,
    made_at,
    made_by_name: '林海',
    is_signed: false,
    counts_to: made_at,
  };
  const sourceOf = (id: string) => ({
    path: paths[ids.indexOf(id) % paths.length] as string,
    prepared: join(folder, `${id}.${photoUse}`),
  });
  const forget = () => ids.forEach((id) => void rmSync(sourceOf(id).prepared, { force: true }));
  const once = async () => {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const pdf = await printReport(report, { format: 'pdf', locale: 'zh-CN', sourceOf });
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    return { ms, cpu_ms: (user + system) / 1_000, pages: pagesOf(pdf) };
  };
  const [cold, prepared, unprepared] = [await once(), [], []] as [Printed, Printed[], Printed[]];
  for (let round = 0; round < rounds; round += 1) {
    prepared.push(await once());
    forget();
    unprepared.push(await once());
  }
  print({
    figure: 'reports.pdf',
    pages: cold.pages,
    photos,
    p50_ms: middle(prepared, 'ms'),
    cpu_ms: middle(prepared, 'cpu_ms'),
    unprepared_ms: middle(unprepared, 'ms'),
    unprepared_cpu_ms: middle(unprepared, 'cpu_ms'),
    cold_ms: middle([cold], 'ms'),
    cold_cpu_ms: middle([cold], 'cpu_ms'),
  });
}

type Printed = { ms: number; cpu_ms: number; pages: number };

function middle(printed: readonly Printed[], what: 'ms' | 'cpu_ms'): number {
  return Math.round(median(printed.map((one) => one[what])));
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Weeks of work told line by line, findings with evidence, and every photo another one. */
function longPage() {
  const page = toldPage({ days: 21, findings: 18 });
  let taken = 0;
  const things = [
    ...page.visit.log.filter(({ customer_line }) => customer_line !== ''),
    ...page.visit.findings,
  ];
  for (const thing of things) {
    thing.photos = thing.photos.flatMap((photo) => {
      if (taken === photos) return [];
      taken += 1;
      const file_id = `01900000-0000-7000-8001-${String(taken).padStart(12, '0')}`;
      return [{ ...photo, file_id }];
    });
  }
  return page;
}

// Few different ones are enough: each id is read, decoded and scaled by itself.
async function takePhotos(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    [0, 1, 2, 3].map(async (nth) => {
      const path = join(folder, `${nth}.jpg`);
      const [width, height] = nth % 2 === 0 ? [2_560, 1_920] : [1_920, 2_560];
      const noise = { type: 'gaussian' as const, mean: 90 + 30 * nth, sigma: 40 };
      const grain = await sharp({
        create: { width: width / 8, height: height / 8, channels: 3, noise, background: '#888888' },
      })
        .png()
        .toBuffer();
      await sharp(grain).resize(width, height).jpeg({ quality: 85 }).toFile(path);
      return path;
    }),
  );
}
