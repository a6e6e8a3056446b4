import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unflowed } from './flowed.ts';

const cases: [name: string, flowed: string, deletesSpace: boolean, plain: string][] = [
  [
    'soft breaks are joined, hard ones kept',
    'The printer \r\nis slow.\r\n\r\nPlease look.',
    false,
    'The printer is slow.\n\nPlease look.',
  ],
  [
    'without its blank where the sender says so',
    '打印机从今天早上起 \n就很慢。',
    true,
    '打印机从今天早上起就很慢。',
  ],
  ['a blank of its own stays', 'one  \ntwo', true, 'one two'],
  ['guarding blanks are taken away, one only', ' From here on\n  indented', false, 'From here on\n indented'],
  [
    'a quote keeps its depth',
    '> first \n> line\n>> inner \n>> more\nanswer',
    false,
    '> first line\n>> inner more\nanswer',
  ],
  [
    'what is quoted deeper is never joined',
    '> ends in a blank \n>> deeper\nmine \n> theirs',
    false,
    '> ends in a blank \n>> deeper\nmine \n> theirs',
  ],
  ['marks with blanks between them', '> > a \n> > b', false, '>> a b'],
  ['the line above a signature stands by itself', 'Bye \n-- \nLi Min', false, 'Bye \n-- \nLi Min'],
  ['the one within a quote too', '> Bye \n> -- \n> Li', false, '> Bye \n> -- \n> Li'],
  ['a sign at the beginning is no quote', ' > 95 % full', false, '  > 95 % full'],
  ['a text that ends in the middle', 'one ', false, 'one '],
];

for (const [name, flowed, deletesSpace, plain] of cases)
  test(`R1 flowed text: ${name}`, () => assert.equal(unflowed(flowed, deletesSpace), plain));

test('R1 flowed text of a million soft breaks is one line', () => {
  assert.equal(unflowed('a \n'.repeat(1_000_000), true).length, 1_000_000);
});
