import { type Folded, fold } from './folding.ts';
import { stemOf } from './stemming.ts';

/**
 * A piece of text that can be found. Positions count Chinese characters and words, so that neighbours in a phrase are
 * neighbours here; several tokens may share one (an error code and its parts).
 */
export type Token = {
  term: string;
  position: number;
  /** The span in the folded text. */
  start: number;
  end: number;
  /** The last character of a Chinese run stands alone: it is found as the beginning of a pair would be. */
  kind: 'pair' | 'single' | 'word' | 'part' | 'code';
};

const han = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\u3005\\u3007\\u30fc';
const letters = `[[\\p{L}\\p{N}\\p{M}_]--[${han}]]+`;
/** A run of Chinese, or words and codes joined by single signs without a space: ORA-01555, 10.0.0.1, HX_2019. */
const pieces = new RegExp(`(?<han>[${han}]+)|${letters}(?:[\\-.\\/:#@+'’\\\\]${letters})*`, 'gv');
const wordsIn = /[\p{L}\p{N}\p{M}]+/gu;
/** Digits as telephone numbers are written: +86 138 1234 5678, (010) 6655-4433. Groups of two are dates. */
const telephone = /(?<!\d)(?:\+?\d{2}[ -])?\(?\d{3,4}\)?[ -]\d{3,4}(?:[ -]?\d{3,4})?(?!\d)/g;
const longestTerm = 60;

/** All that a text can be found by, in order of position. Text beyond `limit` UTF-16 units is not looked at. */
export function tokensOf(text: string, limit = 60_000): { tokens: Token[]; folded: Folded } {
  const folded = fold(text.length > limit ? text.slice(0, limit) : text);
  const tokens: Token[] = [];
  let position = 1;
  for (const piece of folded.text.matchAll(pieces)) {
    const start = piece.index;
    position = piece.groups?.han
      ? pushPairs(tokens, { run: piece[0], start, position })
      : pushWords(tokens, { piece: piece[0], start, position });
  }
  pushTelephones(tokens, folded.text);
  return { tokens, folded };
}

function pushPairs(tokens: Token[], at: { run: string; start: number; position: number }): number {
  const characters = [...at.run];
  let start = at.start;
  let { position } = at;
  characters.forEach((character, index) => {
    const next = characters[index + 1];
    const end = start + character.length;
    tokens.push(
      next === undefined
        ? { term: character, position, start, end, kind: 'single' }
        : { term: character + next, position, start, end: end + next.length, kind: 'pair' },
    );
    start = end;
    position += 1;
  });
  return position;
}

function pushWords(tokens: Token[], at: { piece: string; start: number; position: number }): number {
  let { position } = at;
  const words = [...at.piece.matchAll(wordsIn)];
  const whole = words.map(([word]) => word).join('');
  const hasDigit = /\p{N}/u.test(whole);
  if (words.length > 1 && hasDigit && whole.length <= longestTerm) {
    tokens.push({ term: whole, position, start: at.start, end: at.start + at.piece.length, kind: 'code' });
  }
  for (const { 0: word, index } of words) {
    const start = at.start + index;
    const end = start + word.length;
    const parts = /\p{N}/u.test(word) ? [...word.matchAll(/\p{N}{2,}|[\p{L}\p{M}]{2,}/gu)] : [];
    const isMixed = parts.length > 0 && parts[0]?.[0] !== word;
    const term = (/^[a-z]+$/.test(word) ? stemOf(word) : word).slice(0, longestTerm);
    tokens.push({ term, position, start, end, kind: isMixed ? 'code' : 'word' });
    if (isMixed) {
      parts.forEach((part, index) => {
        const from = start + part.index;
        const term = part[0].slice(0, longestTerm);
        tokens.push({
          term,
          position: position + index,
          start: from,
          end: from + part[0].length,
          kind: 'part',
        });
      });
      position += Math.max(0, parts.length - 1);
    }
    position += 1;
  }
  return position;
}

function pushTelephones(tokens: Token[], text: string): void {
  for (const { 0: written, index } of text.matchAll(telephone)) {
    const digits = written.replace(/\D/g, '');
    const first = tokens.find(({ start, end }) => start <= index + written.length && end > index);
    if (digits.length < 7 || digits.length > 15 || !first) continue;
    const spelled = {
      position: first.position,
      start: index,
      end: index + written.length,
      kind: 'code',
    } as const;
    tokens.push({ ...spelled, term: digits });
    if (digits.startsWith('86') && digits.length === 13) tokens.push({ ...spelled, term: digits.slice(2) });
  }
}
