import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitAct } from '#domain/visits/commands.ts';
import { useVisitAct } from '../../offline/use-visit-act.ts';
import { ProblemError } from '../../ui/problem.ts';
import { saySaved } from './saved-word.ts';

export type Save = {
  /** True once it stands on this device; false with `problem` set. Never waits for the network. */
  save: (act: VisitAct, options?: { photos?: string[]; said?: string }) => Promise<boolean>;
  problem: ProblemError | null;
  isSaving: boolean;
  forget: () => void;
};

/** An act on a visit from a form: kept on this device at once, said so, or why not, with everything typed still there. */
export function useSave(visitId: string): Save {
  const { t } = useTranslation();
  const act = useVisitAct(visitId);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save: Save['save'] = async (toDo, options = {}) => {
    setSaving(true);
    try {
      const result = await act(toDo, options.photos ? { photos: options.photos } : {});
      if ('saved' in result) {
        setProblem(null);
        saySaved(options.said ?? t('visits_phone.saved'));
        return true;
      }
      if ('refused' in result) {
        const { code, params } = result.refused;
        setProblem(new ProblemError({ status: 409, code, params }));
      } else setProblem(new ProblemError({ status: 507, code: `ui.${result.unsaved}` }));
      return false;
    } catch {
      setProblem(new ProblemError({ status: 507, code: 'ui.storage_broken' }));
      return false;
    } finally {
      setSaving(false);
    }
  };
  return { save, problem, isSaving, forget: () => setProblem(null) };
}
