import type { ActBody, VisitAct } from '#domain/visits/commands.ts';
import type { ReadinessItem, ScopeColumn, ScopeParty } from '#domain/visits/visit.ts';
import type { Told } from './telling-visits.ts';
import type { When } from './when.ts';

export const tick = (item: ReadinessItem) => (): VisitAct => ({
  name: 'check_readiness',
  body: { item, state: 'ticked', reason: null },
});
export const waive = (item: ReadinessItem, reason: string) => (): VisitAct => ({
  name: 'check_readiness',
  body: { item, state: 'waived', reason },
});
export const plain = (name: 'depart' | 'arrive' | 'start') => (): VisitAct => ({ name, body: {} });
export const dispatch =
  (override_reason: string | null = null) =>
  (): VisitAct => ({ name: 'dispatch', body: { override_reason } });

export function scope(party: ScopeParty, said: Omit<ScopeColumn, 'said_at'> & { said_at: When }) {
  return ({ id, at }: Told): VisitAct => ({
    name: 'set_scope',
    body: { id: id(`scope ${party}`), party, from: null, to: { ...said, said_at: at(said.said_at) } },
  });
}

type Entry = Pick<ActBody<'log'>, 'kind'> & {
  name: string;
  from: When;
  to?: When;
  line?: string;
  customer_line?: string;
  waiting_for?: string;
  on?: string;
};
export function log({ name, kind, from, to, on, ...said }: Entry) {
  return ({ id, contact, at }: Told): VisitAct => ({
    name: 'log',
    body: {
      id: id(`entry ${name}`),
      kind,
      started_at: at(from),
      ended_at: to ? at(to) : null,
      line: '',
      customer_line: '',
      waiting_for: '',
      ...said,
      waiting_on_contact_id: on ? contact(on) : null,
      photos: [],
    },
  });
}

export function find(name: string, said: Partial<ActBody<'find'>> & Pick<ActBody<'find'>, 'what' | 'risk'>) {
  const empty = {
    standard: '',
    evidence: '',
    advice: '',
    cheaper_advice: '',
    obstacle: '',
    reaction_words: '',
  };
  return ({ id }: Told): VisitAct => ({
    name: 'find',
    body: { ...empty, reaction: null, photos: [], ...said, id: id(`finding ${name}`) },
  });
}
