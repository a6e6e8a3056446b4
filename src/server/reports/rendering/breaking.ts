import type { Paper } from './paper.ts';

type Columns = { longer: number; every: number };

// Signs of about 5 points: a narrow column holds some 14, the headline's large letters a good 30, a line some 40.
const narrow: Columns = { longer: 14, every: 6 };
const headline: Columns = { longer: 24, every: 8 };
const line: Columns = { longer: 40, every: 12 };

/**
 * A paper as JSON for the PDF, with places where typst may end a line within a word that the column cannot hold: it would
 * lie over the next column or run off the page. Word finds such places by itself.
 */
export function paperForPdf(paper: Paper): string {
  const { people, promises, glance, signature } = paper;
  return JSON.stringify(
    {
      ...paper,
      headline: breakWords(paper.headline, headline),
      cover: paper.cover.map((fact) => ({ ...fact, text: breakWords(fact.text, narrow) })),
      glance: { ...glance, signed_by: breakWords(glance.signed_by, narrow) },
      people: { ...people, sides: people.sides.map(narrowSide) },
      promises: {
        ...promises,
        list: promises.list.map((promise) => ({ ...promise, to: breakWords(promise.to, narrow) })),
      },
      signature: {
        ...signature,
        list: signature.list.map((signed) => ({
          ...signed,
          name: breakWords(signed.name, narrow),
          role: breakWords(signed.role, narrow),
        })),
      },
    } satisfies Paper,
    // A checksum is shorter than a line and is copied from paper: it stays whole.
    (name, value) =>
      typeof value === 'string' && name !== 'hash' ? breakWords(plainSpaces(value), line) : value,
  );
}

function narrowSide(side: Paper['people']['sides'][number]): Paper['people']['sides'][number] {
  const list = side.list.map(({ name, duty }) => ({
    name: breakWords(name, narrow),
    duty: breakWords(duty, narrow),
  }));
  return { ...side, list };
}

/** Offers an end of line in words of more signs than `longer`, every so many. Chinese may end anywhere as it is. */
export function breakWords(text: string, { longer, every }: Columns): string {
  const step = new RegExp(`.{${every}}(?=.)`, 'gu');
  return text.replace(/[^\s\u200b\u2e80-\uffff]+/g, (word) =>
    word.length > longer ? word.replace(step, '$&\u200b') : word,
  );
}

/** Typst gives a tab no width, so that what it parts would run together, and knows one kind of line end. */
function plainSpaces(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\t', '\u00a0'.repeat(4));
}
