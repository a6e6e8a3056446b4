import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { locales } from '#domain/people/person.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { wordsOfDocx, wordsOfPdf } from '#test/paper-words.ts';
import { canary, photoIds, toldFirm, toldPage } from '#test/told-visit.ts';
import { hashOf } from '../actions/keep-version.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { printReport } from './print.ts';

const now = '2026-11-22T08:30:00.000Z';
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copperpea-papers-'));
  const picture = sharp({ create: { width: 1_200, height: 900, channels: 3, background: '#8a4' } });
  await picture.clone().jpeg().toFile(join(folder, 'photo'));
  await picture.clone().resize(600, 120).png().toFile(join(folder, 'logo'));
});
after(() => rm(folder, { recursive: true, force: true }));

const logo_file_id = '01900000-0000-7000-8000-000000000777';
const pathOf = (id: string) =>
  id === logo_file_id ? join(folder, 'logo') : photoIds.includes(id) ? join(folder, 'photo') : null;

function versionOf(page = toldPage(), firm = { ...toldFirm, logo_file_id: logo_file_id as string | null }) {
  const facts = reportFacts(page, firm, now);
  const made = { made_at: now, made_by_name: '林海', is_signed: false };
  return { version: 3, facts, sha256: hashOf(facts), ...made } satisfies ReportVersion;
}

test('R27 both papers say the same facts in both languages, and no word that colleagues wrote for colleagues', async () => {
  const version = versionOf();
  const said = ['收银机午市频繁断开与服务器的连接', '更换后的跳线', version.sha256];
  const own = {
    'zh-CN': ['现场服务报告', '高风险', '第 3 版', '做了什么'],
    en: ['Field Service Report', 'High risk', 'Version 3', 'What was done', 'Qilu Weixin Field Services'],
  };
  for (const locale of locales) {
    const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale, pathOf }));
    const docx = wordsOfDocx(await printReport(version, { format: 'docx', locale, pathOf }));
    for (const words of [...said, ...own[locale]]) {
      assert.ok(
        pdf.some((text) => text.includes(words)),
        `${locale} PDF: ${words}`,
      );
      assert.ok(docx.text.includes(words), `${locale} DOCX: ${words}`);
    }
    assert.ok(!pdf.some((text) => text.includes('CANARY')) && !docx.xml.includes(canary));
  }
});

test('the same version gives the same PDF, byte for byte', async () => {
  const version = versionOf();
  const print = () => printReport(version, { format: 'pdf', locale: 'zh-CN', pathOf });
  assert.ok((await print()).equals(await print()));
});

test('a report of little is whole too: nobody signed, nothing found, photos that are not there', async () => {
  const page = toldPage();
  Object.assign(page.visit, { findings: [], promises: [], wrap_ups: [], signatures: [], log: [] });
  const facts = { ...versionOf(page), made_by_name: null };
  for (const format of ['pdf', 'docx'] as const)
    assert.ok((await printReport(facts, { format, locale: 'en', pathOf: () => null })).length > 5_000);
  assert.equal(paperOf(facts, 'en').work.none, 'Nothing on record yet.');
});

test('times are told by the clocks of the site', () => {
  const page = toldPage();
  if (page.about.site) page.about.site.zone = 'Asia/Tokyo';
  const [day] = paperOf(versionOf(page), 'zh-CN').work.days;
  assert.deepEqual([day?.day, day?.lines[0]?.from], ['2026年11月22日 周日', '09:30']);
});

test('a word that no line holds is broken on paper, a checksum never', async () => {
  const page = toldPage();
  page.visit.goal = 'x'.repeat(400);
  const version = versionOf(page);
  const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale: 'en', pathOf }));
  assert.ok(pdf.some((text) => text.includes(version.sha256)));
  const docx = wordsOfDocx(await printReport(version, { format: 'docx', locale: 'en', pathOf }));
  assert.ok(docx.text.includes('x'.repeat(400)));
});
