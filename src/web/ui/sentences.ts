import type { TFunction } from 'i18next';
import type { ProblemError } from './problem.ts';

/** The plain sentence of a refusal or failure and what to do next. A code without texts gets the general ones. */
export function sentenceOf(problem: ProblemError, t: TFunction): { text: string; next: string } {
  const params = plainParams(problem.params);
  const general = problem.kind === 'bug' ? 'ground.bug' : 'ground.refused';
  const say = (part: 'text' | 'next') => {
    const own = problem.code.startsWith('ui.')
      ? `ui.problems.${problem.code.slice(3)}.${part}`
      : `refusals.${problem.code}.${part}`;
    const count = typeof params.count === 'number' ? { count: params.count } : {};
    const said = t(own, { ...params, ...count, defaultValue: '' });
    return said === ''
      ? t(general === 'ground.bug' ? `ui.problems.bug.${part}` : `ui.problems.refused.${part}`)
      : said;
  };
  return { text: say('text'), next: say('next') };
}

function plainParams(params: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );
}
