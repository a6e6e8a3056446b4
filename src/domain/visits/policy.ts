import { allStaff, type Policy } from '../ground/policy.ts';

const workers = ['engineer', 'dispatcher', 'manager', 'administrator'] as const;
const leads = ['dispatcher', 'manager', 'administrator'] as const;

export const visitsPolicy = {
  'visits.list': allStaff,
  'visits.open': allStaff,
  'visits.read_timeline': allStaff,
  'visits.carry': workers,
  // What each act may, is its own question.
  'visits.act_together': allStaff,
  'visits.plan': leads,
  // Sales says what was sold: its own column.
  'visits.set_scope': allStaff,
  'visits.edit': workers,
  'visits.check_readiness': workers,
  'visits.dispatch': leads,
  'visits.reassign': leads,
  'visits.cancel': leads,
  'visits.confirm_today': workers,
  'visits.depart': workers,
  'visits.arrive': workers,
  'visits.start': workers,
  'visits.edit_kick_off': workers,
  'visits.acknowledge_kick_off': workers,
  'visits.log': workers,
  'visits.edit_log': workers,
  'visits.find': workers,
  'visits.edit_finding': workers,
  'visits.promise': workers,
  'visits.wrap_up': workers,
  'visits.sign': workers,
  'visits.leave': workers,
  'visits.note': workers,
  'visits.settle_clash': workers,
  'visits.list_quarantined': workers,
  'visits.decide_quarantined': leads,
} satisfies Policy;
