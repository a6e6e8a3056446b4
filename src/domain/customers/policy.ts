import { allStaff, type Policy } from '../ground/policy.ts';

// What was agreed with a customer is for those who answer for the agreement.
const accountKeepers = ['manager', 'sales', 'administrator'] as const;
const customerMakers = ['dispatcher', ...accountKeepers] as const;

export const customersPolicy = {
  'customers.list': allStaff,
  'customers.open': allStaff,
  'customers.create': customerMakers,
  'customers.edit': customerMakers,
  'customers.archive': ['manager', 'administrator'],
  'customers.restore': ['manager', 'administrator'],
  // An engineer on site meets the new shop, the new colleague and the new machine first.
  'sites.create': allStaff,
  'sites.edit': allStaff,
  'contacts.create': allStaff,
  'contacts.edit': allStaff,
  'contacts.leave': allStaff,
  'contacts.invite': allStaff,
  // Whom the customer lets manage their people, and who sees everything, is no matter for passing by.
  'contacts.set_access': customerMakers,
  'contacts.end_access': customerMakers,
  'assets.create': allStaff,
  'assets.edit': allStaff,
  'assets.retire': allStaff,
  'contracts.create': accountKeepers,
  'contracts.edit': accountKeepers,
  'covered_items.add': accountKeepers,
  'covered_items.remove': accountKeepers,
  'portal.people.list': ['customer_administrator'],
  'portal.people.invite': ['customer_administrator'],
  'portal.people.invite_again': ['customer_administrator'],
  'portal.people.set_visibility': ['customer_administrator'],
  'portal.people.end_access': ['customer_administrator'],
} satisfies Policy;
