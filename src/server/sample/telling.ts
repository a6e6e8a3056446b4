import type { Actor } from '#domain/ground/actor.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { firstGuess } from '#domain/tickets/priority.ts';
import { declinePromise, keepPromise, makePromise, movePromise } from '../promises/actions.ts';
import { assignTicket, editTicket } from '../tickets/actions/change-ticket.ts';
import { closeTicket, reopenTicket } from '../tickets/actions/close-ticket.ts';
import { createTicket } from '../tickets/actions/create-ticket.ts';
import { openTicketForContact, rateTicket, replyAsContact } from '../tickets/actions/hear-customer.ts';
import { noteOnTicket, replyToTicket } from '../tickets/actions/reply-to-ticket.ts';
import { resumeTicket, waitOnCustomer } from '../tickets/actions/wait-on-customer.ts';
import type { Stage } from './stage.ts';
import type { SampleCustomer, SampleStep, SampleTicket } from './story.ts';
import { instantOf } from './when.ts';

export type Cast = {
  id: (name: string) => string;
  now: Instant;
  /** One of ours by key, or a contact of the given customer. */
  actorOf: (key: string, customer: SampleCustomer) => Actor;
};

/** One act of a story: when it is to be played, and what is played. */
export type Scene = { at: Instant; name: string; play: (stage: Stage) => Promise<unknown> };

/** All acts around one ticket, in the order in which they were told. */
export function scenesOf(ticket: SampleTicket, customer: SampleCustomer, cast: Cast): Scene[] {
  const teller = new Teller(ticket, customer, cast);
  return [teller.opening(), ...ticket.steps.map((step, index) => teller.scene(step, index))];
}

class Teller {
  readonly #ticket: SampleTicket;
  readonly #customer: SampleCustomer;
  readonly #cast: Cast;
  readonly #id: string;
  /** The last words to the customer: a promise is tied to the sentence it was made in. */
  #lastWords: string | null = null;

  constructor(ticket: SampleTicket, customer: SampleCustomer, cast: Cast) {
    this.#ticket = ticket;
    this.#customer = customer;
    this.#cast = cast;
    this.#id = cast.id(`ticket ${ticket.key}`);
  }

  opening(): Scene {
    const { at, by, written_by, kind, words, felt, impact, urgency, site, asset, channel } = this.#ticket;
    const message_id = this.#cast.id(`words of ${this.#ticket.key}`);
    const site_id = site ? this.#of('site', site) : null;
    const common = { id: this.#id, kind, felt_severity: felt ?? null, site_id, file_ids: [] };
    return this.#scene(at, written_by ?? by, 'opens', (actor, stage, instant) =>
      stage.act(actor, instant, async (ctx) =>
        written_by
          ? createTicket(ctx, {
              body: {
                ...common,
                customer_id: this.#cast.id(`customer ${this.#customer.key}`),
                requester_id: this.#of('contact', by),
                asset_id: asset ? this.#of('asset', asset) : null,
                title: this.#ticket.title ?? words,
                body: words,
                impact,
                urgency,
                channel: channel ?? 'desk',
              },
            })
          : openTicketForContact(ctx, { ...common, message_id, words }),
      ),
    );
  }

  scene(step: SampleStep, index: number): Scene {
    const params = { id: this.#id };
    const own = this.#cast.id(`step ${this.#ticket.key} ${index}`);
    const said = step.do === 'say' ? own : this.#lastWords;
    this.#lastWords = said;
    return this.#scene(step.at, step.who, step.do, (actor, stage, instant) =>
      stage.act(actor, instant, async (ctx): Promise<unknown> => {
        switch (step.do) {
          case 'take':
            return assignTicket(ctx, { params, body: { assignee_id: actor.id } });
          case 'give':
            return assignTicket(ctx, {
              params,
              body: { assignee_id: this.#cast.actorOf(step.to, this.#customer).id },
            });
          case 'judge':
            return editTicket(ctx, { params, body: { changes: this.#judgement() } });
          case 'say':
            return replyToTicket(ctx, {
              params,
              body: {
                id: own,
                body: step.words,
                no_answer_yet: step.no_answer_yet ?? false,
                next_update_at: step.next ? this.#instant(step.next) : null,
                file_ids: [],
              },
            });
          case 'note':
            return noteOnTicket(ctx, { params, body: { id: own, body: step.words, file_ids: [] } });
          case 'hear':
            return replyAsContact(ctx, { params, body: { id: own, words: step.words, file_ids: [] } });
          case 'wait':
            return waitOnCustomer(ctx, {
              params,
              body: { waiting_for: step.words, contact_id: this.#of('contact', step.on) },
            });
          case 'resume':
            return resumeTicket(ctx, { params });
          case 'close':
            return closeTicket(ctx, {
              params,
              body: { outcome: step.outcome, done_for_customer: step.done },
            });
          case 'reopen':
            return reopenTicket(ctx, { params, body: { reason: step.reason } });
          case 'rate':
            return rateTicket(ctx, {
              params,
              body: { id: own, score: step.score, words: step.words ?? null },
            });
          default:
            return this.#promise(ctx, step, { said, at: instant });
        }
      }),
    );
  }

  #promise(
    ctx: Parameters<typeof makePromise>[0],
    step: Extract<SampleStep, { key: string }>,
    { said, at }: { said: string | null; at: Instant },
  ): Promise<unknown> {
    const id = this.#cast.id(`promise ${step.key}`);
    const params = { id };
    switch (step.do) {
      case 'promise':
        return makePromise(ctx, {
          body: {
            id,
            subject: { kind: 'ticket', id: this.#id },
            message_id: said,
            words: step.words,
            to_contact_id: step.to ? this.#of('contact', step.to) : null,
            owner_id: step.owner ? this.#cast.actorOf(step.owner, this.#customer).id : null,
            due_at: step.due ? this.#instant(step.due) : null,
          },
        });
      case 'keep':
        return keepPromise(ctx, {
          params,
          body: { told_how: step.how, told_at: at, told_note: step.note ?? '' },
        });
      case 'decline':
        return declinePromise(ctx, {
          params,
          body: { reason: step.reason, told_how: step.how, told_at: at, told_note: step.note ?? '' },
        });
      case 'move':
        return movePromise(ctx, {
          params,
          body: { to: this.#instant(step.to), agreed_by: step.agreed_by, reason: step.reason },
        });
    }
  }

  #judgement() {
    const { felt, impact, urgency, asset } = this.#ticket;
    const guess = firstGuess(felt ?? null);
    return {
      impact: { from: guess.impact, to: impact },
      urgency: { from: guess.urgency, to: urgency },
      ...(asset ? { asset_id: { from: null, to: this.#of('asset', asset) } } : {}),
    };
  }

  #scene(
    when: string,
    who: string,
    what: string,
    play: (actor: Actor, stage: Stage, at: Instant) => Promise<unknown>,
  ): Scene {
    const at = this.#instant(when);
    const actor = this.#cast.actorOf(who, this.#customer);
    return { at, name: `${this.#ticket.key}: ${who} ${what}`, play: (stage) => play(actor, stage, at) };
  }

  #instant(when: string): Instant {
    return instantOf(when, this.#cast.now);
  }

  #of(kind: 'site' | 'contact' | 'asset', key: string): string {
    return this.#cast.id(`${kind} ${this.#customer.key} ${key}`);
  }
}
