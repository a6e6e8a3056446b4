import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';

export type Language = 'zh-CN' | 'en';
export type Look = { language: Language; isTouch: boolean };

// Names and signs that are the same in every language, and the two languages' names for themselves.
const sameEverywhere =
  /^(API|SLA|SHA|SMTP|IMAP|HTTP|HTTPS|PNG|SVG|JPEG|JPG|WebP|PDF|CSV|JSON|XLSX|UTF|GBK|ID|URL|UTC|GMT|KB|MB|GB|Ctrl|Esc|Enter|Shift|Alt|Tab|English|Chrome|Chromium|HeadlessChrome|Linux|Android|Windows|macOS|Authenticator|Bearer|cpk|min|SMTP_URL|SMTP_FROM|README|Word|[A-Z])$/;
const chineseInEnglish = /^(中文|简体中文)$/;

const texts: Record<Language, object> = { 'zh-CN': readTexts('zh-CN'), en: readTexts('en') };

function readTexts(language: Language): object {
  return JSON.parse(readFileSync(`locales/${language}.json`, 'utf8')) as object;
}

/** The sentence of a key, as the screen of this language says it. */
export function sentenceOf(language: Language, key: string, params: Record<string, string> = {}): string {
  const found = key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], {
    ...texts[language],
  });
  if (typeof found !== 'string') throw new Error(`no such text: ${key}`);
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '');
}

/** What the server told a browser: whatever stands in it is data, not a word of the screen. */
export class Heard {
  private said = '';
  private readonly pending = new Set<Promise<unknown>>();
  private readonly open = new Set<unknown>();
  readonly complaints: string[] = [];

  listenTo(context: BrowserContext, page: Page): void {
    context.on('response', (response) => {
      if (!response.url().includes('/api/') || response.url().includes('/api/live')) return;
      const heard = response.text().then(
        (text) => this.keep(text),
        () => undefined,
      );
      this.pending.add(heard);
      void heard.finally(() => this.pending.delete(heard));
    });
    context.on('request', (request) => !request.url().includes('/api/live') && this.open.add(request));
    context.on('requestfinished', (request) => this.open.delete(request));
    context.on('requestfailed', (request) => this.open.delete(request));
    page.on('pageerror', (error) => this.complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      // Who is there, a browser must ask before it knows that nobody is.
      const isFirstQuestion = message.location().url.endsWith('/api/me') && message.text().includes('401');
      if (message.type() === 'error' && !isFirstQuestion)
        this.complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
  }

  get isQuiet(): boolean {
    return this.open.size === 0 && this.pending.size === 0;
  }

  forget(): void {
    this.open.clear();
  }

  isData(words: string): boolean {
    return this.said.includes(words);
  }

  // Bare lower-case words are values of fields; shown raw, they are a flaw.
  private keep(text: string): void {
    try {
      JSON.parse(text, (_, value: unknown) => {
        if (typeof value === 'string' && !/^[a-z_.]+$/.test(value)) this.said += `${value}\n`;
        return value;
      });
    } catch {
      this.said += text;
    }
  }
}

const waitingFor = '.mantine-Skeleton-root, [aria-busy="true"], [data-loading], .mantine-Loader-root';

/** Until nothing is on its way and nothing stands in for what is still to come. */
export async function settle(page: Page, heard: Heard): Promise<void> {
  const until = Date.now() + 20_000;
  let quietSince = 0;
  while (Date.now() < until) {
    // Scripts that have arrived but not run yet look quiet: a screen that stands has its heading.
    const stands = (await page.locator('h1').count()) > 0;
    const isWaiting = !stands || !heard.isQuiet || (await page.locator(waitingFor).count()) > 0;
    if (isWaiting) quietSince = 0;
    else if (quietSince === 0) quietSince = Date.now();
    else if (Date.now() - quietSince >= 100) return page.evaluate(() => document.fonts.ready.then(() => {}));
    await page.waitForTimeout(40);
  }
  throw new Error(`${page.url()} does not settle`);
}

/** Everything a person would stumble over on the screen as it stands, one line each. */
export async function flawsOf(page: Page, heard: Heard, look: Look): Promise<string[]> {
  const seen = await page.evaluate(lookAround);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return [
    ...heard.complaints.splice(0),
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `axe ${id}: ${target.join(' ')}`)),
    ...seen.flaws,
    ...(look.isTouch ? await page.evaluate(measureTargets) : []),
    ...seen.texts.flatMap((text) => wrongWords(text, heard, look.language)),
  ];
}

