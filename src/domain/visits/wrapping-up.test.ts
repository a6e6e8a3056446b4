import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entry, idOf, on, said, stamped, visitWith, 林海 } from '#test/quiet-visit.ts';
import type { Finding, Visit, VisitState, WrapUp } from './visit.ts';
import { draftWrapUp, wrapUpVisit } from './wrapping-up.ts';

const words = {
  id: idOf(20),
  rested_on: '好了',
  problems: '',
  advice: '',
  support_needed: '',
  tomorrow: '',
  reaction: '',
  promised_today: 'nothing' as const,
  minutes: 5,
};
const finding = (n: number, changes: Partial<Finding>): Finding => ({
  id: idOf(n),
  what: `发现 ${n}`,
  risk: 'low',
  standard: '',
  evidence: '',
  advice: '',
  cheaper_advice: '',
  obstacle: '',
  reaction: null,
  reaction_words: '',
  photos: [],
  ...stamped('11:00'),
  ...changes,
});

describe('R26 the day’s wrap-up', () => {
  const cases: [state: VisitState, after: string][] = [
    ['planned', 'visits.not_arrived'],
    ['dispatched', 'visits.not_arrived'],
    ['travelling', 'visits.not_arrived'],
    ['on_site', 'wrapped_up'],
    ['working', 'wrapped_up'],
    ['wrapped_up', 'wrapped_up'],
    ['signed', 'signed'],
    ['done', 'done'],
  ];
  for (const [state, expected] of cases) {
    it(`held when ${state}: ${expected}`, () => {
      const after = wrapUpVisit(visitWith({ state }), words, 林海);
      assert.equal('state' in after ? after.state : said(after), expected);
    });
  }

  it('is held again another day under another id, never twice under one', () => {
    const once = wrapUpVisit(visitWith({ state: 'working' }), words, 林海) as Visit;
    assert.equal(said(wrapUpVisit(once, words, 林海)), 'visits.entry_exists');
    assert.equal((wrapUpVisit(once, { ...words, id: idOf(21) }, 林海) as Visit).wrap_ups.length, 2);
  });

  it('“something was promised” needs a promise in the record', () => {
    const noted = { ...words, promised_today: 'noted' as const };
    assert.equal(said(wrapUpVisit(visitWith({ state: 'working' }), noted, 林海)), 'visits.promise_not_noted');
  });
});

describe('R26 its draft', () => {
  const nothing = { rested_on: '', problems: '', advice: '', support_needed: '', tomorrow: '' };
  const promise = { id: idOf(30), to_contact_id: null, owner_id: null, due_at: null };
  const visit = visitWith({
    state: 'working',
    log: [
      entry({ id: idOf(1), line: '内部话', customer_line: '换了网线\n并贴了标签' }),
      entry({ id: idOf(2), line: '只给同事', customer_line: ' ' }),
      entry({ id: idOf(3), kind: 'waiting', waiting_for: '已经拿到的钥匙', ended_at: on('10:30') }),
      entry({ id: idOf(4), kind: 'waiting', waiting_for: '管理员账号', ended_at: null, customer_line: '' }),
    ],
    findings: [
      finding(11, { risk: 'low', advice: '换个位置', standard: '手册 3.2', obstacle: '只给同事' }),
      finding(12, {
        risk: 'critical',
        what: '柜门没锁\n谁都能开',
        advice: ' ',
        cheaper_advice: ' 先加锁',
        evidence: '照片为证',
        standard: '手册 3.2',
      }),
      finding(13, { risk: 'medium' }),
    ],
    promises: [
      { ...promise, words: '送一根线', state: 'open' },
      { ...promise, words: '已经办好', state: 'kept' },
    ],
  });

  it('takes what the customer was told, findings by risk with what they rest on and their advice, what is waited for and what is owed; never a line for colleagues', () => {
    assert.deepEqual(draftWrapUp(visit), {
      rested_on: '· 换了网线 并贴了标签\n· 照片为证\n· 手册 3.2',
      problems: '· 柜门没锁 谁都能开\n· 发现 13\n· 发现 11',
      advice: '· 柜门没锁 → 先加锁\n· 发现 11 → 换个位置',
      support_needed: '· 管理员账号',
      tomorrow: '· 送一根线',
    });
  });

  it('takes up where the last wrap-up ended', () => {
    const last: WrapUp = { ...words, ...stamped('11:00') };
    const next = finding(14, { risk: 'high', ...stamped('11:01') });
    const draft = draftWrapUp({ ...visit, wrap_ups: [last], findings: [...visit.findings, next] });
    assert.deepEqual([draft.rested_on, draft.problems], ['', '· 发现 14']);
    assert.ok(on('11:01') > last.at);
  });

  it('of nothing is empty', () => {
    assert.deepEqual(draftWrapUp(visitWith()), { ...nothing });
  });

  it('stays as short as its fields, whole lines only', () => {
    const long = (n: number) => finding(n, { evidence: `${n}`.repeat(1_500), what: `${n}`.repeat(1_000) });
    const draft = draftWrapUp(visitWith({ findings: [21, 22, 23, 24, 25].map(long) }));
    assert.equal(draft.rested_on, `· ${'21'.repeat(1_500)}`);
    assert.equal(draft.problems.split('\n').length, 3);
  });
});
