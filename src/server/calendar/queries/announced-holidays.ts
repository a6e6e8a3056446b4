import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defaultFollows, type Holiday } from '#domain/calendar/plan.ts';

/** Regions whose announced holidays come with the product: package chinese-days, by the State Council's notices. */
const announcedRegion = 'CN';

type Announced = Record<string, string>;
let known: { holidays: Announced; workdays: Announced } | undefined;

function announced() {
  const path = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json');
  known ??= JSON.parse(readFileSync(path, 'utf8')) as { holidays: Announced; workdays: Announced };
  return known;
}

/**
 * Years that were announced when the package was made. A later year is unknown: the package itself would call its
 * holidays ordinary workdays. National Day tells: no notice is without it.
 */
export function isImportable(region: string, year: number): boolean {
  return region === announcedRegion && `${year}-10-01` in announced().holidays;
}

export function listImportableYears(): number[] {
  const years = Object.keys(announced().holidays).map((date) => Number(date.slice(0, 4)));
  return [...new Set(years)].filter((year) => isImportable(announcedRegion, year)).sort((a, b) => a - b);
}

/** Days of a year's notice; it may reach back into the December before. Empty when the year is not known. */
export function listAnnounced(region: string, year: number): Holiday[] {
  if (!isImportable(region, year)) return [];
  const inNotice = (date: string) => date >= `${year - 1}-12-15` && date <= `${year}-12-31`;
  const days = (source: Announced, is_off: boolean): Holiday[] =>
    Object.entries(source)
      .filter(([date]) => inNotice(date))
      .map(([holiday_on, names]) => ({
        holiday_on,
        // "National Day,国庆节,3": English name, Chinese name, days by law.
        name: names.split(',')[1] || names,
        is_off,
        follows: is_off ? null : defaultFollows,
      }));
  const { holidays, workdays } = announced();
  return [...days(holidays, true), ...days(workdays, false)].sort((a, b) =>
    a.holiday_on < b.holiday_on ? -1 : 1,
  );
}
