import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { canonicalJson } from '#domain/reports/canonical-json.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { printReport } from '#server/reports/rendering/print.ts';
import { photoIdsOf } from '#server/reports/rendering/scaling.ts';
import { toldFirm, toldPage } from '#test/told-visit.ts';
import type { Line } from './targets.ts';

const photos = 40;
const made_at = '2026-11-22T08:30:00.000Z';

/**
 * A report of twenty pages with forty photos as the phone keeps them (2,560 pixels, over 1 MB), from facts to PDF: scaling,
 * typesetting, all. `cold_ms` is the first one of a process, which loads the fonts; `cpu_ms` what one costs in all threads.
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
  const report = { version: 1, facts, sha256, made_at, made_by_name: '林海', is_signed: false };
  const pathOf = (id: string) => paths[ids.indexOf(id) % paths.length] as string;
  const times: number[] = [];
  let pages = 0;
  let cpu = process.cpuUsage();
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1) cpu = process.cpuUsage();
    const started = performance.now();
    const pdf = await printReport(report, { format: 'pdf', locale: 'zh-CN', pathOf });
    times.push(performance.now() - started);
    pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  }
  const { user, system } = process.cpuUsage(cpu);
  const [cold, ...warm] = times as [number, ...number[]];
  const median = warm.sort((a, b) => a - b)[Math.floor(warm.length / 2)] as number;
  print({
    figure: 'reports.pdf',
    pages,
    photos,
    p50_ms: Math.round(median),
    cold_ms: Math.round(cold),
    cpu_ms: Math.round((user + system) / 1_000 / rounds),
  });
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
