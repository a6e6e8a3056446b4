import { allStaff, type Policy } from '../ground/policy.ts';

const workers = ['engineer', 'dispatcher', 'manager', 'administrator'] as const;

export const reportsPolicy = {
  'reports.list': allStaff,
  'reports.download': allStaff,
  'reports.make': workers,
  'reports.bind_stamped_paper': workers,
} satisfies Policy;
