import { createHash } from 'node:crypto';
import { systemActor } from '#domain/ground/actor.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { VisitAct } from '#domain/visits/commands.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import type { Visit, VisitKind } from '#domain/visits/visit.ts';
import { freezeSigned } from '../reports/actions/freeze-signed.ts';
import { actOnVisit } from '../visits/actions/act-on-visit.ts';
import { planVisit } from '../visits/actions/plan-visit.ts';
import { findVisit } from '../visits/queries/visit-record.ts';
import type { SampleCustomer } from './story.ts';
import type { Cast, Scene } from './telling.ts';
import { instantOf, type When } from './when.ts';

/** What the acts of a told visit are made of: ids by name, times by moment, and the visit as it stands. */
export type Told = {
  id: (name: string) => string;
  contact: (key: string) => string;
  at: (when: When) => Instant;
  visit: Visit;
};

export type SampleVisit = {
  key: string;
  customer: string;
  ticket: string;
  at: When;
  planned_by: string;
  engineer: string;
  kind: VisitKind;
  /** Why it is one. */
  emergency?: string;
  from: When;
  to: When;
  site?: string;
  goal: string;
  done_when: string;
  not_today?: string;
  interface_person?: string;
  signers?: string[];
  steps: { at: When; who: string; act: (told: Told) => VisitAct }[];
};

/** All acts around one visit, in the order in which they were told. */
export function scenesOfVisit(visit: SampleVisit, customer: SampleCustomer, cast: Cast): Scene[] {
  const id = cast.id(`visit ${visit.key}`);
  const contact = (key: string) => cast.id(`contact ${customer.key} ${key}`);
  const at = (when: When) => instantOf(when, cast.now);
  const engineer_id = cast.actorOf(visit.engineer, customer).id as string;
  const planned: Scene = {
    at: at(visit.at),
    name: `${visit.key}: ${visit.planned_by} plans`,
    play: (stage) =>
      stage.act(cast.actorOf(visit.planned_by, customer), at(visit.at), (ctx) =>
        planVisit(ctx, {
          body: {
            id,
            ticket_id: cast.id(`ticket ${visit.ticket}`),
            engineer_id,
            site_id: visit.site ? cast.id(`site ${customer.key} ${visit.site}`) : null,
            kind: visit.kind,
            is_emergency: visit.emergency !== undefined,
            emergency_reason: visit.emergency ?? '',
            planned_from: at(visit.from),
            planned_to: at(visit.to),
            goal: visit.goal,
            done_when: visit.done_when,
            not_today: visit.not_today ?? '',
            interface_contact_id: visit.interface_person ? contact(visit.interface_person) : null,
            signer_ids: (visit.signers ?? []).map(contact),
          },
        }),
      ),
  };
  const named = (name: string) => cast.id(`${name} of visit ${visit.key}`);
  const acts = visit.steps.map(
    (step): Scene => ({
      at: at(step.at),
      name: `${visit.key}: ${step.who} acts`,
      play: async (stage) => {
        await stage.act(cast.actorOf(step.who, customer), at(step.at), async (ctx) => {
          const record = await findVisit(ctx, id);
          if (!record) throw new Refusal('not_found', 'ground.not_found');
          return actOnVisit(ctx, id, step.act({ id: named, contact, at, visit: record.visit }));
        });
        // What a listener does otherwise; of the past no job is queued.
        await stage.act(systemActor, at(step.at), (ctx) => freezeSigned(ctx, id));
      },
    }),
  );
  return [planned, ...acts];
}

/** A contact signs what the visit says at that moment. */
export function signedBy(key: string, signer: { name: string; role: string; strokes: number[][] }) {
  return ({ id, contact, visit }: Told): VisitAct => {
    const shown = signingText(visit);
    const shown_sha256 = createHash('sha256').update(shown, 'utf8').digest('hex');
    const body = { id: id('signature'), contact_id: contact(key), ...signer, shown, shown_sha256 };
    return { name: 'sign', body };
  };
}
