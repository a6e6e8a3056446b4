import { z } from 'zod';
import { zone } from '../calendar/definition.ts';
import { patchOf } from '../ground/patch.ts';
import { id, instant, optionalText, page, paging, plainDate, shortText } from '../ground/text.ts';
import { email, locale, personName, phone } from '../people/person.ts';
import { contactChannel, portalSees, portalStates, readerLevel, stakeholderRoleList } from './contact.ts';
import { coveredItemKind, targets } from './contract.ts';
import { mailDomain } from './mail-domain.ts';

const byId = z.strictObject({ id });
const done = z.strictObject({ id });
const named = z.strictObject({ id, name: z.string() });
const maybe = (max: number) => shortText(max).nullable();
/** Several lines or nothing; an emptied field is null, so that "nothing" has one form. */
const remark = (max: number) =>
  optionalText(max)
    .transform((text) => (text.trim() === '' ? null : text))
    .nullable();

// customers

const customerFields = {
  name: shortText(200),
  short_name: maybe(60),
  trade: maybe(60),
  zone,
  notes: remark(4_000),
  owner_id: id.nullable(),
  mail_domains: z.array(mailDomain).max(20),
};
export const createCustomer = {
  body: z.strictObject({
    id,
    ...customerFields,
    short_name: customerFields.short_name.default(null),
    trade: customerFields.trade.default(null),
    zone: zone.default('Asia/Shanghai'),
    notes: customerFields.notes.default(null),
    owner_id: customerFields.owner_id.default(null),
    mail_domains: customerFields.mail_domains.default([]),
  }),
  result: done,
};
export const editCustomer = { params: byId, body: patchOf(customerFields), result: done };
export const actOnCustomer = { params: byId, body: z.strictObject({}), result: done };

export const customerRow = z.strictObject({
  id,
  name: z.string(),
  short_name: z.string().nullable(),
  trade: z.string().nullable(),
  owner_name: z.string().nullable(),
  /** The contract in force today, if one is. */
  contract_name: z.string().nullable(),
  contract_ends_on: plainDate.nullable(),
  archived_at: instant.nullable(),
});
export type CustomerRow = z.output<typeof customerRow>;
export const listCustomers = {
  query: z.strictObject({
    ...paging,
    q: z.string().trim().max(200).optional(),
    /** Those put away; without it only those we serve. */
    archived: z.enum(['true', 'false']).default('false'),
  }),
  result: page(customerRow),
};
export type ListCustomers = z.output<typeof listCustomers.query>;

// sites

