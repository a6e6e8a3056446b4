// Faults of imports, as scripts/mutants-list.mjs lists them.

const importsTest = 'src/server/imports/imports.test.ts';
const tellingTest = 'src/domain/imports/telling.test.ts';

export const importFaults = [
  {
    fault: 'the private voice of an import ignored',
    edits: [['src/domain/imports/conversations.ts', "isPrivate: voice[1] === '1',", 'isPrivate: false,']],
    file: tellingTest,
    test: 'R4 one private sentence makes its comment private',
  },
  {
    fault: 'a comment is private only when all of it is',
    edits: [['src/domain/imports/conversations.ts', 'comment.some((sentence)', 'comment.every((sentence)']],
    file: tellingTest,
    test: 'R4 one private sentence makes its comment private',
  },
  {
    fault: 'an imported ticket is titled by whoever spoke first',
    edits: [
      [
        'src/domain/imports/conversations.ts',
        "messages.filter(({ from }) => from === 'contact');",
        'messages.filter(({ from }) => from);',
      ],
    ],
    file: tellingTest,
    test: 'R4 one private sentence makes its comment private',
  },
  {
    fault: 'waiting of the past climbs to superiors',
    edits: [
      [
        'src/server/tickets/actions/import-tickets.ts',
        '::timestamptz end, closed_at, closed_at,',
        '::timestamptz + null::interval end, closed_at, closed_at,',
      ],
    ],
    file: importsTest,
    test: 'R71 history starts no clock, no mail, no notice',
  },
  {
    fault: 'two runs of one import write the same batch',
    edits: [
      [
        'src/server/imports/actions/run-import.ts',
        "state !== 'running' || cursor_records !== batch.from",
        "state !== 'running'",
      ],
    ],
    file: importsTest,
    test: 'two runs of one import never write the same batch',
  },
  {
    fault: 'the app may delete any message',
    edits: [
      [
        'db/migrations/0012_imports.sql',
        'create policy only_imported on messages as restrictive for delete to copperpea_app using (import_id is not null);',
        'create policy only_imported on messages as restrictive for delete to copperpea_app using (true);',
      ],
    ],
    file: importsTest,
    test: 'the database itself lets nothing be deleted',
  },
  {
    fault: 'the history of another desk can be read by anybody signed in',
    edits: [
      ['src/domain/imports/policy.ts', "'imports.list': ['administrator']", "'imports.list': allStaff"],
    ],
    file: importsTest,
    test: 'R70 imports are the administrator',
  },
];
