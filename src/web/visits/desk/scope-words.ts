import type { TFunction } from 'i18next';
import type { ScopeObjection } from '#domain/visits/scope.ts';
import type { ScopeParty } from '#domain/visits/visit.ts';

export const partiesWords = (parties: readonly ScopeParty[], t: TFunction) =>
  parties.map((party) => t(`visits.parties.${party}`)).join(t('app.and'));

const rounded = (value: number) => Math.round(value * 10) / 10;

/** What stands between the sheet and the road, in a line. */
export function objectionWords(objection: ScopeObjection, t: TFunction): string {
  const key = `visits.dispatch.${objection.code}`;
  if (objection.code === 'column_missing') return t(key, { party: t(`visits.parties.${objection.party}`) });
  if (objection.code === 'hours_apart')
    return t(key, { smaller: objection.smaller, larger: objection.larger });
  if ('named_by' in objection) return t(key, { parties: partiesWords(objection.named_by, t) });
  return t(key);
}

/** The same difference beside the row in which it is seen. */
export function differenceWords(objection: ScopeObjection, t: TFunction): string {
  const key = `visits.scope.difference.${objection.code}`;
  return objection.code === 'hours_apart'
    ? t(key, { ratio: rounded(objection.larger / objection.smaller) })
    : t(key);
}
