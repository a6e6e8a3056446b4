import type { Limit } from './attempts.ts';

/**
 * How often one may try. One who guesses at one person's password from one place is stopped soon; one who tries
 * many people from one place, or one person from many places, later. The last is kept wide: otherwise anybody
 * could lock a colleague out. Successful sign-ins are taken back and do not count.
 */
export function signInLimits(caller: { email: string; address: string }): Limit[] {
  const { email, address } = caller;
  return [
    { what: 'sign_in.person_at_place', whose: `${email} ${address}`, most: 10, minutes: 15 },
    { what: 'sign_in.place', whose: address, most: 100, minutes: 15 },
    { what: 'sign_in.person', whose: email, most: 60, minutes: 60 },
  ];
}

/** Mails that ask for a new password: a person's mailbox is not to be filled by others. */
export function resetRequestLimits(caller: { email: string; address: string }): Limit[] {
  return [
    { what: 'reset_request.person', whose: caller.email, most: 5, minutes: 60 },
    { what: 'reset_request.place', whose: caller.address, most: 30, minutes: 60 },
  ];
}

/** Links and codes that somebody might guess: resets, second factors, invitations. */
export function guessLimits(what: string, address: string): Limit[] {
  return [{ what: `guess.${what}`, whose: address, most: 60, minutes: 15 }];
}

/** The password asked for once more on a page of one who is signed in. */
export function ownPasswordLimits(userId: string): Limit[] {
  return [{ what: 'own_password', whose: userId, most: 10, minutes: 15 }];
}
