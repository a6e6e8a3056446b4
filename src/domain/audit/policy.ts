import type { Policy } from '../ground/policy.ts';

export const auditPolicy = {
  'audit.list': ['manager', 'administrator'],
  'audit.list_names': ['manager', 'administrator'],
} satisfies Policy;
