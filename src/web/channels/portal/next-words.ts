import type { PortalQuestion } from '#domain/channels/commands.ts';
import type { Words } from '../../ui/words.ts';

export type NextWords = { text: string; tone: 'calm' | 'act' | 'late' | 'done' };

/** What happens next and when, in one sentence; a time that has passed is owned up to. */
export function nextWords(question: PortalQuestion, words: Words): NextWords {
  const { t } = words;
  const what = question.waiting_for ?? '';
  switch (question.state) {
    case 'needs_you':
      return question.waiting_on_me || question.is_mine
        ? { text: t('portal.next.needs_you', { what }), tone: 'act' }
        : { text: t('portal.next.needs_colleague', { what }), tone: 'calm' };
    case 'done':
      return {
        text: t('portal.next.done', { time: words.time(question.closed_at ?? question.updated_at) }),
        tone: 'done',
      };
    default:
      return underway(question, words);
  }
}

function underway(question: PortalQuestion, words: Words): NextWords {
  const { t } = words;
  const by = question.next_update_at;
  if (by !== null && by < words.now)
    return { text: t('portal.next.late', { time: words.time(by) }), tone: 'late' };
  const name = question.handled_by_name;
  const key = question.state === 'received' ? 'received' : name === null ? 'in_hand_us' : 'in_hand';
  return {
    text:
      by === null
        ? t(`portal.next.${key}`, { name })
        : t(`portal.next.${key}_by`, { name, time: words.time(by) }),
    tone: 'calm',
  };
}
