import { z } from 'zod';
import { Refusal } from '../ground/refusal.ts';

export const connectionSecurities = ['tls', 'starttls', 'plain'] as const;
export const connectionSecurity = z.enum(connectionSecurities);
export type ConnectionSecurity = (typeof connectionSecurities)[number];

/** What a customer's word does after closing: it opens the ticket again, or begins one that names it. */
export const afterClosings = ['reopen', 'new_ticket'] as const;
export const afterClosing = z.enum(afterClosings);
export type AfterClosing = (typeof afterClosings)[number];

export const mailboxStates = ['new', 'connected', 'failing'] as const;
export const mailboxState = z.enum(mailboxStates);

/** Why a mailbox cannot be read, or its sender not be reached. Each has a sentence and what to do about it. */
export const mailboxFailures = [
  'sign_in_refused',
  'unreachable',
  'timed_out',
  'certificate',
  'encryption_missing',
  'folder_missing',
  'quota',
  'password_unreadable',
  'other',
] as const;
export const mailboxFailure = z.enum(mailboxFailures);
export type MailboxFailure = (typeof mailboxFailures)[number];

// Soon at first, since most failures pass; then seldom enough that no server takes us for a guesser of passwords.
const pausesSeconds = [5, 15, 60, 180, 600];

/** Seconds until a connection is tried again after so many failures in a row (1 and up). */
export function pauseBeforeTry(tries: number): number {
  return pausesSeconds[Math.min(tries, pausesSeconds.length) - 1] ?? 5;
}

/** Whether a host is this machine itself, by its name alone: what has to be looked up is somewhere else. */
export function isLoopback(host: string): boolean {
  return (
    host.toLowerCase() === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}

type Side = { host: string | null; security: ConnectionSecurity | null };

/**
 * Refuses a connection without encryption (`mailboxes.plain_not_allowed`) to anywhere but this machine, unless
 * somebody answered for it.
 */
export function refusePlain(sides: readonly Side[], plainAllowed: boolean): Refusal | null {
  const bare = sides.find(({ host, security }) => host && security === 'plain' && !isLoopback(host));
  return bare && !plainAllowed
    ? new Refusal('invalid', 'mailboxes.plain_not_allowed', { host: bare.host })
    : null;
}

/** Half a connection is none (`mailboxes.incomplete`): with a host go port, security and, for receiving, the user. */
export function refuseHalf(box: {
  imap_host: string | null;
  imap_port: number | null;
  imap_security: string | null;
  imap_user: string | null;
  smtp_host: string | null;
  smtp_port: number | null;
  smtp_security: string | null;
}): Refusal | null {
  const whole = (...parts: unknown[]) => new Set(parts.map((part) => part === null)).size === 1;
  if (!whole(box.imap_host, box.imap_port, box.imap_security, box.imap_user))
    return new Refusal('invalid', 'mailboxes.incomplete', { side: 'receiving' });
  if (!whole(box.smtp_host, box.smtp_port, box.smtp_security))
    return new Refusal('invalid', 'mailboxes.incomplete', { side: 'sending' });
  return null;
}
