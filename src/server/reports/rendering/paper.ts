import type { TFunction } from 'i18next';
import type { Locale } from '#domain/people/person.ts';
import { inkOf } from '#domain/reports/ink.ts';
import { comparedSigns } from '#domain/reports/making.ts';
import type { ReportFacts } from '#domain/reports/report.ts';
import { risks } from '#domain/visits/visit.ts';
import { clockWords } from './clock-words.ts';
import {
  filled,
  findingOf,
  goalOf,
  kickOffOf,
  type Pair,
  peopleOf,
  photoOf,
  promisesOf,
  riskTones,
  type Speaking,
  toneOf,
  workOf,
  wrapUpsOf,
} from './paper-parts.ts';
import { signatureOf } from './paper-signatures.ts';
import { textsFor } from './texts.ts';

/** A version of a report: its facts, and who made it when. */
export type ReportVersion = {
  version: number;
  facts: ReportFacts;
  sha256: string;
  made_at: string;
  /** Null where a signature made it by itself. */
  made_by_name: string | null;
  is_signed: boolean;
  /** The instant until which its minutes count what still ran: its signature's, else that of its making. */
  counts_to: string;
};

/**
 * The report in the words of one language, laid out in parts but on no particular paper: PDF and DOCX both print this and
 * add no word of their own.
 */
export function paperOf(report: ReportVersion, locale: Locale) {
  const { facts } = report;
  const t = textsFor(locale);
  const speaking: Speaking = {
    facts,
    t,
    clock: clockWords({ locale, zone: facts.zone }),
    duration: (minutes) => durationWords(minutes, t),
  };
  const accent = inkOf(facts.firm.accent_color);
  const version = t(report.is_signed ? 'signed_version' : 'version', { version: report.version });
  return {
    lang: locale === 'en' ? 'en' : 'zh',
    accent,
    title: t('title'),
    number: t('number', { number: facts.visit.number }),
    version,
    firm: (locale === 'en' && facts.firm.name_en) || facts.firm.name,
    phone: facts.firm.contact_phone ? t('end.phone', { phone: facts.firm.contact_phone }) : '',
    check: t('check', { hash: report.sha256.slice(0, comparedSigns) }),
    page: t('page', { page: '<page>', pages: '<pages>' }),
    headline: facts.ticket.title,
    kind: t(`kind.${facts.visit.kind}`),
    customer: facts.customer.name,
    cover: coverOf(speaking, report),
    glance: glanceOf(speaking, accent),
    summary: summaryOf(speaking),
    sections: Object.fromEntries(
      ['people', 'goal', 'kick_off', 'work', 'photos', 'findings', 'promises', 'wrap_ups', 'signature'].map(
        (name) => [name, t(`sections.${name}`)],
      ),
    ),
    people: peopleOf(speaking),
    goal: goalOf(speaking),
    kick_off: kickOffOf(speaking),
    work: workOf(speaking, accent, report.counts_to),
    photos: facts.work.flatMap((line) => line.photos.map((photo) => photoOf(photo, t))),
    photo_missing: t('photos.missing'),
    findings: facts.findings.map((finding, at) => findingOf(finding, at + 1, speaking)),
    promises: promisesOf(speaking),
    wrap_ups: wrapUpsOf(speaking),
    signature: signatureOf(speaking),
    end: endOf(speaking, report, version),
  };
}
export type Paper = ReturnType<typeof paperOf>;

/** The name under which a report is saved. */
export function paperName(report: Pick<ReportVersion, 'facts' | 'version'>, locale: Locale): string {
  return textsFor(locale)('file_name', { number: report.facts.visit.number, version: report.version });
}

function durationWords(minutes: number, t: TFunction): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t('duration.minutes', { minutes: rest });
  return t(rest === 0 ? 'duration.hours' : 'duration.hours_minutes', { hours, minutes: rest });
}

