import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { locales } from '#domain/people/person.ts';
import { reportFacts } from '#domain/reports/telling-facts.ts';
import { streamsOf, wordsOfDocx, wordsOfPdf } from '#test/paper-words.ts';
import { canary, photoIds, toldFirm, toldPage } from '#test/told-visit.ts';
import { hashOf } from '../actions/keep-version.ts';
import { paperOf, type ReportVersion } from './paper.ts';
import { printReport } from './print.ts';
import { preparePhoto } from './scaling.ts';

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
const sourceOf = (id: string) => {
  if (id === logo_file_id) return { path: join(folder, 'logo'), prepared: join(folder, 'none') };
  return photoIds.includes(id) ? { path: join(folder, 'photo'), prepared: join(folder, 'prepared') } : null;
};

function versionOf(page = toldPage(), firm = { ...toldFirm, logo_file_id: logo_file_id as string | null }) {
  const facts = reportFacts(page, firm, now);
  const made = { made_at: now, made_by_name: '林海', is_signed: false, counts_to: now };
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
    const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale, sourceOf }));
    const docx = wordsOfDocx(await printReport(version, { format: 'docx', locale, sourceOf }));
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

test('R22 R33 both papers say that words changed after they were confirmed, by whom, and what was read, whatever markup it is', async () => {
  const page = toldPage();
  const hostile = '#panic("x") *粗* <b>$x$</b> 三台机器';
  if (page.visit.today_confirmed?.read) page.visit.today_confirmed.read.goal = hostile;
  page.visit.last_changed = { goal: { by_id: page.visit.engineer_id, by_name: '周敏', at: now } };
  const version = versionOf(page);
  const said = { 'zh-CN': ['之后有改动', '周敏于'], en: ['changed since', 'changed by 周敏'] };
  for (const locale of locales) {
    const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale, sourceOf })).join('');
    const docx = wordsOfDocx(await printReport(version, { format: 'docx', locale, sourceOf })).text;
    const tight = (text: string) => text.replace(/\s/g, '');
    for (const words of [...said[locale], hostile])
      for (const paper of [pdf, docx]) assert.ok(tight(paper).includes(tight(words)), `${locale}: ${words}`);
  }
});

test('R33 what was changed before the yes came is not said to have been changed since', () => {
  const page = toldPage();
  page.visit.goal = '换一台';
  const { at } = page.visit.today_confirmed ?? { at: now };
  const said = (changedAt: string) => {
    page.visit.last_changed = { goal: { by_id: page.visit.engineer_id, by_name: '周敏', at: changedAt } };
    return paperOf(versionOf(page), 'zh-CN').goal.confirmed;
  };
  assert.match(said(now), /之后有改动/);
  assert.match(said(at), /确认时读到的与本报告不同/);
});

test('R33 a report made before what was read was kept claims nothing of it', () => {
  const { facts, ...version } = versionOf();
  const { changed: _changed, ...confirmed } = facts.today.confirmed ?? { name: '', at: now };
  const paper = paperOf({ ...version, facts: { ...facts, today: { ...facts.today, confirmed } } }, 'zh-CN');
  assert.match(paper.goal.confirmed, /马建国.*当时读到的文字没有留存/);
  assert.match(paper.kick_off.confirmed, /马建国.*确认$/);
});

test('a line of a Word file grows with what stands in it, so that no office program cuts a signature or the logo off', async () => {
  const docx = await printReport(versionOf(), { format: 'docx', locale: 'zh-CN', sourceOf });
  const heights = wordsOfDocx(docx).xml.match(/<w:spacing [^>]*w:line="[^>]*>/g) ?? [];
  assert.ok(heights.length > 50);
  assert.deepEqual(
    heights.filter((height) => !height.includes('w:lineRule="auto"')),
    [],
  );
});

test('the same version gives the same PDF, byte for byte', async () => {
  const version = versionOf();
  const print = () => printReport(version, { format: 'pdf', locale: 'zh-CN', sourceOf });
  assert.ok((await print()).equals(await print()));
});

test('a photo is drawn for paper once: turned, small, without its metadata; what was half written is drawn anew', async () => {
  const source = { path: join(folder, 'turned'), prepared: join(folder, 'turned.paper') };
  await sharp({ create: { width: 2_560, height: 1_920, channels: 3, background: '#8a4' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'CANARY' } })
    .withMetadata({ orientation: 6 })
    .toFile(source.path);
  const drawn = await preparePhoto(source);
  assert.deepEqual([drawn?.width, drawn?.height], [480, 640]);
  const kept = await readFile(source.prepared);
  assert.deepEqual(kept, Buffer.from(drawn?.bytes ?? []));
  assert.ok(!kept.includes('Exif') && !kept.includes('CANARY'));
  await rm(source.path);
  assert.deepEqual(await preparePhoto(source), drawn, 'the second time it is taken as it lies there');
  await writeFile(source.prepared, '');
  assert.equal(await preparePhoto(source), null, 'neither the photo nor a drawing of it');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('turned')),
    ['turned.paper'],
  );
});

test('a report of little is whole too: nobody signed, nothing found, photos that are not there', async () => {
  const page = toldPage();
  Object.assign(page.visit, { findings: [], promises: [], wrap_ups: [], signatures: [], log: [] });
  const facts = { ...versionOf(page), made_by_name: null };
  for (const format of ['pdf', 'docx'] as const)
    assert.ok((await printReport(facts, { format, locale: 'en', sourceOf: () => null })).length > 5_000);
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
  const pdf = wordsOfPdf(await printReport(version, { format: 'pdf', locale: 'en', sourceOf }));
  assert.ok(pdf.some((text) => text.includes(version.sha256)));
  const docx = wordsOfDocx(await printReport(version, { format: 'docx', locale: 'en', sourceOf }));
  assert.ok(docx.text.includes('x'.repeat(400)));
});

test('a logo is as large beside a long name of the firm as beside a short one', async () => {
  const sizeBeside = async (name: string) => {
    const version = versionOf(toldPage(), { ...toldFirm, name, logo_file_id });
    const pdf = await printReport(version, { format: 'pdf', locale: 'zh-CN', sourceOf });
    const drawn = streamsOf(pdf).flatMap((stream) => [...stream.matchAll(placed)]);
    return drawn[0]?.slice(1, 3).map(Number);
  };
  const size = await sizeBeside('甲');
  assert.ok(size && Math.abs(size[0] as number) > 150, `${size}`);
  assert.deepEqual(await sizeBeside('齐鲁维信技术服务'.repeat(12)), size);
});
// Width and height of a picture, as the PDF places it.
const placed = /(-?[\d.]+) 0 0 (-?[\d.]+) -?[\d.]+ -?[\d.]+ cm\s*\/\w+ Do/g;
