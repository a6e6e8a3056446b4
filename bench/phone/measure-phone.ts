import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import type { VisitPage } from '#domain/visits/views.ts';
import { CuttingProxy } from '#test/offline/cutting-proxy.ts';
import { Phone } from '#test/offline/phone.ts';
import { like, word } from '#test/offline/screen-words.ts';
import { median, round } from '../measure.ts';
import { startServer } from '../processes.ts';
import type { Line } from '../targets.ts';
import { type Board, callerOf, fillBoard, makeBoardDesk, makePictures, onBoard } from './seed-board.ts';
import { makeSlowCpu, type SlowCpu } from './slow-cpu.ts';

export const phoneFigures = ['sync.edits', 'sync.photos', 'phone.offline_start'] as const;

const secret = 'the secret of a bench, forty characters!!';
const edits = 200;
const photos = 20;
const kbitPerSecond = 10_000;
const starts = 5;
const cpuShare = 0.25;

type Run = {
  databaseUrl: string;
  folder: string;
  wanted: (name: string) => boolean;
  print: (line: Line) => void;
};

/** What an engineer waits for, in a real browser on the real server: coming home, and opening the app without signal. */
export async function measurePhone({ databaseUrl, folder, wanted, print }: Run): Promise<void> {
  const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(chromium)) return print({ figure: 'phone', left_out: `no Chromium at ${chromium}` });
  const board = await makeBoardDesk(databaseUrl, secret);
  const server = await startServer({ DATABASE_URL: board.url, DATA_DIR: folder, AUTH_SECRET: secret });
  const visitId = await fillBoard(board, server.url, secret);
  const wire = await CuttingProxy.begin({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
  const cpu = makeSlowCpu(folder, chromium);
  process.env.CHROMIUM = cpu.program;
  const phone = new PhoneInHand(board, { wire, cpu });
  try {
    await phone.takeEverythingAlong();
    const ask = { server: server.url, visitId, folder };
    if (wanted('sync.edits')) print({ figure: 'sync.edits', ...(await measureEdits(phone, ask)) });
    if (wanted('sync.photos')) print({ figure: 'sync.photos', ...(await measurePhotos(phone, ask)) });
    if (wanted('phone.offline_start'))
      print({ figure: 'phone.offline_start', ...(await measureStarts(phone)) });
  } finally {
    process.env.CHROMIUM = chromium;
    await phone.end();
    await cpu.end();
    await wire.end();
    await server.end();
  }
}

/** A phone whose engineer is signed in. */
class PhoneInHand {
  readonly wire: CuttingProxy;
  readonly cpu: SlowCpu;
  readonly board: Board;
  // What it opens first is nothing: the app's start is measured by itself.
  private readonly phone = new Phone({ url: 'about:blank' });

  constructor(board: Board, { wire, cpu }: { wire: CuttingProxy; cpu: SlowCpu }) {
    this.board = board;
    this.wire = wire;
    this.cpu = cpu;
  }

  get page(): Page {
    return this.phone.page;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  async turnOn(): Promise<void> {
    await this.phone.start('');
    this.page.setDefaultTimeout(60_000);
    await this.context.addInitScript(noteWhenTodayStands, onBoard.visits);
  }

  turnOff(): Promise<void> {
    return this.phone.kill();
  }

  open(path: string): Promise<unknown> {
    return this.page.goto(this.wire.url + path, { waitUntil: 'commit' });
  }

  /** Signs in and waits until visits, photos and the app itself are on board. */
  async takeEverythingAlong(): Promise<void> {
    await this.turnOn();
    await this.context.addCookies([
      { ...this.board.cookie, url: this.wire.url, expires: Date.now() / 1000 + 86_400 },
    ]);
    await this.open('/today');
    await this.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    for (let waited = 0; ; waited += 500) {
      const kept = Number(await this.page.evaluate(countBytes));
      if (kept >= onBoard.photos * 2) break;
      if (waited > 240_000) throw new Error(`only ${kept} of ${onBoard.photos * 2} pictures came on board`);
      await sleep(500);
    }
    await this.isCalm();
  }

  /** Without a network: the wire is cut, and the phone knows. */
  async loseNetwork(): Promise<void> {
    this.wire.become({ is: 'refused' });
    await this.context.setOffline(true);
  }

  /** Milliseconds from the network's return until the screen says that nothing waits any more. */
  async timeHomecoming(network: Parameters<CuttingProxy['become']>[0]): Promise<number> {
    this.wire.become(network);
    const began = performance.now();
    await this.context.setOffline(false);
    await this.isCalm();
    return performance.now() - began;
  }

  async isCalm(): Promise<void> {
    const said = this.page.getByRole('status').filter({ hasText: new RegExp(`^${word('ui.network.up')}$`) });
    await said.first().waitFor({ timeout: 180_000 });
  }

  end(): Promise<void> {
    return this.phone.end();
  }
}

type Ask = { server: string; visitId: string; folder: string };

async function openWork(phone: PhoneInHand, visitId: string): Promise<void> {
  await phone.open(`/visits/${visitId}`);
  await phone.page.getByRole('button', { name: word('visits_phone.main.log'), exact: true }).waitFor();
}

/** Lines typed for colleagues and customer, and time begun and ended by a tap: in turn, until there are so many. */
async function measureEdits(phone: PhoneInHand, { server, visitId }: Ask): Promise<Omit<Line, 'figure'>> {
  const own = callerOf(server, phone.board.engineer, secret);
  const before = (await own<VisitPage>(`GET /api/visits/${visitId}`)).visit.version;
  await openWork(phone, visitId);
  await phone.loseNetwork();
  const { page } = phone;
  const start = page.getByRole('button', {
    name: word('visits_phone.log.start_kind', { kind: word('visits.work_kinds.verification') }),
  });
  const stop = page.getByRole('button', { name: word('visits_phone.log.stop'), exact: true });
  for (let done = 0; done < edits; done += 4) {
    for (const n of [1, 2]) await writeLine(page, `端口 ${done + n} 的网线换好了，扫码一百次没有卡。`);
    await start.click();
    await stop.click();
    await start.waitFor();
  }
  const ms = await phone.timeHomecoming({ is: 'open' });
  const { version } = (await own<VisitPage>(`GET /api/visits/${visitId}`)).visit;
  if (version - before !== edits) throw new Error(`${version - before} of ${edits} edits arrived`);
  return { edits, ms: Math.round(ms) };
}

async function writeLine(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: word('visits_phone.main.log'), exact: true }).click();
  const sheet = page.getByRole('dialog').last();
  await sheet.getByLabel(word('visits_phone.log.customer_line'), { exact: true }).fill(words);
  await sheet.getByLabel(word('visits_phone.log.line'), { exact: true }).fill('旧线水晶头氧化');
  await sheet.locator('button[type="submit"]').click();
  await sheet.waitFor({ state: 'hidden' });
}

