import { locales } from '#domain/people/person.ts';
import { printFormats } from '#domain/reports/commands.ts';
import type { Job } from '../platform/jobs.ts';
import { printVersion } from './actions/print-version.ts';
import { loadVersion } from './queries/load-version.ts';

/** Prints a signed version in all its ways at once: from now on these bytes are what is handed out. */
const printSigned: Job = {
  task: 'reports.print_signed',
  run: async (payload, tools) => {
    const version = await loadVersion(tools.db, (payload as { version_id: string }).version_id);
    for (const locale of locales)
      for (const format of printFormats) await printVersion(tools, version, { format, locale });
  },
};

export const jobs: Job[] = [printSigned];
