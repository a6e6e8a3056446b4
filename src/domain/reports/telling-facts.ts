import type { Instant } from '../ground/instant.ts';
import { toMs } from '../ground/instant.ts';
import { type Confirmation, kickOffConfirmation, todayConfirmation } from '../visits/confirming.ts';
import { daysOnSite, daysOver } from '../visits/days.ts';
import { gravestFirst } from '../visits/gravity.ts';
import { signingText } from '../visits/signing-off.ts';
import { minutesByKind } from '../visits/time-by-kind.ts';
import type { VisitContact, VisitPage } from '../visits/views.ts';
import type { Finding, KickOff, LogEntry, Photo, Visit, WrapUp } from '../visits/visit.ts';
import type {
  ReportConfirmation,
  ReportFacts,
  ReportFinding,
  ReportFirm,
  ReportPhoto,
  ReportSignature,
} from './report.ts';

/** What a report needs of the page of a visit: nothing of it but this is looked at. */
export type ReportedPage = {
  visit: Visit;
  about: Pick<VisitPage['about'], 'ticket' | 'customer' | 'site' | 'asset'> & {
    /** At least those of `contactsNamedIn`. */
    contacts: Pick<VisitContact, 'id' | 'name' | 'title'>[];
  };
};

/** Ids of the contacts whom a report of this visit may name, each once; some may have left the customer since. */
export function contactsNamedIn(visit: Pick<Visit, 'interface_contact_id' | 'log' | 'promises'>): string[] {
  const ids = [
    visit.interface_contact_id,
    ...visit.log.map((entry) => entry.waiting_on_contact_id),
    ...visit.promises.map((promise) => promise.to_contact_id),
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}

/**
 * What a report of this visit says now. Each field is named one by one: what colleagues wrote for colleagues (lines,
 * notes, readiness, the sales side's scope, clashes, what stands in the way of an advice) has no way in. What still
 * runs counts until `now`.
 */
export function reportFacts(page: ReportedPage, firm: ReportFirm, now: Instant): ReportFacts {
  const { visit, about } = page;
  const nameOf = (contactId: string | null) =>
    about.contacts.find(({ id }) => id === contactId)?.name ?? null;
  const number = numberedPhotos();
  return {
    form: 1,
    firm: {
      name: firm.name,
      name_en: firm.name_en,
      accent_color: firm.accent_color,
      contact_phone: firm.contact_phone,
      logo_file_id: firm.logo_file_id,
    },
    customer: { name: about.customer.name },
    site: about.site && { name: about.site.name, address: about.site.address, city: about.site.city },
    zone: about.site?.zone ?? about.customer.zone,
    ticket: { number: about.ticket.number, title: about.ticket.title },
    asset: about.asset && {
      name: about.asset.name,
      model: about.asset.model,
      serial: about.asset.serial,
      version: about.asset.version,
    },
    visit: {
      id: visit.id,
      number: visit.number,
      kind: visit.kind,
      planned_from: visit.planned_from,
      planned_to: visit.planned_to,
      engineer: visit.engineer_name,
      cancelled_at: visit.state === 'cancelled' ? (visit.cancelled?.at ?? null) : null,
      ...timesOnSite(visit),
    },
    ...peopleOf(page),
    ...agreedOn(visit),
    work: visit.log.map((entry) => ({
      kind: entry.kind,
      started_at: entry.started_at,
      ended_at: entry.ended_at,
      minutes: minutesOf(entry),
      line: entry.customer_line,
      waiting_for: entry.kind === 'waiting' ? entry.waiting_for : '',
      waiting_on: entry.kind === 'waiting' ? nameOf(entry.waiting_on_contact_id) : null,
      // A photo speaks to the customer only where a line does.
      photos: entry.customer_line.trim() === '' ? [] : number(entry.photos),
    })),
    minutes: minutesByKind(visit, now),
    findings: findingsOf(visit, number),
    promises: visit.promises.map(({ words, to_contact_id, due_at, state }) => ({
      words,
      to: nameOf(to_contact_id),
      due_at,
      state,
    })),
    wrap_ups: visit.wrap_ups.map((talk) => ({
      at: talk.at,
      by_name: talk.by_name,
      minutes: talk.minutes,
      rested_on: talk.rested_on,
      problems: talk.problems,
      advice: talk.advice,
      support_needed: talk.support_needed,
      tomorrow: talk.tomorrow,
      reaction: talk.reaction,
    })),
    signatures: signaturesOf(visit),
  };
}

/** From the first coming to the last going; day by day where there are several. */
function timesOnSite(visit: Visit) {
  const days = daysOnSite(visit);
  const started_at = daysOver(visit)[0]?.started_at ?? visit.started_at;
  return {
    arrived_at: days[0]?.arrived_at ?? null,
    started_at,
    left_at: days.at(-1)?.left_at ?? null,
    ...(days.length > 1 && { days }),
  };
}

function peopleOf({ visit, about }: ReportedPage): Pick<ReportFacts, 'interface_person' | 'people'> {
  const contact = about.contacts.find(({ id }) => id === visit.interface_contact_id);
  const named = (list: KickOff['our_people']) => list.map(({ name, duty }) => ({ name, duty }));
  return {
    interface_person: contact ? { name: contact.name, title: contact.title } : null,
    people: { ours: named(visit.kick_off.our_people), theirs: named(visit.kick_off.their_people) },
  };
}

function agreedOn(visit: Visit): Pick<ReportFacts, 'today' | 'scope' | 'kick_off'> {
  // The interface person knows the job best; what the customer's contact said stands in where that is missing.
  const scope = visit.scope_interface ?? visit.scope_customer;
  const said = visit.kick_off;
  const parts = [said.need, said.expectations, said.cooperation, said.plan, said.cautions];
  return {
    today: {
      goal: visit.goal,
      done_when: visit.done_when,
      not_today: visit.not_today,
      confirmed: confirmedOf(todayConfirmation(visit)),
    },
    scope: scope && {
      what: scope.what,
      hours: scope.hours,
      night: scope.night,
      verification: scope.verification,
      said_by: scope.said_by,
      said_at: scope.said_at,
    },
    kick_off: parts.every((part) => part.trim() === '')
      ? null
      : {
          need: said.need,
          expectations: said.expectations,
          cooperation: said.cooperation,
          cooperation_ordered_by: said.cooperation_ordered_by,
          plan: said.plan,
          cautions: said.cautions,
          acknowledged: confirmedOf(kickOffConfirmation(visit)),
        },
  };
}

function confirmedOf(said: Confirmation | null): ReportConfirmation | null {
  if (said === null) return null;
  const { name, at, since } = said;
  if (since === null) return { name, at };
  const changed = since.map(({ path, read, changed: by }) => ({
    field: path.split('.').at(-1) as string,
    // Whose it is to confirm was, when they did, their own.
    read: path === 'interface_contact_id' ? name : wordsOf(read),
    by_name: by?.by_name ?? null,
    at: by?.at ?? null,
  }));
  return { name, at, changed };
}

const wordsOf = (read: unknown): string =>
  Array.isArray(read)
    ? (read as KickOff['our_people']).map(({ name, duty }) => `${name} · ${duty}`).join('\n')
    : String(read);

function findingsOf(visit: Visit, number: (photos: Photo[]) => ReportPhoto[]): ReportFinding[] {
  return gravestFirst(visit.findings).map((finding) => ({
    what: finding.what,
    risk: finding.risk,
    standard: finding.standard,
    evidence: finding.evidence,
    advice: finding.advice,
    cheaper_advice: finding.cheaper_advice,
    reaction: finding.reaction,
    reaction_words: finding.reaction_words,
    heard_at: visit.wrap_ups.find((talk) => talk.at >= finding.at && tellsOf(talk, finding))?.at ?? null,
    photos: number(finding.photos),
  }));
}

/** The customer heard what was written down of the talk: a finding that was left out of it is still new to them. */
function tellsOf(talk: WrapUp, { what }: Finding): boolean {
  const said = oneLine(`${talk.problems}\n${talk.advice}`);
  return said.includes(oneLine(what.trim().split('\n')[0] ?? ''));
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A signature stands for what its signer read: where this visit says something else by now, it is told as it was read. */
function signaturesOf(visit: Visit): ReportSignature[] {
  const text = signingText(visit);
  return visit.signatures.map(({ id, name, role, at, strokes, shown_sha256, as_shown, shown }) => ({
    id,
    name,
    role,
    at,
    strokes,
    shown_sha256,
    as_shown,
    ...(shown === text ? {} : { shown }),
  }));
}

function minutesOf({ started_at, ended_at }: LogEntry): number | null {
  if (ended_at === null) return null;
  return Math.max(0, Math.round((toMs(ended_at) - toMs(started_at)) / 60_000));
}

/** One photo under two things is printed twice and has two numbers: each stands beside its own words. */
function numberedPhotos(): (photos: Photo[]) => ReportPhoto[] {
  let n = 0;
  return (photos) =>
    photos.map(({ file_id, caption }) => {
      n += 1;
      return { n, file_id, caption };
    });
}
