import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entry, idOf, on, said, stamped, visitWith, 小吴, 林海, 老马 } from '#test/quiet-visit.ts';
import type { ActBody } from './commands.ts';
import { readSignedText } from './signed-text.ts';
import { entitledSigners, signingText, signVisit } from './signing-off.ts';
import type { Signature, Visit, VisitState } from './visit.ts';

const secret = '只给同事看';
const told = visitWith({
  state: 'working',
  scope_sales: {
    what: secret,
    hours: 2,
    night: false,
    verification: '',
    said_by: secret,
    said_at: '2026-11-20T01:00:00.000Z',
  },
  readiness: [{ item: 'kit', state: 'waived', reason: secret, ...stamped('08:00') }],
  log: [entry({ line: secret, customer_line: '换了网线', photos: [{ file_id: idOf(80), caption: secret }] })],
  notes: [{ id: idOf(81), body: secret, ...stamped('10:00') }],
});

function sign(visit: Visit, changes: Partial<ActBody<'sign'>> = {}) {
  const body = {
    id: idOf(40),
    contact_id: 小吴,
    name: '小吴',
    role: '收银',
    strokes: [[1, 2, 3, 4, 5, 6]],
    shown: signingText(visit),
    shown_sha256: '0'.repeat(64),
    ...changes,
  };
  return signVisit(visit, body, 林海);
}

describe('R27 what is read and signed', () => {
  it('holds the customer’s lines, and nothing that was written for colleagues', () => {
    const text = signingText(told);
    assert.ok(text.includes('换了网线'));
    assert.ok(!text.includes(secret));
  });

  it('says when they came first, and is read back as it was written', () => {
    const came = signingText({ ...told, arrived_at: on('09:10') });
    assert.equal(readSignedText(came)?.arrived_at, on('09:10'));
    assert.equal(readSignedText(signingText(told))?.arrived_at, null);
    for (const text of ['', '{}', '{"visit":', came.slice(1)]) assert.equal(readSignedText(text), null, text);
  });

  it('is the same text for the same record, whatever the order of keys, and another after any change that it shows', () => {
    const shuffled = Object.fromEntries(Object.entries(told).toReversed()) as Visit;
    assert.equal(signingText(shuffled), signingText(told));
    const changed = { ...told, log: [entry({ customer_line: '换了两根' })] };
    assert.notEqual(signingText(changed), signingText(told));
  });
});

const many = (numbers: number) => Array.from({ length: numbers }, (_, at) => at % 400);

describe('R27 signing', () => {
  const cases: [state: VisitState, after: string][] = [
    ['planned', 'visits.nothing_to_sign'],
    ['dispatched', 'visits.nothing_to_sign'],
    ['travelling', 'visits.nothing_to_sign'],
    ['on_site', 'visits.nothing_to_sign'],
    ['working', 'signed'],
    ['wrapped_up', 'signed'],
    ['signed', 'signed'],
    ['done', 'done'],
  ];
  for (const [state, expected] of cases) {
    it(`when ${state}: ${expected}`, () => {
      const after = sign({ ...told, state });
      assert.equal('state' in after ? after.state : said(after), expected);
    });
  }

  it('is for the interface person and the named signers', () => {
    assert.deepEqual(entitledSigners(visitWith({ signer_ids: [老马, 小吴] })), [小吴, 老马]);
    assert.deepEqual(entitledSigners(visitWith({ interface_contact_id: null })), []);
    assert.equal(said(sign(told, { contact_id: 老马 })), 'visits.signer_not_entitled');
    assert.equal((sign({ ...told, signer_ids: [老马] }, { contact_id: 老马 }) as Visit).state, 'signed');
  });

  const drawings: [what: string, strokes: number[][], expected: string | null][] = [
    ['nothing', [], 'visits.signature_empty'],
    ['a point', [[1, 2]], 'visits.signature_empty'],
    ['two points', [[1, 2, 3, 4]], 'visits.signature_empty'],
    ['half a point more', [[1, 2, 3, 4, 5]], 'visits.signature_empty'],
    [
      'three points in two strokes',
      [
        [1, 2, 3, 4],
        [5, 6],
      ],
      null,
    ],
    ['as many points as a hand ever makes', [many(8_000), many(8_000), many(4_000)], null],
    ['more than a hand ever makes', [many(8_000), many(8_000), many(4_002)], 'visits.signature_too_long'],
  ];
  for (const [what, strokes, expected] of drawings) {
    it(`with ${what}: ${expected ?? 'signed'}`, () => {
      const after = sign(told, { strokes });
      assert.equal('state' in after ? null : said(after), expected);
    });
  }

  it('is done fifty times on a visit and no more', () => {
    const [one] = (sign(told) as Visit).signatures as [Signature];
    const signed = (count: number) => ({
      ...told,
      signatures: Array.from({ length: count }, (_, at) => ({ ...one, id: idOf(1_000 + at) })),
    });
    assert.equal((sign(signed(49)) as Visit).signatures.length, 50);
    assert.equal(said(sign(signed(50))), 'visits.too_many_signatures');
  });

  it('keeps what was read, and whether the record said just that', () => {
    const [right] = (sign(told) as Visit).signatures;
    assert.deepEqual([right?.as_shown, right?.shown], [true, signingText(told)]);
    const [other] = (sign(told, { shown: '{}' }) as Visit).signatures;
    assert.deepEqual([other?.as_shown, other?.shown], [false, '{}']);
    assert.equal(said(sign(sign(told) as Visit)), 'visits.entry_exists');
  });
});
