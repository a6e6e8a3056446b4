import today from 'virtual:icon/IconCalendarEvent';
import promises from 'virtual:icon/IconChecklist';
import tickets from 'virtual:icon/IconInbox';
import me from 'virtual:icon/IconUser';
import type { ReactNode } from 'react';
import type { DayPage } from '../../offline/day-record.ts';
import network from '../../ui/NetworkSentence.module.css';
import type { Said } from '../../ui/network-words.ts';
import { PlainIcon } from '../../ui/PlainIcon.tsx';
import screen from '../../ui/Screen.module.css';
import type { Words } from '../../ui/words.ts';
import { TodayCards } from '../../visits/phone/TodayCards.tsx';
import cards from '../../visits/phone/today.module.css';
import { type Planned, visitTimesWords } from '../../visits/phone/visit-times-words.ts';
import shell from './PhoneShell.module.css';
import { phoneWays } from './phone-ways.ts';

const icons = { '/today': today, '/tickets': tickets, '/promises': promises, '/me': me };

type Props = { pages: DayPage[]; words: Words; said: Said; permissions: readonly string[] };

/** The day's screen in its shell, as PhoneShell and PhoneToday will draw it once they are loaded. Without hooks. */
export function FirstPicture({ pages, words, said, permissions }: Props) {
  const { t } = words;
  const title = t('visits_today.title');
  const ways = phoneWays.filter((way) => !('permission' in way) || permissions.includes(way.permission));
  return (
    <div className={shell.shell}>
      <header className={shell.top}>
        <div className={`${network.line} ${network[said.look]}`} role="status">
          {said.text}
        </div>
      </header>
      <main className={shell.main}>
        <div className={screen.screen}>
          <header className={screen.head}>
            <div className={screen.titleRow}>
              <h1 className={screen.title}>{title}</h1>
            </div>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={`${screen.body} ${screen.scrolls}`} tabIndex={0} aria-label={title}>
            <div className={screen.inner}>
              <div className={cards.blocks}>
                <TodayCards
                  pages={pages}
                  words={words}
                  Way={Way}
                  Times={({ visit }: { visit: Planned }) => <span>{visitTimesWords(visit, words)}</span>}
                />
              </div>
            </div>
          </section>
        </div>
      </main>
      <nav className={shell.bar} aria-label={t('app.rail')}>
        {ways.map(({ path, label }) => (
          <a
            key={path}
            href={path}
            className={shell.entry}
            data-status={path === '/today' ? 'active' : undefined}
          >
            <PlainIcon nodes={icons[path]} size={24} stroke={1.6} />
            {t(label)}
          </a>
        ))}
      </nav>
    </div>
  );
}

function Way({
  to,
  className,
  children,
}: {
  to: string;
  className: string | undefined;
  children: ReactNode;
}) {
  return (
    <a href={to} className={className}>
      {children}
    </a>
  );
}
