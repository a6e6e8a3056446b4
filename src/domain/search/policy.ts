import { allStaff, type Policy } from '../ground/policy.ts';

/** Whoever may search finds what their ordinary reads would show: colleagues everything, contacts what is theirs. */
export const searchPolicy = {
  'search.find': allStaff,
  'search.suggest': allStaff,
  'portal.search': ['contact'],
} satisfies Policy;
