import { Refusal } from '../ground/refusal.ts';
import type { By, Rule } from './by.ts';
import { settleAgreed } from './clashes.ts';
import type { ActName, VisitAct } from './commands.ts';
import { followWords } from './confirming.ts';
import { dispatchVisit, reassignVisit, setScope } from './dispatching.ts';
import { editFinding, editKickOff, editLog, editVisit, settleClash } from './editing.ts';
import { acknowledgeKickOff, confirmToday } from './kicking-off.ts';
import { checkReadiness } from './readiness.ts';
import { signVisit } from './signing-off.ts';
import { arrive, cancelVisit, depart, leave, startWork } from './travelling.ts';
import type { Visit } from './visit.ts';
import { addFinding, addLog, addNote, addPromise } from './working.ts';
import { wrapUpVisit } from './wrapping-up.ts';

const rules: { [N in ActName]: Rule<N> } = {
  edit: editVisit,
  set_scope: setScope,
  check_readiness: checkReadiness,
  dispatch: dispatchVisit,
  reassign: reassignVisit,
  cancel: cancelVisit,
  confirm_today: confirmToday,
  depart,
  arrive,
  start: startWork,
  edit_kick_off: editKickOff,
  acknowledge_kick_off: acknowledgeKickOff,
  log: addLog,
  edit_log: editLog,
  find: addFinding,
  edit_finding: editFinding,
  promise: addPromise,
  wrap_up: wrapUpVisit,
  sign: signVisit,
  leave,
  note: addNote,
  settle_clash: settleClash,
};

/** Hours are always recorded, and promises kept: what was done and said on a visit that was cancelled meanwhile stands all the same. */
const afterCancelling: readonly ActName[] = ['log', 'edit_log', 'promise', 'wrap_up', 'note', 'settle_clash'];

/**
 * The visit after an act, its version one higher; or the Refusal that says why not, and then nothing changed. Pure: the
 * phone shows by it what the server will say, and the server says it by the same function.
 */
export function applyAct(visit: Visit, act: VisitAct, by: By): Visit | Refusal {
  if (visit.state === 'cancelled' && !afterCancelling.includes(act.name))
    return new Refusal('conflict', 'visits.cancelled', { reason: visit.cancelled?.reason ?? '' });
  const rule = rules[act.name] as Rule<ActName>;
  const after = rule(visit, act.body, by);
  if (after instanceof Refusal) return after;
  const followed = settleAgreed(followWords({ before: visit, after }, by), by);
  return { ...followed, version: visit.version + 1 };
}
