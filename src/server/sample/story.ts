import type { ReaderLevel, StakeholderRole } from '#domain/customers/contact.ts';
import type { Targets } from '#domain/customers/contract.ts';
import type { Outcome, TicketKind } from '#domain/tickets/ticket.ts';
import type { When } from './when.ts';

export type SampleContact = {
  key: string;
  name: string;
  title: string;
  form_of_address?: string;
  roles: StakeholderRole[];
  reader_level: ReaderLevel;
  phone?: string;
  /** Named by its site's key. */
  site?: string;
  preferred_channel?: 'portal' | 'email' | 'phone' | 'im';
  locale?: 'zh-CN' | 'en';
  /** `in`: has an account; `asked`: the invitation is open; without it, no way in. */
  portal?: 'in' | 'asked';
  sees?: 'all';
  manages_people?: true;
};

export type SampleAsset = {
  key: string;
  name: string;
  site?: string;
  kind: string;
  model?: string;
  serial?: string;
  version?: string;
  notes?: string;
};

export type SampleContract = {
  key: string;
  name: string;
  calendar: string;
  targets: Targets;
  /** Days from today. */
  starts: number;
  ends: number | null;
  hours_included?: number;
  cases_included?: number;
  covered: [kind: 'product' | 'work' | 'site', name: string, remark?: string][];
  not_covered?: [kind: 'product' | 'work' | 'site', name: string, remark?: string][];
};

export type SampleCustomer = {
  key: string;
  name: string;
  short_name: string;
  trade: string;
  zone?: string;
  notes?: string;
  owner: string;
  /** Mail addresses of its people: <key>@<domain>. */
  domain: string;
  sites: { key: string; name: string; city: string; address: string; zone?: string }[];
  contacts: SampleContact[];
  assets: SampleAsset[];
  contracts: SampleContract[];
  tickets: SampleTicket[];
};

export type SampleTicket = {
  key: string;
  at: When;
  /** The contact who asks; `written_by` is set when one of us wrote it down for them. */
  by: string;
  written_by?: string;
  channel?: 'phone' | 'desk';
  kind: TicketKind;
  /** Only for what we write down ourselves: the portal makes the title from the customer's words. */
  title?: string;
  words: string;
  felt?: 1 | 2 | 3 | 4;
  /** What we judge: at once when we write it down, else by the first of ours who edits it. */
  impact: 1 | 2 | 3;
  urgency: 1 | 2 | 3;
  site?: string;
  asset?: string;
  steps: SampleStep[];
};

type Told = { how: 'message' | 'phone' | 'in_person' | 'im' | 'email'; note?: string };

/** One thing that somebody does; `who` is a person of ours or, for `hear` and `rate`, a contact. */
export type SampleStep = { at: When; who: string } & (
  | { do: 'take' }
  | { do: 'give'; to: string }
  | { do: 'judge' }
  | { do: 'say'; words: string; next?: When; no_answer_yet?: true }
  | { do: 'note'; words: string }
  | { do: 'hear'; words: string }
  | { do: 'wait'; words: string; on: string }
  | { do: 'resume' }
  | { do: 'promise'; key: string; words: string; to?: string; owner?: string; due?: When }
  | ({ do: 'keep'; key: string } & Told)
  | ({ do: 'decline'; key: string; reason: string } & Told)
  | { do: 'move'; key: string; to: When; agreed_by: string; reason: string }
  | { do: 'close'; outcome: Outcome; done: string }
  | { do: 'reopen'; reason: string }
  | { do: 'rate'; score: 1 | 2 | 3 | 4 | 5; words?: string }
);

/** Targets in minutes of working time, as first response and resolution of priorities 1 to 4. */
export function targetsOf(...pairs: [number, number][]): Targets {
  const [p1, p2, p3, p4] = pairs.map(([first_response, resolution]) => ({ first_response, resolution }));
  return { p1, p2, p3, p4 } as Targets;
}