function coverOf({ facts, t, clock }: Speaking, report: ReportVersion): Pair[] {
  const { visit, site, asset } = facts;
  const { arrived_at, left_at } = visit;
  const spoken = (name: string, text: string) => ({ label: t(`cover.${name}`), text });
  const sameDay = arrived_at && left_at && clock.day(arrived_at) === clock.day(left_at);
  const left = left_at && clock.until(left_at, arrived_at ?? left_at);
  const lastDay = visit.days?.at(-1);
  const lastSeen = left_at ?? lastDay?.left_at ?? lastDay?.arrived_at ?? arrived_at;
  const days = [...new Set([arrived_at ?? visit.planned_from, lastSeen ?? visit.planned_to].map(clock.day))];
  const eachDay = visit.days?.map((day) => dayWords(day, { t, clock })).join('\n');
  return filled([
    spoken('customer', facts.customer.name),
    spoken(
      'site',
      site ? [site.name, [site.city, site.address].filter(Boolean).join(' ')].filter(Boolean).join('\n') : '',
    ),
    spoken('date', days.join(' – ')),
    arrived_at
      ? spoken(
          'on_site',
          eachDay ??
            t(left ? 'cover.on_site_both' : 'cover.on_site_open', {
              from: sameDay || !left ? clock.time(arrived_at) : clock.when(arrived_at),
              to: left,
            }),
        )
      : spoken(
          'planned',
          `${clock.when(visit.planned_from)} – ${clock.until(visit.planned_to, visit.planned_from)}`,
        ),
    spoken('cancelled', visit.cancelled_at ? clock.when(visit.cancelled_at) : ''),
    spoken('engineer', visit.engineer),
    spoken(
      'interface_person',
      [facts.interface_person?.name, facts.interface_person?.title].filter(Boolean).join(' · '),
    ),
    spoken(
      'asset',
      asset ? [asset.name, asset.model, asset.version, asset.serial].filter(Boolean).join(' · ') : '',
    ),
    spoken('ticket', t('cover.ticket_number', { number: facts.ticket.number })),
    spoken('made', clock.when(report.made_at)),
  ]);
}

function dayWords(
  { arrived_at, left_at }: { arrived_at: string | null; left_at: string | null },
  { t, clock }: Pick<Speaking, 't' | 'clock'>,
): string {
  if (arrived_at === null) return '';
  const from = clock.when(arrived_at);
  if (left_at === null) return t('cover.on_site_open', { from });
  return t('cover.on_site_both', { from, to: clock.until(left_at, arrived_at) });
}

function glanceOf({ facts, t, clock, duration }: Speaking, accent: string) {
  const total = facts.minutes.reduce((sum, { minutes }) => sum + minutes, 0);
  const open = facts.promises.filter(({ state }) => state === 'open');
  const due = open.flatMap(({ due_at }) => due_at ?? []).sort()[0];
  const signed = facts.signatures.at(-1);
  return {
    time: t('glance.time'),
    total: total > 0 ? t('glance.total', { duration: duration(total) }) : t('glance.time_none'),
    parts: facts.minutes
      .filter(({ minutes }) => minutes > 0)
      .map(({ kind, minutes }) => ({
        label: t(`work.kinds.${kind}`),
        words: duration(minutes),
        minutes,
        tone: toneOf(kind, accent),
      })),
    findings:
      facts.findings.length > 0
        ? t('glance.findings', { count: facts.findings.length })
        : t('glance.findings_none'),
    risks: [...risks].reverse().map((risk) => ({
      label: t(`findings.risks.${risk}`),
      count: facts.findings.filter((finding) => finding.risk === risk).length,
      tone: riskTones[risk],
    })),
    promises:
      facts.promises.length > 0
        ? t('glance.promises', { count: facts.promises.length })
        : t('glance.promises_none'),
    owed:
      facts.promises.length === 0
        ? ''
        : open.length > 0
          ? t('glance.promises_open', { count: open.length })
          : t('glance.promises_done'),
    due: due ? t('glance.next_due', { when: clock.when(due) }) : '',
    signed: t('glance.signed'),
    signed_by: signed
      ? t('glance.signed_by', { name: signed.name, role: signed.role })
      : t('glance.not_signed'),
    signed_at: signed ? clock.when(signed.at) : '',
  };
}

/** For whoever reads one page: the last talk's problems, what they must decide, what comes next. */
function summaryOf({ facts, t }: Speaking): { title: string; pairs: Pair[] } {
  const last = facts.wrap_ups.at(-1);
  const fields = ['problems', 'support_needed', 'tomorrow'] as const;
  return {
    title: t('summary.title'),
    pairs: filled(fields.map((name) => ({ label: t(`summary.${name}`), text: last?.[name] ?? '' }))),
  };
}

function endOf({ facts, t, clock }: Speaking, report: ReportVersion, version: string) {
  const when = clock.when(report.made_at);
  return {
    zone: t('end.zone', { zone: clock.zone(facts.visit.planned_from) }),
    version: report.made_by_name
      ? t('end.version', { version, when, name: report.made_by_name })
      : t('end.version_itself', { version, when }),
    hash: t('end.hash', { hash: report.sha256 }),
  };
}
