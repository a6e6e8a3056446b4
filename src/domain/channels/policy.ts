import type { Policy } from '../ground/policy.ts';

export const channelsPolicy = {
  'portal.home': ['contact'],
  'portal.list': ['contact'],
  'portal.open': ['contact'],
  'portal.promises': ['contact'],
  'portal.ask': ['contact'],
  'portal.reply': ['contact'],
  'portal.rate': ['contact'],
  'portal.download_report': ['contact'],
  // Mails hold what customers and colleagues are told, invitations too: for whoever answers for the machinery.
  'mails.list': ['administrator'],
  'mails.open': ['administrator'],
  'mails.retry': ['administrator'],
} satisfies Policy;
