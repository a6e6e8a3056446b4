// The English stemmer of Snowball ("Porter 2"), as its description defines it:
// snowballstem.org/algorithms/english/stemmer.html

const vowel = /[aeiouy]/;
const doubles = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const validLi = /[cdeghkmnrt]li$/;

const whole = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
);
const kept = new Set(['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes']);
const keptAfterPlural = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
]);

const step2: [string, string][] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
];
const step3: [string, string][] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const step4 = /(ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic)$/;

/** The stem that the forms of an English word share: `printers` and `printing` are `printer` and `print`. Lower case a–z. */
export function stemOf(word: string): string {
  if (word.length <= 2 || kept.has(word)) return word;
  const special = whole.get(word);
  if (special) return special;
  const { first, second } = regionsOf(word);
  // A y that is no vowel is written as a capital until the end.
  let stem = word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  stem = withoutPlural(stem);
  if (keptAfterPlural.has(stem)) return stem;
  stem = withoutPast(stem, first);
  if (/.[^aeiouy][yY]$/.test(stem)) stem = `${stem.slice(0, -1)}i`;
  stem = shortened(stem, first);
  stem = withoutEnding(stem, second);
  if (stem.endsWith('e') && (stem.length > second || (stem.length > first && !endsShort(stem.slice(0, -1)))))
    stem = stem.slice(0, -1);
  else if (stem.endsWith('ll') && stem.length > second) stem = stem.slice(0, -1);
  return stem.toLowerCase();
}

/** Where R1 and R2 begin: after the first consonant that follows a vowel, and the same once more. */
function regionsOf(word: string): { first: number; second: number } {
  const marked = word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  const after = (from: number) => {
    const found = /[aeiouy][^aeiouy]/.exec(marked.slice(from));
    return found ? from + found.index + 2 : marked.length;
  };
  const prefix = /^(gener|commun|arsen)/.exec(marked);
  const first = prefix ? prefix[0].length : after(0);
  // R1 begins after the letter found, R2 is R1 of R1 plus what a suffix must keep: a suffix lies in a region
  // when it begins at or after its start; callers compare lengths, so the last letter counts in.
  return { first, second: after(first) };
}

function endsShort(stem: string): boolean {
  return /^[aeiouy][^aeiouy]$/.test(stem) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(stem);
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/(ied|ies)$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(us|ss)$/.test(word)) return word;
  if (word.endsWith('s') && vowel.test(word.slice(0, -2))) return word.slice(0, -1);
  return word;
}

function withoutPast(word: string, first: number): string {
  const eed = /(eedly|eed)$/.exec(word);
  if (eed) return eed.index >= first ? `${word.slice(0, eed.index)}ee` : word;
  const found = /(ingly|edly|ing|ed)$/.exec(word);
  if (!found || !vowel.test(word.slice(0, found.index))) return word;
  const rest = word.slice(0, found.index);
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (doubles.test(rest)) return rest.slice(0, -1);
  return endsShort(rest) && rest.length <= first ? `${rest}e` : rest;
}

/** Steps 2 and 3: endings in R1 become shorter ones. */
function shortened(word: string, first: number): string {
  let stem = replaced(word, step2, first);
  if (stem === word) {
    if (/logi$/.test(stem) && stem.length - 3 > first) stem = stem.slice(0, -1);
    else if (validLi.test(stem) && stem.length - 2 >= first) stem = stem.slice(0, -2);
  }
  const { second } = regionsOf(stem.toLowerCase());
  if (stem.endsWith('ative')) return stem.length - 5 >= second ? stem.slice(0, -5) : stem;
  return replaced(stem, step3, first);
}

function replaced(word: string, endings: readonly [string, string][], from: number): string {
  const ending = endings.find(([ending]) => word.endsWith(ending));
  if (!ending || word.length - ending[0].length < from) return word;
  return word.slice(0, -ending[0].length) + ending[1];
}

/** Step 4: endings in R2 go. */
function withoutEnding(word: string, second: number): string {
  const found = step4.exec(word);
  if (found) return found.index >= second ? word.slice(0, found.index) : word;
  if (/[st]ion$/.test(word) && word.length - 3 >= second) return word.slice(0, -3);
  return word;
}
