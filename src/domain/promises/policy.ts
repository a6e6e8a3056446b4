import { allStaff, type Policy } from '../ground/policy.ts';

export const promisesPolicy = {
  'promises.list': allStaff,
  'promises.open': allStaff,
  'promises.make': allStaff,
  'promises.complete': allStaff,
  'promises.keep': allStaff,
  'promises.move': allStaff,
  'promises.decline': allStaff,
} satisfies Policy;
