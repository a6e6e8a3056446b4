import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import type { CuttingProxy } from './cutting-proxy.ts';
import type { Deed } from './judge.ts';
import type { Phone } from './phone.ts';
import { like, word } from './screen-words.ts';
import type { DeedKind, Step } from './seed-plan.ts';
import { answerSignIn, signInAsked, typePassword } from './sign-in.ts';

export type Self = {
  name: string;
  email: string;
  phone: Phone;
  wire: CuttingProxy;
  visitId: string;
  /** A picture that no other photo is. */
  takePhoto: () => Promise<Buffer>;
  tell: (said: string) => void;
  /** Whether the screen surely lets them act just now. */
  mayAct: () => boolean;
};

/** An engineer at a phone: taps and types, and notes down what the screen said is saved. */
export class Fieldworker {
  readonly deeds: Deed[] = [];
  /** Acts that the screen would not take at once, in its words, for no reason that the story gives. */
  readonly turnedDown: string[] = [];
  /** When acts were done that leave no words. */
  readonly wordless: number[] = [];
  readonly phone: Phone;
  readonly wire: CuttingProxy;
  private readonly self: Self;
  private count = 0;

  constructor(self: Self) {
    this.self = self;
    this.phone = self.phone;
    this.wire = self.wire;
  }

  get name(): string {
    return this.self.name;
  }

  get page(): Page {
    return this.self.phone.page;
  }

