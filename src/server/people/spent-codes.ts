import { Refusal } from '#domain/ground/refusal.ts';
import type { Database } from '../platform/db/connect.ts';
import { countTry, type Limit, wasTried } from './attempts.ts';

/** A code of an authenticator is good for its own half minute and the ones beside it: for so long it is remembered. */
const rememberedMinutes = 2;

type Code = { of: string; is: string };

function spending(code: Code): Limit {
  return { what: 'second_factor.spent', whose: `${code.of} ${code.is}`, most: 1, minutes: rememberedMinutes };
}

/**
 * Refusal `people.code_spent` for a code that this person has come in with already: whoever looked over a shoulder does not
 * come in with it too. Holds the person's second factor until the transaction ends, so that two at once are one after the other.
 */
export async function refuseSpentCode(db: Database, code: Code): Promise<Refusal | null> {
  await db.selectFrom('two_factors').select('id').where('user_id', '=', code.of).forUpdate().execute();
  return (await wasTried(db, spending(code))) ? new Refusal('invalid', 'people.code_spent') : null;
}

export async function spendCode(db: Database, code: Code): Promise<void> {
  await countTry(db, [spending(code)]);
}
