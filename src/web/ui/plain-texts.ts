import type { TFunction } from 'i18next';

type Texts = { [key: string]: string | Texts };
type Given = Record<string, unknown> & { count?: number; defaultValue?: string };

/**
 * Says sentences out of a few texts before i18next is loaded: names in braces, and the plural by the language's rule. A key
 * that is not among them throws: nothing half said is shown.
 */
export function speakerOf(texts: object, language: string): TFunction {
  const find = (key: string) =>
    key
      .split('.')
      .reduce<string | Texts | undefined>(
        (at, step) => (typeof at === 'object' ? at[step] : undefined),
        texts as Texts,
      );
  const say = (key: string, given: Given = {}): string => {
    const { count } = given;
    const text = (count === undefined ? undefined : find(`${key}_${pluralOf(language, count)}`)) ?? find(key);
    if (typeof text !== 'string') {
      if (given.defaultValue === undefined) throw new Error(`no text for ${key}`);
      return given.defaultValue;
    }
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(given[name] ?? ''));
  };
  return say as unknown as TFunction;
}

const pluralOf = (language: string, count: number) => new Intl.PluralRules(language).select(count);
