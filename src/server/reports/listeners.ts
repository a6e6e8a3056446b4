import type { Listener } from '../platform/jobs.ts';
import { freezeSigned } from './actions/freeze-signed.ts';

export const listeners: Listener[] = [
  {
    on: 'visit.signed',
    task: 'reports.freeze_signed',
    run: (event, { asSystem }) => asSystem((ctx) => freezeSigned(ctx, event.subject_id)),
  },
];
