import * as shapes from '#domain/customers/commands.ts';
import { read, write } from '../platform/http/route.ts';
import { createAsset, editAsset, retireAsset } from './actions/assets.ts';
import {
  endColleaguesAccess,
  inviteColleague,
  inviteColleagueAgain,
  setVisibility,
} from './actions/colleagues.ts';
import { createContact, editContact } from './actions/contacts.ts';
import { addCoveredItem, createContract, editContract, removeCoveredItem } from './actions/contracts.ts';
import { archiveCustomer, createCustomer, editCustomer, restoreCustomer } from './actions/customers.ts';
import { contactLeaves, endAccess, inviteContact, setAccess } from './actions/portal-access.ts';
import { createSite, editSite } from './actions/sites.ts';
import { listColleagues, listCustomers } from './queries/customers.ts';
import { openCustomer } from './queries/open-customer.ts';

const created = { status: 201 } as const;
// A link opens the portal: it is shown once, and a repeat of the request gets none.
const withoutLink = {
  status: 201,
  keep: (result: unknown) => ({ ...(result as object), link: null }),
} as const;

export const routes = [
  read('GET /api/customers', 'customers.list', shapes.listCustomers, listCustomers),
  read('GET /api/customers/{id}', 'customers.open', shapes.openCustomer, openCustomer),
  write('POST /api/customers', 'customers.create', shapes.createCustomer, createCustomer, created),
  write('PATCH /api/customers/{id}', 'customers.edit', shapes.editCustomer, editCustomer),
  write('POST /api/customers/{id}/archive', 'customers.archive', shapes.actOnCustomer, archiveCustomer),
  write('POST /api/customers/{id}/restore', 'customers.restore', shapes.actOnCustomer, restoreCustomer),

  write('POST /api/customers/{id}/sites', 'sites.create', shapes.createSite, createSite, created),
  write('PATCH /api/sites/{id}', 'sites.edit', shapes.editSite, editSite),

  write('POST /api/customers/{id}/contacts', 'contacts.create', shapes.createContact, createContact, created),
  write('PATCH /api/contacts/{id}', 'contacts.edit', shapes.editContact, editContact),
  write('POST /api/contacts/{id}/leave', 'contacts.leave', shapes.actOnContact, contactLeaves),
  write(
    'POST /api/contacts/{id}/invite',
    'contacts.invite',
    shapes.inviteContact,
    inviteContact,
    withoutLink,
  ),
  write('POST /api/contacts/{id}/access', 'contacts.set_access', shapes.setAccess, setAccess),
  write('POST /api/contacts/{id}/end-access', 'contacts.end_access', shapes.actOnContact, endAccess),

  write('POST /api/customers/{id}/assets', 'assets.create', shapes.createAsset, createAsset, created),
  write('PATCH /api/assets/{id}', 'assets.edit', shapes.editAsset, editAsset),
  write('POST /api/assets/{id}/retire', 'assets.retire', shapes.actOnAsset, retireAsset),

  write(
    'POST /api/customers/{id}/contracts',
    'contracts.create',
    shapes.createContract,
    createContract,
    created,
  ),
  write('PATCH /api/contracts/{id}', 'contracts.edit', shapes.editContract, editContract),
  write(
    'POST /api/contracts/{id}/covered-items',
    'covered_items.add',
    shapes.addCoveredItem,
    addCoveredItem,
    created,
  ),
  write(
    'POST /api/covered-items/{id}/remove',
    'covered_items.remove',
    shapes.removeCoveredItem,
    removeCoveredItem,
  ),

  read('GET /api/portal/people', 'portal.people.list', shapes.listColleagues, listColleagues),
  write(
    'POST /api/portal/people',
    'portal.people.invite',
    shapes.inviteColleague,
    inviteColleague,
    withoutLink,
  ),
  write(
    'POST /api/portal/people/{id}/invite',
    'portal.people.invite_again',
    shapes.inviteColleagueAgain,
    inviteColleagueAgain,
    withoutLink,
  ),
  write(
    'POST /api/portal/people/{id}/visibility',
    'portal.people.set_visibility',
    shapes.setVisibility,
    setVisibility,
  ),
  write(
    'POST /api/portal/people/{id}/end-access',
    'portal.people.end_access',
    shapes.endColleaguesAccess,
    endColleaguesAccess,
  ),
];
