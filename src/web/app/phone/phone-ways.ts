/** The ways at the foot of the phone's screens. */
export const phoneWays = [
  { path: '/today', label: 'app.entries.today', permission: 'visits.carry' },
  { path: '/tickets', label: 'app.entries.tickets' },
  { path: '/promises', label: 'app.entries.promises' },
  { path: '/me', label: 'app.entries.me' },
] as const;
