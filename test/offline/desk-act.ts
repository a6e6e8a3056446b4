import type { Visit } from '#domain/visits/visit.ts';
import { newId } from '#server/platform/ids.ts';
import type { DeskStep } from './seed-plan.ts';

/** What the dispatcher does to the visit as it stands; null when there is nothing of the kind to be done. */
export function deskAct(step: DeskStep, visit: Visit, mark: string): { name: string; body: object } | null {
  const id = newId();
  switch (step.kind) {
    case 'note':
      return { name: 'note', body: { id, body: `客户来电 ${mark}` } };
    case 'settle': {
      const open = visit.clashes.find(({ settled }) => settled === null);
      return open
        ? {
            name: 'settle_clash',
            body: { clash_id: open.id, keep: step.part === 'need' ? 'theirs' : 'mine' },
          }
        : null;
    }
    case 'edit_log': {
      const entry = visit.log[0];
      if (!entry) return null;
      const change = { from: entry.line, to: `${entry.line} ${mark}` };
      return { name: 'edit_log', body: { id, entry_id: entry.id, changes: { line: change } } };
    }
    case 'edit_kick_off': {
      const from = visit.kick_off[step.part];
      return {
        name: 'edit_kick_off',
        body: { id, changes: { [step.part]: { from, to: `${from} ${mark}` } } },
      };
    }
  }
}
