import type { Actor, ContactActor, StaffActor } from '#domain/ground/actor.ts';
import { type Instant, plusMinutes } from '#domain/ground/instant.ts';
import { linkContact } from '../customers/actions/account.ts';
import { createAsset } from '../customers/actions/assets.ts';
import { createContact } from '../customers/actions/contacts.ts';
import { addCoveredItem, createContract } from '../customers/actions/contracts.ts';
import { createCustomer } from '../customers/actions/customers.ts';
import { inviteContact, setAccess } from '../customers/actions/portal-access.ts';
import { createSite } from '../customers/actions/sites.ts';
import { addAccount } from '../people/actions/accounts.ts';
import { sampleColleagues, sampleEmail } from './firm.ts';
import type { Stage } from './stage.ts';
import type { SampleContact, SampleContract, SampleCustomer } from './story.ts';
import { dateOf } from './when.ts';

type Id = (name: string) => string;

const founding = { days: 120 };
/** When the firm of the sample began to use the desk. */
export const foundedAt = (now: Instant): Instant => plusMinutes(now, -founding.days * 1_440);

export function staffActor(key: string, id: Id): StaffActor {
  const colleague = sampleColleagues.find((one) => one.key === key);
  if (!colleague) throw new Error(`the sample has no colleague “${key}”`);
  const { name, roles, locale } = colleague;
  return {
    kind: 'staff',
    id: id(`user ${key}`),
    name,
    roles,
    locale: locale ?? 'zh-CN',
    zone: 'Asia/Shanghai',
    session_id: null,
    api_key_id: null,
    scopes: null,
  };
}

export function contactActor(contact: SampleContact, customer: SampleCustomer, id: Id): ContactActor {
  if (contact.portal !== 'in') throw new Error(`${contact.name} of the sample is not in the portal`);
  return {
    kind: 'contact',
    id: id(`user ${customer.key} ${contact.key}`),
    name: contact.name,
    contact_id: id(`contact ${customer.key} ${contact.key}`),
    customer_id: id(`customer ${customer.key}`),
    sees: contact.sees ?? 'own',
    is_customer_administrator: contact.manages_people ?? false,
    locale: contact.locale ?? 'zh-CN',
    zone: customer.zone ?? 'Asia/Shanghai',
    session_id: id(`no session of ${contact.key}`),
  };
}

type Founding = { stage: Stage; id: Id; now: Instant; passwordHash: string };

/** The people of the firm, all with the sample's password. */
export async function addColleagues({ stage, id, now, passwordHash }: Founding, first: Actor): Promise<void> {
  for (const { key, name, roles, phone, locale } of sampleColleagues) {
    await stage.act(first, foundedAt(now), async (ctx) => {
      await addAccount(ctx, {
        id: id(`user ${key}`),
        kind: 'staff',
        name,
        email: sampleEmail(key),
        phone,
        roles,
        locale: locale ?? 'zh-CN',
        zone: 'Asia/Shanghai',
        passwordHash,
      });
      ctx.record({
        name: 'people.added',
        subject: { kind: 'person', id: id(`user ${key}`) },
        data: { name, roles },
      });
    });
  }
}

/** A customer with everything that stands on its page before the first ticket. */
export async function addCustomer(parts: Founding, customer: SampleCustomer): Promise<void> {
  const { stage, id, now } = parts;
  const at = foundedAt(now);
  const owner = staffActor(customer.owner, id);
  const customerId = id(`customer ${customer.key}`);
  const params = { id: customerId };
  const zone = customer.zone ?? 'Asia/Shanghai';
  const { name, short_name, trade, notes } = customer;
  await stage.act(owner, at, (ctx) =>
    createCustomer(ctx, {
      body: {
        id: customerId,
        name,
        short_name,
        trade,
        zone,
        notes: notes ?? null,
        owner_id: owner.id,
        mail_domains: [],
      },
    }),
  );
  for (const { key, ...site } of customer.sites) {
    await stage.act(owner, at, (ctx) =>
      createSite(ctx, { params, body: { zone, ...site, id: id(`site ${customer.key} ${key}`) } }),
    );
  }
  for (const contact of customer.contacts) await addContact(parts, customer, contact);
  for (const { key, site, kind, model, serial, version, notes: remark, name: asset } of customer.assets) {
    const body = {
      id: id(`asset ${customer.key} ${key}`),
      site_id: site ? id(`site ${customer.key} ${site}`) : null,
      name: asset,
      kind,
      model: model ?? null,
      serial: serial ?? null,
      version: version ?? null,
      notes: remark ?? null,
    };
    await stage.act(owner, at, (ctx) => createAsset(ctx, { params, body }));
  }
  for (const contract of customer.contracts) await addContract(parts, customer, contract);
}

