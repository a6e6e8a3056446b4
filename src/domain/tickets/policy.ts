import { allStaff, type Policy } from '../ground/policy.ts';

const workers = ['engineer', 'dispatcher', 'manager', 'administrator'] as const;
const leads = ['dispatcher', 'manager', 'administrator'] as const;

export const ticketsPolicy = {
  'tickets.list': allStaff,
  'tickets.open': allStaff,
  'tickets.read_timeline': allStaff,
  'tickets.explain_clock': allStaff,
  // Sales hears things too: what is said to them enters the same queue.
  'tickets.create': allStaff,
  'tickets.note': allStaff,
  'tickets.reply': workers,
  'tickets.edit': workers,
  'tickets.assign': workers,
  'tickets.wait': workers,
  'tickets.resume': workers,
  'tickets.close': workers,
  'tickets.reopen': workers,
  'tickets.list_views': allStaff,
  'tickets.save_view': allStaff,
  'tickets.delete_view': allStaff,
  'tickets.list_doubtful_times': leads,
  'tickets.decide_time': leads,
} satisfies Policy;
