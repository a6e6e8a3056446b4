import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromMs } from '#domain/ground/instant.ts';
import { sampleCustomers } from './customers.ts';
import type { SampleTicket } from './story.ts';
import { sampleVisits } from './visits.ts';
import { instantOf } from './when.ts';

const hourMs = 3_600_000;
// Two weeks, five hours apart: every weekday, and every part of the day in Shanghai.
const moments = Array.from({ length: 68 }, (_, n) => fromMs(Date.UTC(2026, 10, 16) + n * 5 * hourMs));

function complaints(ticket: SampleTicket, now: string): string[] {
  const found: string[] = [];
  let last = instantOf(ticket.at, now);
  for (const step of ticket.steps) {
    const at = instantOf(step.at, now);
    if (at < last) found.push(`${ticket.key}: ${step.do} at ${step.at} comes before what was told before it`);
    if (at > now) found.push(`${ticket.key}: ${step.do} at ${step.at} lies ahead`);
    const until =
      step.do === 'say'
        ? step.next
        : step.do === 'promise'
          ? step.due
          : step.do === 'move'
            ? step.to
            : undefined;
    if (until && instantOf(until, now) <= at)
      found.push(`${ticket.key}: ${step.do} is due at ${until}, before it is said`);
    last = at;
  }
  return found;
}

test('the sample’s stories hold together whenever they are told', () => {
  for (const now of moments) {
    const found = sampleCustomers.flatMap((customer) =>
      customer.tickets.flatMap((ticket) => complaints(ticket, now)),
    );
    assert.deepEqual(found, [], now);
  }
});

test('the sample’s visits hold together whenever they are told, and lie where their tickets are', () => {
  for (const now of moments) {
    for (const visit of sampleVisits) {
      const told = [visit.at, ...visit.steps.map(({ at }) => at)].map((when) => instantOf(when, now));
      assert.deepEqual(told, told.toSorted(), `${visit.key} at ${now}`);
      assert.ok((told.at(-1) as string) <= now, `${visit.key} lies ahead at ${now}`);
      assert.ok(instantOf(visit.from, now) < instantOf(visit.to, now), visit.key);
      const customer = sampleCustomers.find(({ key }) => key === visit.customer);
      const ticket = customer?.tickets.find(({ key }) => key === visit.ticket);
      assert.ok(ticket && instantOf(ticket.at, now) < (told[0] as string), visit.key);
      assert.ok(
        customer?.sites.some(({ key }) => key === visit.site),
        visit.key,
      );
      for (const key of [visit.interface_person, ...(visit.signers ?? [])])
        assert.ok(
          customer?.contacts.some((contact) => contact.key === key),
          `${visit.key}: ${key}`,
        );
    }
  }
});

test('the sample’s stories name only people and things that are there', () => {
  const keys = sampleCustomers.flatMap((customer) => customer.tickets.map((ticket) => ticket.key));
  assert.equal(new Set(keys).size, keys.length, 'each ticket has a key of its own');
  for (const customer of sampleCustomers) {
    const has = (list: readonly { key: string }[], key: string | undefined) =>
      assert.ok(key === undefined || list.some((one) => one.key === key), `${customer.key}: ${key}`);
    for (const ticket of customer.tickets) {
      has(customer.contacts, ticket.by);
      has(customer.sites, ticket.site);
      has(customer.assets, ticket.asset);
    }
    for (const contact of customer.contacts) has(customer.sites, contact.site);
    for (const asset of customer.assets) has(customer.sites, asset.site);
  }
});
