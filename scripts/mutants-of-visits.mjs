// Faults in visits and their reports, as scripts/mutants-list.mjs lists them.

const visitTables = 'db/migrations/0008_visits.sql';

export const visitFaults = [
  {
    fault: 'work for a visit that was given away, applied silently',
    edits: [
      [
        'src/server/visits/actions/act-on-visit.ts',
        'return keepInQuarantine(ctx, record, act);',
        'return playAct(ctx, record, act);',
      ],
    ],
    file: 'src/server/visits/quarantine.test.ts',
    test: 'R28 work for a visit that was given away meanwhile',
  },
  {
    fault: 'a signature whose hash nobody checked',
    edits: [
      [
        'src/server/visits/actions/hold-against-records.ts',
        'sha256Of(act.body.shown) !== act.body.shown_sha256',
        'sha256Of(act.body.shown) === null',
      ],
      [visitTables, "\n    and shown_sha256 = encode(sha256(convert_to(shown, 'UTF8')), 'hex')", ''],
    ],
    file: 'test/bad-input-visits.test.ts',
    test: 'R27 a hash that is not that of its text',
  },
  {
    fault: 'a clash on site swallowed: the later value wins',
    edits: [
      [
        'src/domain/visits/clashes.ts',
        'if (isSame(target[name], change.from)) changed',
        'if (change) changed',
      ],
    ],
    file: 'src/domain/visits/acts-property.test.ts',
    test: 'R28 no typed value is lost',
  },
  {
    fault: 'the line for colleagues readable through the portal’s role',
    edits: [
      [
        visitTables,
        'ended_at, customer_line, photos, done_by_name',
        'ended_at, line, customer_line, photos, done_by_name',
      ],
    ],
    file: 'src/server/visits/what-contacts-see.test.ts',
    test: 'R70 a contact reads of a visit its card',
  },
  {
    fault: 'one engineer planned in two places',
    edits: [
      ['src/server/visits/actions/plan-visit.ts', 'if (refused) throw refused;', 'void refused;'],
      [visitTables, "where (state not in ('done', 'cancelled'))\n);", "where (state = 'done')\n);"],
    ],
    file: 'src/server/visits/planning.test.ts',
    test: 'R20 two spans of one engineer never overlap',
  },
  {
    fault: 'an act that leaves the visit’s version as it was',
    edits: [['src/domain/visits/acting.ts', 'version: visit.version + 1', 'version: visit.version']],
    file: 'src/server/visits/visits.test.ts',
    test: 'note: what the phone shows',
  },
  {
    fault: 'the line for colleagues printed in the report',
    edits: [['src/domain/reports/telling-facts.ts', 'line: entry.customer_line,', 'line: entry.line,']],
    file: 'src/domain/reports/telling-facts.test.ts',
    test: 'R27 a report says what the customer may know',
  },
  {
    fault: 'what waits in quarantine decided twice',
    edits: [
      [
        'src/server/visits/actions/quarantine.ts',
        'if (kept.verdict) throw',
        'if (kept.verdict === null && !kept) throw',
      ],
    ],
    file: 'src/server/visits/quarantine.test.ts',
    test: 'R28 a lead applies it',
  },
  {
    fault: 'what waits in quarantine dropped without a reason',
    edits: [
      [
        'src/server/visits/actions/quarantine.ts',
        "body.verdict === 'drop' && reason === null",
        "body.verdict === 'apply' && reason === ''",
      ],
    ],
    file: 'src/server/visits/quarantine.test.ts',
    test: 'R28 a lead drops it',
  },
  {
    fault: 'what a lead applies done in the lead’s own name, at the hour of the decision',
    edits: [
      [
        'src/server/visits/actions/quarantine.ts',
        'playAct(await contextOf(ctx, kept), record',
        'playAct(ctx, record',
      ],
    ],
    file: 'src/server/visits/quarantine.test.ts',
    test: 'R28 a lead applies it',
  },
  {
    fault: 'whoever lost the role said to have lost the visit',
    edits: [
      [
        'src/server/visits/actions/quarantine.ts',
        "worksOnVisits(ctx.actor) ? 'reassigned' : 'permission_withdrawn'",
        "worksOnVisits(ctx.actor) ? 'reassigned' : 'reassigned'",
      ],
    ],
    file: 'src/server/visits/permission-withdrawn.test.ts',
    test: '',
  },
  {
    fault: 'between two days the customer still waits for a time that is past',
    edits: [
      [
        'src/domain/channels/portal.ts',
        "planned_from <= left_before ? 'between_days'",
        "planned_from <= left_before ? 'planned'",
      ],
    ],
    file: 'src/server/channels/portal-visits.test.ts',
    test: 'R53 between two days',
  },
  {
    fault: 'a line that a lead left out said to be waiting still',
    edits: [
      [
        'src/web/offline/machine/missing-line.ts',
        "kept?.decided?.verdict === 'dropped'",
        "kept?.decided === null && kept.act === ''",
      ],
      ['src/web/offline/machine/missing-line.ts', 'kept ? kept.decided === null', 'kept ? true'],
    ],
    file: 'src/web/offline/machine/missing-line.test.ts',
    test: 'R28 an edit of a line that is gone',
  },
  {
    fault: 'an act held for arrived because somebody answered 200',
    edits: [['src/web/offline/machine/verdict.ts', 'answer.echoed_key !== key || typeof', 'typeof']],
    file: 'src/web/offline/machine/verdict.test.ts',
    test: '',
  },
  {
    fault: 'what waits in quarantine shown as part of the visit',
    edits: [['src/web/offline/machine/lay-over.ts', "outcome === 'quarantined'", "outcome === 'conflict'"]],
    file: 'src/web/offline/machine/lay-over.test.ts',
    test: 'R28 the visit on this device',
  },
  {
    fault: 'an act that may be up already written anew under its key',
    edits: [['src/web/offline/machine/stored-act.ts', 'if (row.tried) return stored;', '']],
    file: 'src/web/offline/machine/stored-act.test.ts',
    test: '',
  },
];