  /** In the morning, with a network: signs in, and has the app itself on board before leaving. */
  async begin(): Promise<void> {
    await this.self.phone.start('/sign-in');
    await typePassword(this.page.locator('body'), this.self.email);
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { waitUntil: 'commit' });
    await this.appOnBoard();
  }

  /** The app itself lies on the device; where that takes long, the page is loaded once more. */
  private async appOnBoard(): Promise<void> {
    const ready =
      'Promise.race([navigator.serviceWorker.ready.then(() => true), new Promise((no) => setTimeout(no, 8000))])';
    for (let tries = 0; tries < 6; tries += 1) {
      if (await this.page.evaluate(ready).catch(() => false)) return;
      await this.page.reload({ waitUntil: 'commit' }).catch(() => null);
    }
    throw new Error('the app does not come on board');
  }

  private async switchOn(): Promise<void> {
    await this.self.phone.start(`/visits/${this.self.visitId}`);
  }

  /** `atWork`: and it has come to this phone that the work has begun. */
  async toVisit({ atWork = false } = {}): Promise<void> {
    await this.page.goto(`${this.self.phone.url}/visits/${this.self.visitId}`, { waitUntil: 'commit' });
    await this.visitSeen();
    if (atWork)
      await this.page.getByRole('button', { name: word('visits_phone.main.log'), exact: true }).waitFor();
  }

  /** The visit stands on the screen, and no sign-in over it. */
  private async visitSeen(limitMs = 30_000): Promise<void> {
    const isSeen = (one: Locator) => one.isVisible().catch(() => false);
    for (const end = Date.now() + limitMs; Date.now() < end; await sleep(100)) {
      if (await isSeen(signInAsked(this.page))) await answerSignIn(this.page, this.self);
      else if (await isSeen(this.path)) return;
    }
    throw new Error('the visit is not seen');
  }

  private get path(): Locator {
    return this.page.getByRole('region', { name: word('visits_phone.path') });
  }

  /** One of the acts that need no words: the big one at the thumb. */
  async tapMain(act: 'depart' | 'arrive' | 'start'): Promise<void> {
    this.wordless.push(Date.now());
    await this.tap(this.page.getByRole('button', { name: word(`visits_phone.main.${act}`), exact: true }));
    await this.page.getByText(word(`visits_phone.main.${act}_done`), { exact: true }).waitFor();
  }

  /** One step of the plan, with whatever befalls the phone on the way. False when the screen offers nothing of the kind. */
  async take(step: Step): Promise<boolean> {
    const { phone, wire, tell } = this.self;
    const { network, answersToLose, reload } = step.trouble;
    if (network) {
      wire.become(network);
      tell(`${this.name}: network ${JSON.stringify(network)}`);
    }
    if (answersToLose > 0) wire.loseAnswers(answersToLose);
    if (!phone.isOn) await this.switchOn();
    else if (reload) await this.page.reload({ waitUntil: 'commit' }).catch(() => null);
    await this.visitSeen();
    await this.signInIfPutOff();
    if (!(await this.openSheet(step.kind))) {
      tell(`${this.name}: may not ${step.kind}`);
      return false;
    }
    this.count += 1;
    const mark = `[${this.name}.${this.count}]`;
    const deed: Deed = {
      ...{ who: this.name, what: step.kind, mark, at: Date.now(), confirmed: false, photo: null },
      makes: !step.kind.startsWith('edit'),
    };
    this.deeds.push(deed);
    await this.write(step, deed);
    tell(`${this.name}: ${step.kind} ${mark} ${deed.confirmed ? 'saved' : 'open'}`);
    return true;
  }

  private async write(step: Step, deed: Deed): Promise<void> {
    const sheet = this.sheet;
    await sheet.waitFor();
    const field = sheet.getByLabel(word(this.fieldOf(step)), { exact: true });
    if (deed.makes) await field.fill(`换了网线 ${deed.mark}`);
    else {
      // In one go: a sign-in that is asked for in the middle of typing takes the rest of the keys.
      await field.fill(`${await field.inputValue()} ${deed.mark}`);
    }
    if (step.kind === 'edit_kick_off') await this.fillDuties(sheet);
    if (step.photo) await this.addPhoto(sheet, deed);
    await this.save(sheet, deed, step.trouble.kill);
  }

  private fieldOf(step: Step): string {
    const fields: Record<DeedKind, string> = {
      log: 'visits_phone.log.line',
      edit_log: 'visits_phone.log.line',
      find: 'visits_phone.finding.what',
      edit_finding: 'visits_phone.finding.advice',
      promise: 'visits_phone.promise.words',
      note: 'visits_phone.note.body',
      edit_kick_off: `visits_phone.kick_off.${step.part}`,
    };
    return fields[step.kind];
  }

  private get sheet(): Locator {
    // Never the sign-in, which may stand over it.
    return this.page
      .getByRole('dialog')
      .filter({ hasNot: this.page.locator('input[type="password"]') })
      .last();
  }

  /** False for whom may not act at present: the screen offers nothing then. */
  private async openSheet(kind: DeedKind): Promise<boolean> {
    await this.openStation(kind === 'edit_kick_off' ? 'kick_off' : 'work');
    const openers: Record<DeedKind, Locator> = {
      log: this.page.getByRole('button', { name: word('visits_phone.main.log'), exact: true }),
      find: this.page.getByRole('button', { name: word('visits_phone.finding.open'), exact: true }),
      promise: this.page.getByRole('button', { name: word('visits_phone.promise.open'), exact: true }),
      note: this.page.getByRole('button', { name: word('visits_phone.note.open'), exact: true }),
      edit_log: this.page
        .getByRole('list', { name: word('visits_phone.log.list') })
        .getByRole('button', { name: like('visits_phone.log.edit_entry') })
        .last(),
      edit_finding: this.page
        .getByRole('list', { name: word('visits_phone.finding.list') })
        .getByRole('button', { name: like('visits_phone.finding.edit_entry') })
        .first(),
      edit_kick_off: this.page.getByRole('button', { name: word('visits_phone.kick_off.edit'), exact: true }),
    };
    return this.tap(openers[kind]);
  }

  /**
   * Taps what lies on the page of the visit; a sign-in that came over it just then is answered first. False when it is not
   * offered to somebody who may not act at present.
   */
  private async tap(what: Locator): Promise<boolean> {
    for (let tries = 0; tries < 10; tries += 1) {
      const tapped = what.click({ timeout: this.self.mayAct() ? 2_000 : 800 }).then(() => true);
      if (await tapped.catch(() => false)) return true;
      await this.visitSeen();
      if (!this.self.mayAct() && !(await what.isVisible())) return false;
    }
    await what.click();
    return true;
  }

  private async openStation(station: 'kick_off' | 'work'): Promise<void> {
    const name = new RegExp(`^${word(`visits_phone.stations.${station}`)}`);
    const head = this.path.getByRole('heading', { level: 2 }).getByRole('button', { name });
    if ((await head.getAttribute('aria-expanded')) !== 'true') await this.tap(head);
  }

  /** Each who takes part has a duty, or the minutes can't be saved. */
  private async fillDuties(sheet: Locator): Promise<void> {
    const duties = sheet.getByLabel(word('visits_phone.kick_off.duty'), { exact: true });
    for (const duty of await duties.all()) if ((await duty.inputValue()) === '') await duty.fill('现场');
  }

  private async addPhoto(sheet: Locator, deed: Deed): Promise<void> {
    const bytes = await this.self.takePhoto();
    const photo = `[photo ${deed.mark.slice(1)}`;
    const [album] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      sheet.getByRole('button', { name: word('visits_phone.photos.pick'), exact: true }).click(),
    ]);
    await album.setFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: bytes });
    const caption = sheet.getByLabel(like('visits_phone.photos.caption')).last();
    await caption.fill(photo);
    deed.photo = photo;
  }

  private async save(sheet: Locator, deed: Deed, kill: Step['trouble']['kill']): Promise<void> {
    const { phone, tell } = this.self;
    deed.at = Date.now();
    const press = sheet.locator('button[type="submit"]').click();
    if (kill?.when === 'while_writing') {
      await Promise.race([press.catch(() => {}), sleep(3_000)]);
      await sleep(kill.afterMs);
      await phone.kill();
      tell(`${this.name}: killed while writing ${deed.mark}`);
      return;
    }
    await press;
    const problem = sheet.getByRole('alert').filter({ hasText: word('ui.input_kept') });
    const ends = await Promise.race([
      sheet.waitFor({ state: 'hidden' }).then(() => 'saved' as const),
      problem.waitFor().then(() => 'turned down' as const),
    ]);
    if (ends === 'turned down') {
      const said = `${deed.what} ${deed.mark}: ${await problem.textContent()}`;
      tell(`${this.name}: turned down, ${said}`);
      // Its line went into quarantine while the form was open: true, and in words.
      if (!said.includes(word('refusals.offline.line_set_apart.text'))) this.turnedDown.push(said);
      await this.discard(sheet);
      return;
    }
    deed.confirmed = true;
    if (kill?.when === 'after_saved') {
      await phone.kill();
      tell(`${this.name}: killed after ${deed.mark}`);
    }
  }

  /** Nothing can be done with what stands in the form: it is thrown away by the person. */
  private async discard(sheet: Locator): Promise<void> {
    const discard = sheet.getByRole('button', { name: word('ui.draft.discard'), exact: true });
    if (await discard.isVisible()) await discard.click();
    await this.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  }

  /** Asked for again where there is a network; the answer is the same as to any other time that it stands in the way. */
  private async signInIfPutOff(): Promise<void> {
    const button = this.page.getByRole('button', { name: word('app.sign_in_again.title') });
    if (this.self.wire.isOpen && (await button.isVisible())) await this.tap(button);
    await this.visitSeen();
  }

  /** Home again: waits until the phone says that nothing waits, and tells its last sentence. */
  async comeHome(limitMs = 45_000): Promise<{ said: string; isCalm: boolean }> {
    const { phone, wire } = this.self;
    wire.become({ is: 'open' });
    wire.loseAnswers(0);
    if (!phone.isOn) await this.switchOn();
    await this.toVisit();
    const calm = [word('ui.network.up'), like('offline.network.refused_other')];
    const end = Date.now() + limitMs;
    let said = '';
    let calmFor = 0;
    while (calmFor < 3 && Date.now() < end) {
      await sleep(300);
      await this.signInIfPutOff();
      said = ((await this.page.getByRole('status').first().textContent()) ?? '').trim();
      calmFor = calm.some((one) => (typeof one === 'string' ? one === said : one.test(said)))
        ? calmFor + 1
        : 0;
    }
    return { said, isCalm: calmFor >= 3 };
  }

  /** What can be read on the screen now. */
  async screenWords(): Promise<string> {
    const words = await this.page.evaluate('document.body.innerText').catch(() => 'nothing');
    return String(words)
      .replace(/\s*\n\s*/g, ' | ')
      .slice(0, 1_500);
  }

  /** What of their acts the screen shows as not taken, in the words that were typed. */
  async refusedOnScreen(): Promise<string[]> {
    return this.page.getByRole('region', { name: like('visits_phone.refused.of') }).allInnerTexts();
  }

  async clashesOnScreen(): Promise<number> {
    return this.page.getByRole('region', { name: like('visits_phone.clash.of') }).count();
  }
}
