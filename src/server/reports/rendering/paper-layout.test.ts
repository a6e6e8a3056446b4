import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { wordsOfDocx, wordsOfPdf } from '#test/paper-words.ts';
import { toldFirm, toldPage } from '#test/told-visit.ts';
import { hashOf } from '../actions/keep-version.ts';
import { breakWords, paperForPdf } from './breaking.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { printReport } from './print.ts';

const now = '2026-11-22T08:30:00.000Z';

function versionOf(page = toldPage()): ReportVersion {
  const facts = reportFacts(page, toldFirm, now);
  const made = { made_at: now, made_by_name: '林海', is_signed: false, counts_to: now };
  return { version: 3, facts, sha256: hashOf(facts), ...made };
}

const wordOf = async (version: ReportVersion, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  wordsOfDocx(await printReport(version, { format: 'docx', locale, sourceOf: () => null }));

/** What stands in each table row that Word must not break, rows within rows included. */
function unbrokenRows(xml: string): string[] {
  const open: { text: string; isWhole: boolean }[] = [];
  const whole: string[] = [];
  for (const [part, text] of xml.matchAll(/<w:tr[ >]|<\/w:tr>|<w:cantSplit\/>|<w:t(?: [^>]*)?>([^<]*)/g)) {
    const row = open.at(-1);
    if (part.startsWith('<w:tr')) open.push({ text: '', isWhole: false });
    else if (part === '<w:cantSplit/>' && row) row.isWhole = true;
    else if (part !== '</w:tr>') for (const outer of open) outer.text += text;
    else if (open.pop()?.isWhole && row) whole.push(row.text);
  }
  return whole;
}

test('Word may break every row that people write in: what a page does not hold of an unbroken row is lost', async () => {
  const page = toldPage();
  const [finding] = page.visit.findings;
  const [entry] = page.visit.log;
  const [talk] = page.visit.wrap_ups;
  const [promise] = page.visit.promises;
  assert.ok(finding && entry && talk && promise);
  finding.advice = 'LONG advice';
  finding.what = 'LONG finding';
  entry.customer_line = 'LONG line';
  talk.tomorrow = 'LONG talk';
  promise.words = 'LONG promise';
  page.visit.goal = 'LONG goal';
  const { text, xml } = await wordOf(versionOf(page));
  for (const words of ['advice', 'finding', 'line', 'talk', 'promise', 'goal'])
    assert.ok(text.includes(`LONG ${words}`), words);
  const whole = unbrokenRows(xml);
  assert.deepEqual(
    whole.filter((row) => row.includes('LONG')),
    [],
  );
  assert.ok(
    whole.some((row) => row.includes('用时')) && whole.some((row) => row.includes('更换后的跳线')),
    'heads and photos stay whole',
  );
});

test('what a tab parts stays apart in the PDF, and every kind of line end is one', () => {
  const page = toldPage();
  page.visit.goal = '12\t5\r\n甲\r乙';
  const { goal } = JSON.parse(paperForPdf(paperOf(versionOf(page), 'zh-CN')));
  assert.equal(goal.pairs[0].text, '12\u00a0\u00a0\u00a0\u00a05\n甲\n乙');
});

test('a word that its column of the PDF cannot hold may end the line within; short ones and the checksum stay whole', () => {
  const word = 'Betriebsleiterassistent';
  const broken = 'Betrie\u200bbsleit\u200berassi\u200bstent';
  const page = toldPage();
  const version = versionOf(page);
  const { facts } = version;
  facts.customer.name = `Hotel ${word}`;
  facts.people.theirs = [{ name: word, duty: 'Reception' }];
  for (const promise of facts.promises) promise.to = word;
  for (const signature of facts.signatures) Object.assign(signature, { name: word, role: word });
  const paper = JSON.parse(paperForPdf(paperOf(version, 'en')));
  assert.equal(paper.cover[0].text, `Hotel ${broken}`);
  assert.ok(
    paper.people.sides[1].list.some(({ name, duty }: never) => name === broken && duty === 'Reception'),
    'people',
  );
  assert.equal(paper.promises.list[0].to, broken);
  assert.deepEqual([paper.signature.list[0].name, paper.signature.list[0].role], [broken, broken]);
  assert.ok(paper.end.hash.includes(version.sha256));
  assert.equal(breakWords(word, { longer: 40, every: 12 }), word);
});

test('where nobody of the customer’s is named, both papers leave their side out: Word takes a table without rows for damage', async () => {
  const page = toldPage();
  page.visit.interface_contact_id = null;
  page.visit.kick_off = { ...page.visit.kick_off, their_people: [], acknowledged: null };
  const version = versionOf(page);
  assert.deepEqual(
    paperOf(version, 'en').people.sides.map(({ label }) => label),
    ['Our side'],
  );
  const { xml } = await wordOf(version, 'en');
  const tables = xml.split('<w:tbl>').slice(1);
  assert.ok(tables.length > 5 && tables.every((table) => /^(?:(?!<\/w:tbl>).)*<w:tr[ >]/s.test(table)));
  const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale: 'en', sourceOf: () => null }));
  const says = (words: string) => pdf.some((text) => text.replace(/\s/g, '').includes(words));
  assert.deepEqual([says('Ourside'), says('Yourside')], [true, false]);
});

test('R27 each page carries as much of the checksum as people compare: any of them may be the one with the stamp', async () => {
  const version = versionOf();
  const printed = await printReport(version, { format: 'pdf', locale: 'en', sourceOf: () => null });
  const pages = printed.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  const hash = version.sha256.slice(0, 12);
  const times = wordsOfPdf(printed).map((text) => text.split(hash).length - 1);
  assert.ok(pages > 1);
  assert.equal(Math.max(...times), pages + 1, 'and the whole of it stands at the end');
  const { xml } = await wordOf(version, 'en');
  const footers = xml.split('<w:ftr ').slice(1);
  assert.ok(footers.length >= 2 && footers.every((footer) => footer.split('</w:ftr>')[0]?.includes(hash)));
});

test('a Word file names the firm and the instant of its version, not who or what printed it when', async () => {
  const version = versionOf();
  version.facts.firm = { ...version.facts.firm, name: '甲 & <乙>' };
  const { xml } = await wordOf(version);
  const said = [...xml.matchAll(/<(cp:lastModifiedBy|dc:creator|dcterms:\w+)[^>]*>([^<]*)</g)];
  assert.deepEqual(Object.fromEntries(said.map(([, name, text]) => [name, text])), {
    'dc:creator': '甲 &amp; &lt;乙&gt;',
    'cp:lastModifiedBy': '甲 &amp; &lt;乙&gt;',
    'dcterms:created': '2026-11-22T08:30:00Z',
    'dcterms:modified': '2026-11-22T08:30:00Z',
  });
});

test('what two signers read stands apart from the next signature: Word joins tables that touch', async () => {
  const page = toldPage();
  const [signature] = page.visit.signatures;
  assert.ok(signature);
  page.visit.signatures = [signature, { ...signature, id: page.visit.id, name: '孙悦' }];
  page.visit.goal = '别的目标';
  const { xml, text } = await wordOf(versionOf(page));
  assert.ok(text.split('签字人读到的内容').length > 3, 'both are told');
  assert.ok(!/<\/w:tbl>\s*<w:tbl>/.test(xml));
});