/** Twenty photos on one line of the log, over a wire of so many bits a second. */
async function measurePhotos(
  phone: PhoneInHand,
  { server, visitId, folder }: Ask,
): Promise<Omit<Line, 'figure'>> {
  const pictures = (await makePictures(photos, { width: 2_560, height: 1_920, contrast: 1 })).map(
    (bytes, n) => {
      const path = join(folder, `IMG_${n}.jpg`);
      writeFileSync(path, bytes);
      return path;
    },
  );
  await openWork(phone, visitId);
  await phone.loseNetwork();
  const { page } = phone;
  await page.getByRole('button', { name: word('visits_phone.main.log'), exact: true }).click();
  const sheet = page.getByRole('dialog').last();
  // A few at a time, as people choose them; shrinking them keeps the page busy for a while.
  for (let kept = 0; kept < photos; kept += 4) {
    const asked = page.waitForEvent('filechooser');
    await sheet.getByRole('button', { name: word('visits_phone.photos.pick'), exact: true }).click();
    await (await asked).setFiles(pictures.slice(kept, kept + 4));
    const last = sheet.getByLabel(like('visits_phone.photos.caption')).nth(kept + 3);
    await last.waitFor({ timeout: 300_000 });
  }
  await sheet.locator('button[type="submit"]').click();
  await sheet.waitFor({ state: 'hidden' });
  const ms = await phone.timeHomecoming({ is: 'slow', kbitPerSecond });
  phone.wire.become({ is: 'open' });
  const own = callerOf(server, phone.board.engineer, secret);
  const { visit, about } = await own<VisitPage>(`GET /api/visits/${visitId}`);
  const entry = visit.log.find((one) => one.photos.length === photos && one.customer_line === '');
  const bytes = about.files
    .filter(({ id }) => entry?.photos.some(({ file_id }) => file_id === id))
    .reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const wireMs = (bytes * 8) / kbitPerSecond;
  return {
    photos,
    mb_each: round(bytes / photos / 1_000_000, 2),
    ms: Math.round(ms),
    wire_ms: Math.round(wireMs),
    times: round(ms / wireMs, 3),
  };
}

