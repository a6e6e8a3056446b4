import { allStaff, type Policy } from '../ground/policy.ts';

// Whole histories come in and can be taken back: for whoever answers for the machinery.
export const importsPolicy = {
  'imports.list': ['administrator'],
  'imports.open': ['administrator'],
  'imports.list_rejects': ['administrator'],
  'imports.preview': ['administrator'],
  'imports.start': ['administrator'],
  'imports.take_back': ['administrator'],
  'imports.compare': ['administrator'],
  'imports.read_history': allStaff,
} satisfies Policy;
