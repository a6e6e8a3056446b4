import type { TFunction } from 'i18next';
import type { VisitAbout } from '#domain/visits/views.ts';
import type { Words } from '../../ui/words.ts';
import { contactOf, contactWords } from './contact-words.ts';

/** What a field of a visit is called on the screen; the last part of a clash's path. */
export function fieldName(path: string, t: TFunction): string {
  return t(`visits_phone.fields.${path.split('.').at(-1)}`);
}

const instants = /(_at|_from|_to)$/;

/** A field's value as people read it, whatever kind of value it is. */
export function valueWords(path: string, value: unknown, about: VisitAbout, words: Words): string {
  const name = path.split('.').at(-1) ?? '';
  const { t } = words;
  if (value === null || value === undefined || value === '') {
    return t(name === 'ended_at' ? 'visits_phone.log.runs' : 'visits_phone.not_written');
  }
  if (typeof value === 'boolean') return t(value ? 'visits_phone.yes' : 'visits_phone.no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return listWords(name, value, about, words);
  if (typeof value === 'object') return scopeWords(value as Record<string, unknown>, words);
  const text = String(value);
  if (instants.test(name)) return words.time(text);
  if (name.endsWith('contact_id') || name === 'signer_ids') {
    const contact = contactOf(about, text);
    return contact ? contactWords(contact, t) : t('visits_phone.somebody');
  }
  if (name === 'site_id') return about.site?.id === text ? about.site.name : t('visits_phone.other_site');
  if (name === 'risk') return t(`visits.risks.${text}`);
  if (name === 'reaction') return t(`visits.reactions.${text}`, { defaultValue: text });
  if (name === 'kind') return t([`visits.work_kinds.${text}`, `visits.kinds.${text}`]);
  return text;
}

function listWords(name: string, value: unknown[], about: VisitAbout, words: Words): string {
  const { t } = words;
  if (value.length === 0) return t('visits_phone.nobody');
  if (name === 'photos') {
    const captions = value.map((one) => (one as { caption?: string }).caption).filter(Boolean);
    return [t('visits_phone.photos.count', { count: value.length }), ...captions].join('\n');
  }
  if (name === 'signer_ids') return value.map((id) => valueWords(name, id, about, words)).join('\n');
  return value
    .map((one) => t('visits_phone.kick_off.person', one as { name: string; duty: string }))
    .join('\n');
}

function scopeWords(column: Record<string, unknown>, { t }: Words): string {
  return [
    String(column.what ?? ''),
    t('visits_phone.scope.n_hours', { count: Number(column.hours) }),
    column.night ? t('visits_phone.scope.night') : '',
    String(column.verification ?? ''),
  ]
    .filter(Boolean)
    .join('\n');
}