const siteFields = { name: shortText(200), address: maybe(500), city: maybe(60), zone };
export const createSite = {
  params: byId,
  body: z.strictObject({
    id,
    ...siteFields,
    address: siteFields.address.default(null),
    city: siteFields.city.default(null),
    zone: zone.optional(),
  }),
  result: done,
};
export const editSite = { params: byId, body: patchOf(siteFields), result: done };
export const siteView = z.strictObject({
  id,
  name: z.string(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  zone: z.string(),
});

// contacts

const contactFields = {
  site_id: id.nullable(),
  name: personName,
  form_of_address: maybe(60),
  title: maybe(100),
  email: email.nullable(),
  phone: phone.nullable(),
  preferred_channel: contactChannel.nullable(),
  roles: stakeholderRoleList,
  reader_level: readerLevel,
  locale,
};
export const createContact = {
  params: byId,
  body: z.strictObject({
    id,
    ...contactFields,
    site_id: contactFields.site_id.default(null),
    form_of_address: contactFields.form_of_address.default(null),
    title: contactFields.title.default(null),
    email: contactFields.email.default(null),
    phone: contactFields.phone.default(null),
    preferred_channel: contactFields.preferred_channel.default(null),
    roles: contactFields.roles.default([]),
    reader_level: readerLevel.default('lay'),
    locale: locale.default('zh-CN'),
  }),
  result: done,
};
export const editContact = { params: byId, body: patchOf(contactFields), result: done };
export const actOnContact = { params: byId, body: z.strictObject({}), result: done };
export const setAccess = {
  params: byId,
  body: z.strictObject({ sees: portalSees, is_customer_administrator: z.boolean() }),
  result: done,
};
/** The link is shown once; null where the account only had to be opened again. */
export const inviteContact = {
  params: byId,
  body: z.strictObject({ invitation_id: id }),
  result: z.strictObject({ id, link: z.string().nullable(), expires_at: instant.nullable() }),
};
export const contactView = z.strictObject({
  id,
  site_id: id.nullable(),
  name: z.string(),
  form_of_address: z.string().nullable(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  preferred_channel: contactChannel.nullable(),
  roles: z.array(z.string()),
  reader_level: readerLevel,
  locale,
  portal: z.enum(portalStates),
  sees: portalSees,
  is_customer_administrator: z.boolean(),
  left_at: instant.nullable(),
});
export type ContactView = z.output<typeof contactView>;

// assets

const assetFields = {
  site_id: id.nullable(),
  name: shortText(200),
  kind: maybe(60),
  model: maybe(100),
  serial: maybe(100),
  version: maybe(100),
  notes: remark(2_000),
};
export const createAsset = {
  params: byId,
  body: z.strictObject({
    id,
    name: assetFields.name,
    site_id: assetFields.site_id.default(null),
    kind: assetFields.kind.default(null),
    model: assetFields.model.default(null),
    serial: assetFields.serial.default(null),
    version: assetFields.version.default(null),
    notes: assetFields.notes.default(null),
  }),
  result: done,
};
export const editAsset = { params: byId, body: patchOf(assetFields), result: done };
export const actOnAsset = { params: byId, body: z.strictObject({}), result: done };
export const assetView = z.strictObject({
  id,
  site_id: id.nullable(),
  name: z.string(),
  kind: z.string().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  version: z.string().nullable(),
  notes: z.string().nullable(),
  retired_at: instant.nullable(),
});
export type AssetView = z.output<typeof assetView>;

// contracts

const amount = z.number().int().min(0).max(1_000_000).nullable();
const contractFields = {
  name: shortText(200),
  calendar_id: id,
  targets,
  starts_on: plainDate,
  ends_on: plainDate.nullable(),
  hours_included: amount,
  cases_included: amount,
};
export const createContract = {
  params: byId,
  body: z.strictObject({
    id,
    ...contractFields,
    ends_on: contractFields.ends_on.default(null),
    hours_included: amount.default(null),
    cases_included: amount.default(null),
  }),
  result: done,
};
export const editContract = { params: byId, body: patchOf(contractFields), result: done };
export const coveredItemView = z.strictObject({
  id,
  name: z.string(),
  kind: coveredItemKind,
  covered: z.boolean(),
  remark: z.string().nullable(),
});
export const addCoveredItem = {
  params: byId,
  body: z.strictObject({
    id,
    name: shortText(200),
    kind: coveredItemKind,
    covered: z.boolean().default(true),
    remark: maybe(500).default(null),
  }),
  result: done,
};
export const removeCoveredItem = { params: byId, body: z.strictObject({}), result: done };
export const contractView = z.strictObject({
  id,
  name: z.string(),
  calendar_id: id,
  calendar_name: z.string(),
  targets,
  starts_on: plainDate,
  ends_on: plainDate.nullable(),
  hours_included: z.number().nullable(),
  cases_included: z.number().nullable(),
  covered_items: z.array(coveredItemView),
});
export type ContractView = z.output<typeof contractView>;

// the customer's page

export const customerPage = z.strictObject({
  id,
  name: z.string(),
  short_name: z.string().nullable(),
  trade: z.string().nullable(),
  zone: z.string(),
  notes: z.string().nullable(),
  owner: named.nullable(),
  mail_domains: z.array(z.string()),
  archived_at: instant.nullable(),
  archived_by_name: z.string().nullable(),
  created_at: instant,
  sites: z.array(siteView),
  contacts: z.array(contactView),
  assets: z.array(assetView),
  contracts: z.array(contractView),
});
export type CustomerPage = z.output<typeof customerPage>;
export const openCustomer = { params: byId, result: customerPage };

// the portal: a customer's administrator and their colleagues

/** Nothing here of what we think of a person: no stakeholder roles, no reader level, no phone. */
export const colleague = z.strictObject({
  id,
  name: z.string(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  portal: z.enum(portalStates),
  sees: portalSees,
  is_customer_administrator: z.boolean(),
  is_me: z.boolean(),
});
export type Colleague = z.output<typeof colleague>;
export const listColleagues = { query: z.strictObject(paging), result: page(colleague) };
export const inviteColleague = {
  body: z.strictObject({
    id,
    invitation_id: id,
    name: personName,
    title: maybe(100).default(null),
    email,
    sees: portalSees.default('own'),
  }),
  result: z.strictObject({ id, link: z.string().nullable(), expires_at: instant.nullable() }),
};
export const inviteColleagueAgain = inviteContact;
export const setVisibility = { params: byId, body: z.strictObject({ sees: portalSees }), result: done };
export const endColleaguesAccess = { params: byId, body: z.strictObject({}), result: done };
