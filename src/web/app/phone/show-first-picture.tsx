import '@mantine/core/styles/baseline.layer.css';
import '../../ui/colors.css';
import '../../ui/base.css';
import { fromMs, type Instant } from '#domain/ground/instant.ts';
import type { Me } from '#domain/people/commands.ts';
import { type Day, dayNow } from '../../offline/day-record.ts';
import { type KeptDay, readDay } from '../../offline/read-day.ts';
import { readPlain } from '../../ui/device-storage.ts';
import { readDurable } from '../../ui/durable-storage.ts';
import { whenAppIsMissing, whenScreenStands } from '../../ui/first-picture.ts';
import { networkWords, type Said } from '../../ui/network-words.ts';
import { drawPlain } from '../../ui/plain-elements.ts';
import { speakerOf } from '../../ui/plain-texts.ts';
import { presentLanguage } from '../../ui/present-language.ts';
import screenStyle from '../../ui/Screen.module.css';
import { fontFamily, sizes } from '../../ui/type-sizes.ts';
import { knowWalls } from '../../ui/wall-time.ts';
import { wordsOf } from '../../ui/words.ts';
import { isInHand, narrowScreen } from '../phone-screen.ts';
import { personSlot } from '../session-slot.ts';
import { FirstPicture } from './FirstPicture.tsx';

/** A store that is slower than this is left to the app itself, which says so. */
const patienceMs = 2_500;

/**
 * Shows the day's screen as it was kept, before the app is loaded: what a person on a slow phone waits for. Resolves once
 * it is painted, or once it is known that there is none to show.
 */
export async function showFirstPicture(): Promise<void> {
  const isPhone = window.matchMedia(narrowScreen).matches || isInHand;
  if (!isPhone || !['/', '/today'].includes(location.pathname)) return;
  const givenUp = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  const found = await Promise.race([findDay(), givenUp]);
  if (found === null) return;
  draw(found);
  await painted();
  nameTab(found);
}

/** `now`: when this day began, all that the day's screen needs to know of it. */
type Found = { me: Me; kept: KeptDay; now: Instant };

/** Of the person who was here last and has not signed out; as the app itself opens without a network. */
async function findDay(): Promise<Found | null> {
  const me = await readDurable<Me>(personSlot);
  if (me?.kind !== 'staff' || !me.permissions.includes('visits.carry')) return null;
  const kept = await readDay(me.id);
  if (kept === null || kept.day.pages.length === 0 || kept.day.language !== presentLanguage()) return null;
  if (!isZone(me.zone, kept.day)) return null;
  const now = dayNow(kept.day, fromMs(Date.now()));
  return now === null ? null : { me, kept, now };
}

/** Whether the day's times are in the person's zone, or in that in which a device is that has moved. */
function isZone(own: string | null, { zone, walls }: Day): boolean {
  if (own) return own === zone;
  return walls.every(([at, wall]) => new Date(at).getHours() === Number(wall.slice(11, 13)));
}

function draw({ me, kept, now }: Found): void {
  const { day } = kept;
  const t = speakerOf(day.texts, day.language);
  knowWalls(day.zone, day.walls);
  const words = wordsOf({ t, zone: day.zone, now });
  const said = networkSaid(kept, t);
  const drawn = drawPlain(
    <FirstPicture pages={day.pages} words={words} said={said} permissions={me.permissions} />,
  );
  const page = document.documentElement;
  page.lang = day.language;
  page.dataset.mantineColorScheme = colorScheme();
  const picture = document.createElement('div');
  picture.style.fontFamily = fontFamily;
  for (const [name, size] of Object.entries(sizes.phone.fontSizes))
    picture.style.setProperty(`--mantine-font-size-${name}`, size);
  picture.append(drawn);
  const root = document.getElementById('root') as HTMLElement;
  root.hidden = true;
  root.before(picture);
  picture.addEventListener('click', goThere);
  whenAppIsMissing(() => picture.removeEventListener('click', goThere));
  whenScreenStands(() => giveWay(picture, root));
}

/** After the picture: drawing the tab's name anew costs a slow phone as much as a row of it. */
function nameTab({ me, kept: { day } }: Found): void {
  const t = speakerOf(day.texts, day.language);
  const firm = (day.language === 'en' ? me.firm.name_en : null) || me.firm.name;
  document.title = t('ui.page_title', { title: t('visits_today.title'), name: firm });
}

/** Until somebody was asked, nothing is said of the server; what waits here is known. */
function networkSaid({ waiting, refused }: KeptDay, t: ReturnType<typeof speakerOf>): Said {
  const isOnline = navigator.onLine;
  if (isOnline && waiting > 0)
    return { look: 'unknown', text: t('offline.network.asking', { count: waiting }) };
  const nothing = { sent: 0, sending_of: 0, storage: 'fine', signed_out: false, is_known: false } as const;
  const kept = { ...nothing, waiting, refused };
  return networkWords({ state: isOnline ? 'up' : 'offline', waiting: 0, kept }, t);
}

/** As the person chose it for this device (Mantine keeps it), else as the system has it. */
function colorScheme(): 'light' | 'dark' {
  const chosen = readPlain('mantine-color-scheme-value');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** A tap on a link is not lost while the app is on its way: it opens there. */
function goThere(event: MouseEvent): void {
  const link = (event.target as Element).closest('a');
  const isPlainTap = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  if (!link || link.origin !== location.origin || !isPlainTap) return;
  event.preventDefault();
  if (link.pathname === location.pathname) return;
  link.setAttribute('aria-busy', 'true');
  history.pushState(null, '', link.href);
}

function giveWay(picture: HTMLElement, root: HTMLElement): void {
  const scrolls = `.${screenStyle.scrolls}`;
  const top = picture.querySelector(scrolls)?.scrollTop ?? 0;
  root.hidden = false;
  picture.remove();
  if (location.pathname === '/today') root.querySelector(scrolls)?.scrollTo({ top });
}

/**
 * Until the frame that shows the picture has gone out, which the beginning of the next one tells: the app's files would
 * hold it up. A page that nobody looks at is not painted.
 */
function painted(): Promise<void> {
  if (document.visibilityState !== 'visible') return Promise.resolve();
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))),
  );
}