function wrongWords(text: string, heard: Heard, language: Language): string[] {
  const flaws: string[] = [];
  for (const [token, first] of text.matchAll(/\b([a-z_]+)(?:\.[a-z_]+)+\b/g)) {
    if (first! in texts[language] && !heard.isData(token)) flaws.push(`a raw key: ${token}`);
  }
  if (/\{\{|\bundefined\b|\bNaN\b|\[object|Invalid Date/.test(text)) flaws.push(`an unfilled text: ${text}`);
  const foreign = language === 'en' ? /[\u4e00-\u9fff]+/g : /[A-Za-z][A-Za-z_']+/g;
  const known = language === 'en' ? chineseInEnglish : sameEverywhere;
  for (const [words] of text.matchAll(foreign)) {
    if (!known.test(words) && !heard.isData(words))
      flaws.push(`not in the screen's language: ${words} in “${text}”`);
  }
  return flaws;
}

/** Runs in the page: its texts, and what one sees with the eyes alone. */
function lookAround(): { texts: string[]; flaws: string[] } {
  const flaws: string[] = [];
  const found = new Set<string>();
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getBoundingClientRect().width > 1;
  const nameOf = (element: Element) => {
    const said = element.textContent?.trim().slice(0, 40) || element.getAttribute('aria-label') || '';
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> “${said}”`;
  };
  const channels = (colour: string) => {
    const parts = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return { red: parts[0] ?? 0, green: parts[1] ?? 0, blue: parts[2] ?? 0, alpha: parts[3] ?? 1 };
  };
  const groundOf = (element: Element | null): ReturnType<typeof channels> => {
    for (let at = element; at; at = at.parentElement) {
      const ground = channels(getComputedStyle(at).backgroundColor);
      if (ground.alpha > 0.5) return ground;
    }
    return { red: 255, green: 255, blue: 255, alpha: 1 };
  };

  if (document.scrollingElement!.scrollWidth > innerWidth) {
    flaws.push(`the page scrolls sideways: ${document.scrollingElement!.scrollWidth} in ${innerWidth}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (!isShown(element)) continue;
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const text = element.getAttribute(name);
      if (text) found.add(text);
    }
    const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent!.trim());
    if (own.length === 0) continue;
    found.add(own.map((node) => node.textContent!.trim()).join(' '));
    const style = getComputedStyle(element);
    const [ink, ground] = [channels(style.color), groundOf(element)];
    const distance = ['red', 'green', 'blue'].map((key) =>
      Math.abs(ink[key as 'red'] - ground[key as 'red']),
    );
    if (Math.max(...distance) < 40) flaws.push(`text in the colour of its ground: ${nameOf(element)}`);
    const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    const hides = style.overflowX !== 'visible' && !['auto', 'scroll'].includes(style.overflowX);
    if (isCut && hides && style.textOverflow !== 'ellipsis' && !(element instanceof HTMLInputElement)) {
      flaws.push(`cut off: ${nameOf(element)}`);
    }
  }
  for (const box of document.querySelectorAll('button, [role="tab"], nav a, .mantine-Badge-root')) {
    if (!isShown(box)) continue;
    const [outer, range] = [box.getBoundingClientRect(), document.createRange()];
    range.selectNodeContents(box);
    const inner = range.getBoundingClientRect();
    if (inner.right > outer.right + 2 && !box.querySelector('[style*="clip"], .sr-only')) {
      flaws.push(`text runs out of its box: ${nameOf(box)}`);
    }
    if (box.scrollWidth > box.clientWidth + 2 && getComputedStyle(box).textOverflow !== 'ellipsis') {
      flaws.push(`wider inside than out: ${nameOf(box)}`);
    }
  }
  return { texts: [...found], flaws };
}

/** Runs in the page: what a finger cannot hit surely. */
function measureTargets(): string[] {
  const flaws: string[] = [];
  // What a finger hits counts, not what is painted: a small mark may have a larger ground around it.
  const reachPx = 21;
  const isHit = (target: Element, x: number, y: number) => {
    const hit = document.elementFromPoint(x, y);
    return (
      hit !== null && (target.contains(hit) || (hit.contains(target) && hit.matches('label, a, button')))
    );
  };
  for (const target of document.querySelectorAll('button, nav a, [role="tab"], select')) {
    const isOutOfTouch = getComputedStyle(target).pointerEvents === 'none' || target.closest('[inert]');
    if (
      isOutOfTouch ||
      !target.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      target.getAttribute('tabindex') === '-1'
    )
      continue;
    const small = target.getBoundingClientRect();
    if (small.height >= 43.5 && small.width >= 43.5) continue;
    target.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = target.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const ends = [
      [x, y - reachPx],
      [x, y + reachPx],
      [x - reachPx, y],
      [x + reachPx, y],
    ] as const;
    if (!ends.every(([endX, endY]) => isHit(target, endX, endY))) {
      flaws.push(
        `too small to tap: ${Math.round(width)}×${Math.round(height)} “${target.textContent || target.getAttribute('aria-label')}”`,
      );
    }
  }
  return flaws;
}
