// Some thirty faults that a tired person might make. Each names the test that must turn red.
// `edits`: [file, text that stands there exactly once, what the fault makes of it].

import { importFaults } from './mutants-of-imports.mjs';
import { searchFaults } from './mutants-of-search.mjs';
import { visitFaults } from './mutants-of-visits.mjs';

const ticketsTest = 'src/server/tickets/tickets.test.ts';
const portalTest = 'src/server/channels/portal.test.ts';
const mailTest = 'src/server/channels/mail-in/mailboxes.test.ts';
const peopleTest = 'src/server/people/people.test.ts';
const signInTest = 'src/server/people/sign-in.test.ts';
const filesTest = 'src/server/platform/files/files.test.ts';
const workingTimeTest = 'src/domain/calendar/working-time.test.ts';
const secondGuards = 'test/second-guards.test.ts';
const tables = 'db/migrations/0006_tickets.sql';

export const faults = [
  {
    fault: 'a route line without its permission',
    edits: [
      [
        'src/server/tickets/routes.ts',
        "'GET /api/tickets',\n    'tickets.list',",
        "'GET /api/tickets',\n    'health.check',",
      ],
    ],
    file: 'test/other-customers.test.ts',
    test: 'R70 without signing in only the named doors answer',
  },
  {
    fault: 'sales may close tickets',
    edits: [['src/domain/tickets/policy.ts', "'tickets.close': workers", "'tickets.close': allStaff"]],
    file: ticketsTest,
    test: 'what one may not see does not exist',
  },
  {
    fault: 'a visibility scope widened: colleagues’ questions for everybody',
    edits: [
      ['src/server/channels/portal/scope.ts', "contact.sees === 'all' ? tickets", 'contact.sees ? tickets'],
      [
        tables,
        'create policy portal_own on tickets for select to copperpea_portal\n  using (customer_id = portal_customer_id() and (portal_sees_all() or requester_id = portal_contact_id()));',
        'create policy portal_own on tickets for select to copperpea_portal\n  using (customer_id = portal_customer_id());',
      ],
    ],
    file: portalTest,
    test: 'her own questions or all of the customer’s',
  },
  {
    fault: 'a row-security policy dropped: the portal role reads every ticket',
    edits: [
      [
        tables,
        'create policy portal_own on tickets for select to copperpea_portal\n  using (customer_id = portal_customer_id() and (portal_sees_all() or requester_id = portal_contact_id()));',
        'create policy portal_own on tickets for select to copperpea_portal using (true);',
      ],
    ],
    file: portalTest,
    test: 'row security alone keeps others out',
  },
  {
    fault: 'whoever knows the secret of a mail thread may write into it',
    edits: [
      [
        'src/domain/channels/placing.ts',
        "claimed.by !== 'number' && (claimed.is_participant || claimed.is_own)",
        "claimed.by !== 'number'",
      ],
    ],
    file: 'src/domain/channels/placing.test.ts',
    test: 'R1 a stranger who spoofs a thread gets a ticket of their own that waits, whatever they know of it',
  },
  {
    fault: 'the same mail twice is two messages',
    edits: [
      [
        'src/server/channels/mail-in/take-mail.ts',
        ".where('fingerprint', '=', fingerprint)",
        ".where('fingerprint', '=', waiting.id)",
      ],
    ],
    file: mailTest,
    test: 'R1 the same mail twice changes nothing, in one mailbox or two, and after the numbering began anew',
  },
  {
    fault: 'an internal note shown in the portal',
    edits: [
      ['src/server/channels/portal/questions.ts', "    .where('voice', '=', 'customer')\n", ''],
      [
        tables,
        "create policy portal_own on messages for select to copperpea_portal\n  using (voice = 'customer' and",
        'create policy portal_own on messages for select to copperpea_portal\n  using (',
      ],
    ],
    file: portalTest,
    test: 'R4 the conversation holds the customer voice alone',
  },
  {
    fault: 'an event not recorded',
    edits: [
      [
        'src/server/tickets/actions/reply-to-ticket.ts',
        "ctx.record({\n    name: 'ticket.replied',",
        "void ({\n    name: 'ticket.replied',",
      ],
    ],
    file: ticketsTest,
    test: 'R4 a reply in the customer’s voice',
  },
  {
    fault: 'a verdict not stored',
    edits: [
      [
        'src/server/platform/idempotency.ts',
        'await ctx.flush(verdictRow(',
        'await ctx.flush();\n  void (verdictRow(',
      ],
    ],
    file: ticketsTest,
    test: 'a repeat under the same key',
  },
  {
    fault: 'a refusal that leaves what was done before it',
    edits: [['src/server/platform/idempotency.ts', '`rollback to savepoint', '`savepoint']],
    file: secondGuards,
    test: 'a refusal after the first rows',
  },
  {
    fault: 'a clock that does not pause',
    edits: [
      [
        'src/server/tickets/actions/clocks.ts',
        "row.state === 'running' && row.kind !== 'first_response'\n      ?",
        'false\n      ?',
      ],
    ],
    file: ticketsTest,
    test: 'R7 waiting on the customer pauses the clocks',
  },
  {
    fault: 'a breach that is noticed as a mere warning',
    edits: [
      [
        'src/server/tickets/jobs.ts',
        "reached >= 100 ? 'ticket.clock_breached'",
        "reached > 100 ? 'ticket.clock_breached'",
      ],
    ],
    file: ticketsTest,
    test: 'R7 the tick warns at shares',
  },
  {
    fault: 'a holiday ignored',
    edits: [['src/domain/calendar/compiled-calendar.ts', 'this.isOff(day) ? [] :', '']],
    file: workingTimeTest,
    test: '',
  },
  {
    fault: 'a make-up workday ignored',
    edits: [
      [
        'src/domain/calendar/compiled-calendar.ts',
        'this.followedOn(day) ?? weekdayOfDay(day)',
        'weekdayOfDay(day)',
      ],
    ],
    file: workingTimeTest,
    test: '',
  },
  {
    fault: 'a night shift that ends before it begins',
    edits: [['src/domain/calendar/compiled-calendar.ts', 'to + 1_440', 'to']],
    file: workingTimeTest,
    test: '',
  },
  {
    fault: 'an open promise that lets a ticket close',
    edits: [['src/domain/tickets/closing.ts', 'openPromises.length > 0', 'openPromises.length > 9']],
    file: ticketsTest,
    test: 'R9 closing is refused while a promise is unsettled',
  },
  {
    fault: '“no answer yet” without a next time',
    edits: [
      ['src/domain/tickets/replying.ts', 'reply.no_answer_yet && reply.next_update_at === null', 'false'],
    ],
    file: ticketsTest,
    test: 'R8 “no answer yet” is refused',
  },
  {
    fault: 'a clash that the later one wins',
    edits: [
      [
        'src/domain/ground/patch.ts',
        'else clashes.push(',
        'else result[field] = change.to;\n    if (false) clashes.push(',
      ],
    ],
    file: ticketsTest,
    test: 'two people change different fields',
  },
  {
    fault: 'the session of a disabled person accepted',
    edits: [
      [
        'src/server/people/sign-in.ts',
        'and s.expires_at > now() and u.disabled_at is null',
        'and s.expires_at > now()',
      ],
    ],
    file: secondGuards,
    test: 'R70 whoever is disabled is refused even',
  },
  {
    fault: 'an API key that does more than its scopes',
    edits: [
      ['src/server/platform/http/permissions.ts', 'return refuseByScope(route, actor);', 'return null;'],
    ],
    file: peopleTest,
    test: 'R70 an API key does what its scopes',
  },
  {
    fault: 'the last administrator may go',
    edits: [
      [
        'src/domain/people/administrators.ts',
        'stays || others.length > 0 ||',
        'stays || others.length >= 0 ||',
      ],
    ],
    file: peopleTest,
    test: 'R70 the last administrator stays',
  },
  {
    fault: 'a page of another site that acts with our cookies',
    edits: [['src/server/platform/http/origin.ts', 'from !== host && from', 'from === host && from']],
    file: signInTest,
    test: 'R70 a page of another site',
  },
  {
    fault: 'passwords guessed without end',
    edits: [['src/server/people/attempts.ts', 'if (wait === 0) return null;', 'if (wait >= 0) return null;']],
    file: signInTest,
    test: 'R70 who guesses is stopped',
  },
  {
    fault: 'a file shown in the browser whatever it is',
    edits: [['src/server/platform/files/serving.ts', "shown ? 'inline' : 'attachment'", "'inline'"]],
    file: filesTest,
    test: 'an SVG with a script',
  },
  {
    fault: 'a file placed by somebody who did not put it up',
    edits: [
      [
        'src/server/platform/files/claiming.ts',
        "    .where('uploaded_by_id', uploader.id === null ? 'is' : '=', uploader.id)\n",
        '',
      ],
    ],
    file: secondGuards,
    test: 'a colleague’s upload',
  },
  {
    fault: 'live updates heard by colleagues who may not see the question',
    edits: [
      [
        'src/server/platform/live.ts',
        "return actor.sees === 'all' || event.contact_id",
        "return actor.sees !== 'all' || event.contact_id",
      ],
    ],
    file: 'test/other-customers.test.ts',
    test: 'R70 live updates reach only those',
  },
  ...visitFaults,
  ...searchFaults,
  ...importFaults,
];
