import { Refusal } from '../ground/refusal.ts';
import { daysOnSite } from '../visits/days.ts';
import type { Visit } from '../visits/visit.ts';

/** Says why there is nothing to report of a visit yet, or null: nobody has been there and no time was spent on it. */
export function refuseMaking(
  visit: Pick<Visit, 'arrived_at' | 'left_at' | 'days' | 'log' | 'number'>,
): Refusal | null {
  return daysOnSite(visit).length === 0 && visit.log.length === 0
    ? new Refusal('conflict', 'reports.nothing_to_tell', { number: visit.number })
    : null;
}

/** Two versions that say the same would make people look for the difference. */
export function refuseSame(
  sha256: string,
  latest: { version: number; sha256: string } | null,
): Refusal | null {
  return latest?.sha256 === sha256
    ? new Refusal('conflict', 'reports.unchanged', { version: latest.version })
    : null;
}

/** As many signs of a version's checksum as people compare; each page carries them, whichever of them is stamped. */
export const comparedSigns = 12;

/** Stamped paper belongs to the version whose hash is printed on it, and it is a picture or a scan. */
export function refuseBinding(
  paper: { sha256: string; media_type: string },
  version: { version: number; sha256: string },
): Refusal | null {
  if (paper.sha256 !== version.sha256)
    return new Refusal('conflict', 'reports.other_version', { version: version.version });
  if (!paper.media_type.startsWith('image/') && paper.media_type !== 'application/pdf')
    return new Refusal('invalid', 'reports.no_picture_of_paper');
  return null;
}