async function addContact(
  { stage, id, now, passwordHash }: Founding,
  customer: SampleCustomer,
  contact: SampleContact,
): Promise<void> {
  const owner = staffActor(customer.owner, id);
  const contactId = id(`contact ${customer.key} ${contact.key}`);
  const params = { id: contactId };
  const { key, name, title, form_of_address, phone, roles, reader_level, preferred_channel, locale } =
    contact;
  await stage.act(owner, foundedAt(now), (ctx) =>
    createContact(ctx, {
      params: { id: id(`customer ${customer.key}`) },
      body: {
        id: contactId,
        name,
        title,
        roles,
        reader_level,
        site_id: contact.site ? id(`site ${customer.key} ${contact.site}`) : null,
        form_of_address: form_of_address ?? null,
        email: sampleEmail(key, customer.domain),
        phone: phone ?? null,
        preferred_channel: preferred_channel ?? null,
        locale: locale ?? 'zh-CN',
      },
    }),
  );
  if (contact.sees || contact.manages_people) {
    const access: { sees: 'own' | 'all'; is_customer_administrator: boolean } = {
      sees: contact.sees ?? 'own',
      is_customer_administrator: contact.manages_people ?? false,
    };
    await stage.act(owner, foundedAt(now), (ctx) => setAccess(ctx, { params, body: access }));
  }
  if (contact.portal === 'in') {
    const user_id = id(`user ${customer.key} ${key}`);
    await stage.act(owner, foundedAt(now), async (ctx) => {
      const account = {
        id: user_id,
        kind: 'contact',
        name,
        roles: [],
        zone: customer.zone ?? 'Asia/Shanghai',
      } as const;
      const email = sampleEmail(key, customer.domain);
      await addAccount(ctx, { ...account, email, locale: locale ?? 'zh-CN', passwordHash });
      await linkContact(ctx, { contact_id: contactId, customer_id: id(`customer ${customer.key}`), user_id });
    });
  }
  if (contact.portal === 'asked') {
    const body = { invitation_id: id(`invitation ${customer.key} ${key}`) };
    // Three days ago, so that the invitation is still open.
    await stage.act(owner, plusMinutes(now, -3 * 1_440), (ctx) => inviteContact(ctx, { params, body }));
  }
}

async function addContract(
  { stage, id, now }: Founding,
  customer: SampleCustomer,
  contract: SampleContract,
): Promise<void> {
  const owner = staffActor(customer.owner, id);
  const at = foundedAt(now);
  const contractId = id(`contract ${customer.key} ${contract.key}`);
  const { name, calendar, targets, starts, ends, hours_included, cases_included } = contract;
  await stage.act(owner, at, (ctx) =>
    createContract(ctx, {
      params: { id: id(`customer ${customer.key}`) },
      body: {
        id: contractId,
        name,
        calendar_id: id(`calendar ${calendar}`),
        targets,
        starts_on: dateOf(starts, now),
        ends_on: ends === null ? null : dateOf(ends, now),
        hours_included: hours_included ?? null,
        cases_included: cases_included ?? null,
      },
    }),
  );
  const items = [
    ...contract.covered.map((item) => ({ item, covered: true })),
    ...(contract.not_covered ?? []).map((item) => ({ item, covered: false })),
  ];
  for (const [index, { item, covered }] of items.entries()) {
    const [kind, what, remark] = item;
    const body = { id: id(`item ${contractId} ${index}`), name: what, kind, covered, remark: remark ?? null };
    await stage.act(owner, at, (ctx) => addCoveredItem(ctx, { params: { id: contractId }, body }));
  }
}
