import { allStaff, type Policy } from '../ground/policy.ts';

const leads = ['dispatcher', 'manager', 'administrator'] as const;
const senderKeepers = ['sales', ...leads] as const;

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
  // Passwords to other people's machines, and connections that the server makes wherever it is told to.
  'mailboxes.list': ['administrator'],
  'mailboxes.open': ['administrator'],
  'mailboxes.create': ['administrator'],
  'mailboxes.edit': ['administrator'],
  'mailboxes.set_passwords': ['administrator'],
  'mailboxes.pause': ['administrator'],
  'mailboxes.resume': ['administrator'],
  'mailboxes.test': ['administrator'],
  'received_mails.list': leads,
  'received_mails.read_again': leads,
  // A ticket's mails are a part of the ticket.
  'received_mails.open': allStaff,
  'tickets.mails': allStaff,
  // Whose somebody is decides who reads what they wrote.
  'mail_senders.list': senderKeepers,
  'mail_senders.give': senderKeepers,
  'mail_senders.dismiss': senderKeepers,
} satisfies Policy;
