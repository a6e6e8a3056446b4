import { locales } from '#domain/people/person.ts';
import { printFormats } from '#domain/reports/commands.ts';
import type { Job } from '../platform/jobs.ts';
import { pictureSources, printVersion } from './actions/print-version.ts';
import { loadVersion } from './queries/load-version.ts';
import { preparePhoto } from './rendering/scaling.ts';

/** Prints a signed version in all its ways at once: from now on these bytes are what is handed out. */
const printSigned: Job = {
  task: 'reports.print_signed',
  run: async (payload, tools) => {
    const version = await loadVersion(tools.db, (payload as { version_id: string }).version_id);
    for (const locale of locales)
      for (const format of printFormats) await printVersion(tools, version, { format, locale });
  },
};

/** Draws photos as large as paper shows them when they arrive: whoever asks for a report of forty waits for none. */
const preparePhotos: Job = {
  task: 'reports.prepare_photos',
  run: async (payload, { db, settings }) => {
    const { file_ids } = payload as { file_ids: string[] };
    const sourceOf = await pictureSources({ db, settings }, file_ids);
    for (const id of file_ids) {
      const source = sourceOf(id);
      if (source) await preparePhoto(source);
    }
  },
};

export const jobs: Job[] = [printSigned, preparePhotos];
