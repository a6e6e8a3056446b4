import type { ActAnswer, ActTogether } from '#domain/visits/commands.ts';
import type { OutboxRow } from './database.ts';
import { type Machine, openAct } from './machine.ts';
import type { StoredAct } from './stored-act.ts';
import { ask } from './transport.ts';
import { type Answer, type Verdict, verdictOf } from './verdict.ts';

/** So many acts, and so much text, go in one exchange: over a slow network an answer is to come before patience ends. */
export const mostTogether = 20;
const mostChars = 60_000;

/**
 * Sends the first of these acts, several in one exchange where that can be; answers with the verdicts of as many as there are
 * any about, from the first on. `together` false: the first one alone.
 */
export async function sendFirst(
  machine: Machine,
  rows: readonly OutboxRow[],
  { together }: { together: boolean },
): Promise<Verdict[]> {
  const acts = await openFirst(machine, together ? rows.slice(0, mostTogether) : rows.slice(0, 1));
  const [first] = acts;
  if (!first) return [];
  if (acts.length === 1) return [await sendAlone(machine, first)];
  const answer = await askTogether(machine, acts);
  if (answer === null) return [nobody];
  const answers = answersIn(answer, acts);
  // A server that can't take several at once, or not these, says of each by itself what it thinks of it.
  if (answers === null) return isJudged(answer) ? [await sendAlone(machine, first)] : [verdictOf(answer, '')];
  return answers.map((one, index) => verdictOf(asAnswer(one), (acts[index] as Opened).row.id));
}

type Opened = { row: OutboxRow; stored: StoredAct };

const nobody: Verdict = { kind: 'again', who: 'away', code: null, after_ms: null };

/** Photos go up before the act that names them, so nothing is sent together with one that has any. */
async function openFirst(machine: Machine, rows: readonly OutboxRow[]): Promise<Opened[]> {
  const opened: Opened[] = [];
  let chars = 0;
  for (const row of rows) {
    if (opened.length > 0 && row.photos.length > 0) break;
    const stored = await openAct(machine, row);
    chars += JSON.stringify(stored.act.body).length;
    if (opened.length > 0 && chars > mostChars) break;
    opened.push({ row, stored });
    if (row.photos.length > 0) break;
  }
  return opened;
}

async function sendAlone(machine: Machine, { row, stored }: Opened): Promise<Verdict> {
  const { act, envelope } = stored;
  const answer = await ask(`/api/visits/${row.visit_id}/${act.name}`, {
    personId: machine.person.id,
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': row.id,
      'X-Device': JSON.stringify(envelope),
    },
    body: JSON.stringify(act.body),
  });
  return answer === null ? nobody : verdictOf(answer, row.id);
}

function askTogether(machine: Machine, acts: readonly Opened[]): Promise<Answer | null> {
  const each = acts.map(({ row, stored: { act, envelope } }): ActTogether => {
    return { visit_id: row.visit_id, name: act.name, key: row.id, device: envelope, body: act.body };
  });
  const body = JSON.stringify({ acts: each });
  const headers = { 'Content-Type': 'application/json' };
  return ask(
    '/api/visits/acts',
    { personId: machine.person.id, method: 'POST', headers, body },
    body.length * 3,
  );
}

/** One answer for each act from the first on, under its own key; null where this is no such thing. */
function answersIn(answer: Answer, acts: readonly Opened[]): ActAnswer[] | null {
  if (!answer.is_ours || answer.redirected || answer.status !== 200) return null;
  try {
    const { answers } = JSON.parse(answer.body) as { answers: ActAnswer[] };
    const isTheirs = answers.every(({ key }, index) => key === acts[index]?.row.id);
    return answers.length > 0 && isTheirs ? answers : null;
  } catch {
    return null;
  }
}

function isJudged({ is_ours, redirected, status }: Answer): boolean {
  return is_ours && !redirected && status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}

function asAnswer({ key, status, retry_after_seconds, body }: ActAnswer): Answer {
  return {
    status,
    redirected: false,
    content_type: status >= 400 ? 'application/problem+json' : 'application/json',
    echoed_key: key,
    is_ours: true,
    retry_after_seconds,
    body,
  };
}