/**
 * The app opened in a browser that has not opened it before since it was started, without a network. In turn with it an
 * empty page of as many links is opened from the same place, which tells the machine's hour from the program.
 */
async function measureStarts(phone: PhoneInHand): Promise<Omit<Line, 'figure'>> {
  const took: number[] = [];
  const empty: number[] = [];
  await phone.page.evaluate(layEmptyPage, onBoard.visits);
  for (let count = 0; count < starts; count += 1) {
    took.push(await timeStart(phone, '/today'));
    empty.push(await timeStart(phone, '/'));
  }
  return {
    ...onBoard,
    starts,
    cpu: `${cpuShare} of a core by ${phone.cpu.how}`,
    ms: Math.round(median(took)),
    worst_ms: Math.round(Math.max(...took)),
    empty_ms: Math.round(median(empty)),
  };
}

async function timeStart(phone: PhoneInHand, path: string): Promise<number> {
  await phone.turnOff();
  await phone.turnOn();
  await phone.loseNetwork();
  await sleep(1_000);
  phone.cpu.hold(cpuShare);
  await phone.open(path).catch(() => null);
  // Asked seldom: to answer costs the browser some of its share.
  let stoodAt = 0;
  for (let tries = 0; stoodAt === 0 && tries < 30; tries += 1) {
    await sleep(1_000);
    stoodAt = Number(await phone.page.evaluate('globalThis.todayStoodAt ?? 0').catch(() => 0));
  }
  phone.cpu.hold(null);
  if (stoodAt === 0) throw new Error(`nothing stood at ${path} within half a minute`);
  return stoodAt;
}

/** Runs in the page: at `/` the browser answers with a page of links alone, under the headers that the app's has. */
async function layEmptyPage(links: number): Promise<void> {
  const list = Array.from({ length: links }, (_, n) => `<p><a href="/visits/${n}">${n}</a></p>`).join('');
  const page = `<!doctype html><title>-</title><link rel="icon" href="data:,"><main>${list}</main>`;
  for (const name of await caches.keys()) {
    if (!name.startsWith('copperpea doors ')) continue;
    const doors = await caches.open(name);
    const headers = new Headers((await doors.match('/', { ignoreVary: true }))?.headers);
    headers.delete('Content-Length');
    await doors.put('/', new Response(page, { headers }));
  }
}

/** Runs in the page: when, since the tap on the icon, all visits stood on the screen and were painted. */
function noteWhenTodayStands(visits: number): void {
  const look = () => {
    if (document.querySelectorAll('main a[href^="/visits/"]').length < visits) return;
    seeing.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        (globalThis as unknown as { todayStoodAt: number }).todayStoodAt = performance.now();
      }),
    );
  };
  const seeing = new MutationObserver(look);
  seeing.observe(document, { childList: true, subtree: true });
}

// Runs in the page: how many pictures lie on the device.
const countBytes = `(async () => {
  const known = await indexedDB.databases();
  const name = known.map((one) => one.name).find((one) => one.startsWith('copperpea '));
  if (!name) return 0;
  return new Promise((resolve) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => resolve(0);
    asked.onsuccess = () => {
      const db = asked.result;
      const counting = db.transaction('bytes').objectStore('bytes').count();
      counting.onsuccess = () => { db.close(); resolve(counting.result); };
    };
  });
})()`;
