// Faults in the search; see mutants-list.mjs.

const searchTest = 'src/server/search/search.test.ts';
const searchTables = 'db/migrations/0010_search.sql';

export const searchFaults = [
  {
    fault: 'the search shows a contact what colleagues of theirs asked',
    edits: [
      ['src/server/search/queries/search.ts', "actor.sees === 'all'", 'actor.sees'],
      [
        searchTables,
        "when kind in ('ticket', 'message') then exists (select 1 from tickets where tickets.id = search_documents.ticket_id)",
        "when kind in ('ticket', 'message') then true",
      ],
    ],
    file: searchTest,
    test: 'R51 a contact finds what is theirs by ordinary reads',
  },
  {
    fault: 'row security of the search index lets internal words through',
    edits: [[searchTables, "using (audience = 'customer' and customer_id", 'using (customer_id']],
    file: searchTest,
    test: 'R51 the index itself is guarded',
  },
  {
    fault: 'a key finds what it may not read',
    edits: [
      [
        'src/server/search/queries/search.ts',
        'scopes === null || scopes.includes',
        'scopes === null || scopes.some((scope) => scope) || scopes.includes',
      ],
    ],
    file: searchTest,
    test: 'R51 a key finds only what it may read',
  },
  {
    fault: 'what is said among colleagues is indexed for the customer',
    edits: [['src/server/search/actions/sources.ts', 'voice as audience', "'customer' as audience"]],
    file: searchTest,
    test: 'R51 a contact finds what is theirs by ordinary reads',
  },
  {
    fault: 'edits are not followed by the index',
    edits: [['src/server/search/listeners.ts', "  { on: 'ticket.edited', ...indexed },\n", '']],
    file: searchTest,
    test: 'R51 what changes is found anew',
  },
  {
    fault: 'a ticket moves and its messages stay with the old customer in the index',
    edits: [['src/server/search/actions/follow.ts', 'and document.customer_id = thing.customer_id', '']],
    file: searchTest,
    test: 'R51 a ticket that moves to another customer',
  },
  {
    fault: 'things that are gone stay in the index',
    edits: [
      ['src/server/search/actions/reindex.ts', 'if (ids.length < batch) await dropGone(db, kind);', ''],
    ],
    file: searchTest,
    test: 'R51 rows that came without events',
  },
  {
    fault: 'rarity is left out of the ranking',
    edits: [
      [
        'src/domain/search/ranking.ts',
        'term.weight * rarityOf(statistics.with_term.get(term.term) ?? 0, statistics.documents)',
        'term.weight',
      ],
    ],
    file: 'src/domain/search/ranking.test.ts',
    test: 'R51 the rare word outweighs the common ones',
  },
  {
    fault: 'marks stand where the folded text has them',
    edits: [
      [
        'src/domain/search/highlighting.ts',
        'map(([start, end]) => folded.spanOf(start, end))',
        'map(([start, end]) => [start, end])',
      ],
    ],
    file: 'src/domain/search/ranking.test.ts',
    test: 'R51 in “净重三㎏的秤坏了”',
  },
  {
    fault: 'words are counted once and never again',
    edits: [
      ['src/server/search/actions/count-terms.ts', '::float8 * greatest(counted', ' * greatest(counted'],
    ],
    file: searchTest,
    test: 'R51 words are counted anew by themselves',
  },
  {
    fault: 'the words of a ticket’s title and of its answers do not add up',
    edits: [['src/domain/search/ranking.ts', 'const siblingShare = 0.7', 'const siblingShare = 0']],
    file: searchTest,
    test: 'R51 one word of the title and one of an answer lead to their ticket',
  },
  {
    fault: 'an address without end gets Node’s bare line',
    edits: [
      ['src/server/platform/http/server.ts', '    clientErrorHandler: answerUnread,\n', ''],
      ['src/server/platform/http/server.ts', "import { answerUnread } from './unread.ts';\n", ''],
    ],
    file: searchTest,
    test: 'R51 a query of 100 kB is answered by a problem of ours',
  },
];
