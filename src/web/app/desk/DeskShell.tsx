import { ActionIcon, Kbd } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from '../../ui/Hint.tsx';
import { NetworkSentence } from '../../ui/NetworkSentence.tsx';
import { keyCaps, useShortcuts } from '../../ui/shortcuts.ts';
import { Toasts } from '../../ui/Toasts.tsx';
import { lazyPart } from '../../ui/the-rest.ts';
import { deskEntries, useEntries } from '../entries.ts';
import { usePaletteSources } from '../palette-sources.ts';
import { useFirmName, useMe } from '../session.ts';
import { AccountMenu } from './AccountMenu.tsx';
import style from './DeskShell.module.css';

const CommandPalette = lazyPart(() => import('../../ui/CommandPalette.tsx'), 'CommandPalette');
const ShortcutSheet = lazyPart(() => import('../../ui/ShortcutSheet.tsx'), 'ShortcutSheet');

/** The desk: a thin rail, search on top, the screen. */
export function DeskShell() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const firmName = useFirmName(me.firm);
  const entries = useEntries(deskEntries);
  const sources = usePaletteSources(entries);
  const [isSearching, setSearching] = useState(false);
  const [isSheetOpen, setSheetOpen] = useState(false);
  useShortcuts(t('ui.shortcuts.everywhere'), [
    { keys: 'mod+k', label: t('app.search'), run: () => setSearching(true), whileTyping: true },
    { keys: '/', label: t('app.search'), run: () => setSearching(true) },
    { keys: '?', label: t('ui.shortcuts.sheet'), run: () => setSheetOpen(true) },
    ...entries.map(({ path, label, key }) => ({
      keys: `g ${key}`,
      label: t('app.go_to', { place: t(label) }),
      run: () => void navigate({ to: path }),
      off: key === undefined,
    })),
  ]);
  return (
    <div className={style.shell}>
      <a href="#main" className="cp-skip">
        {t('ui.skip')}
      </a>
      <nav className={style.rail} aria-label={t('app.rail')}>
        <div className={style.firm}>
          {me.firm.logo_file_id && <img src="/api/firm/logo" alt="" />}
          {firmName}
        </div>
        {entries.map(({ path, label, Icon }) => (
          <Link key={path} to={path} className={style.entry}>
            <Icon size="1.3em" stroke={1.6} aria-hidden />
            {t(label)}
          </Link>
        ))}
        <AccountMenu me={me} />
      </nav>
      <header>
        <NetworkSentence />
        <div className={style.top}>
          <button type="button" className={style.search} onClick={() => setSearching(true)}>
            <IconSearch size="1.1em" aria-hidden />
            {t('app.search_hint')}
            <Kbd>{keyCaps('mod+k').join(' ')}</Kbd>
          </button>
          <Hint label={t('ui.shortcuts.sheet')}>
            <ActionIcon ml="auto" aria-label={t('ui.shortcuts.sheet')} onClick={() => setSheetOpen(true)}>
              <IconKeyboard size="1.3em" stroke={1.6} aria-hidden />
            </ActionIcon>
          </Hint>
        </div>
      </header>
      <main id="main" className={style.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        {isSearching && (
          <CommandPalette
            onClose={() => setSearching(false)}
            sources={sources}
            placeholder={t('app.search_hint')}
          />
        )}
        {isSheetOpen && <ShortcutSheet onClose={() => setSheetOpen(false)} />}
      </Suspense>
      <Toasts />
    </div>
  );
}
