import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../ui/TimeText.tsx';
import { updateApp, useAppVersion } from './app-update.ts';
import { useBoard } from './board-state.ts';
import style from './OnBoardCard.module.css';
import { type Room, roomWords, saidRoom } from './room.ts';
import { useSyncState } from './sync-state.ts';

const patienceMs = 10_000;

/** What stands on this phone to be read and written without a network, how old it is, and how much more there is room for. */
export function OnBoardCard() {
  const { t } = useTranslation();
  const version = useAppVersion();
  if (!window.isSecureContext) return null;
  return (
    <section className={style.card} aria-label={t('offline.on_board.title')}>
      <h2>{t('offline.on_board.title')}</h2>
      <ul className={style.lines}>
        <Kept />
        <RoomLeft />
        <li className={style.soft}>
          {t(version.kept ? 'offline.on_board.ready' : 'offline.on_board.not_ready')}
        </li>
      </ul>
      {version.isNewer && <UpdateNow />}
    </section>
  );
}

/** It can take the browser a while to change over: the button says that it was heard, and then what else helps. */
function UpdateNow() {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    const patience = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(patience);
  }, [isAsked]);
  const update = () => {
    setAsked(true);
    updateApp();
  };
  return (
    <>
      <p>{t(isSlow ? 'offline.on_board.update_slow' : 'offline.on_board.update')}</p>
      <Button variant="default" loading={isAsked} onClick={update}>
        {t('offline.on_board.update_now')}
      </Button>
    </>
  );
}

function Kept() {
  const { t } = useTranslation();
  const { ready, lack } = useBoard();
  const { storage } = useSyncState();
  if (ready)
    return (
      <>
        <Visits />
        <Waiting />
      </>
    );
  if (lack !== null)
    return (
      <li className={style.lack}>
        <p>{t(`offline.on_board.lack_${lack}`)}</p>
        <Button variant="default" onClick={() => location.reload()}>
          {t('ui.reload')}
        </Button>
      </li>
    );
  // What cannot be opened is said by the screen's head; what is not yet opened can neither be counted nor called sent.
  return storage === 'broken' ? null : <li className={style.soft}>{t('offline.network.looking')}</li>;
}

function Visits() {
  const { t } = useTranslation();
  const { pages, checked_at } = useBoard();
  const count = [...pages.values()].filter(({ is_on_board }) => is_on_board).length;
  if (checked_at === null) return <li>{t('offline.on_board.never')}</li>;
  return (
    <>
      <li>{count > 0 ? t('offline.on_board.visits', { count }) : t('offline.on_board.none')}</li>
      <li className={style.soft}>
        {t('offline.on_board.as_of')} <TimeText at={checked_at} />
      </li>
    </>
  );
}

function Waiting() {
  const { t } = useTranslation();
  const { waiting, photos_waiting } = useSyncState();
  const { items, pages } = useBoard();
  const refused = items.filter(({ state }) => state === 'refused').map(({ visit_id }) => visit_id);
  return (
    <>
      {waiting > 0 && <li>{t('offline.on_board.waiting', { count: waiting })}</li>}
      {photos_waiting > 0 && <li>{t('offline.on_board.photos', { count: photos_waiting })}</li>}
      {items.length === 0 && <li className={style.soft}>{t('offline.on_board.all_up')}</li>}
      {[...new Set(refused)].map((id) => (
        <li key={id}>
          <Link to={`/visits/${id}`} className={style.late}>
            {t('offline.on_board.refused', {
              count: refused.filter((other) => other === id).length,
              customer: pages.get(id)?.page.about.customer.name ?? '',
            })}
          </Link>
        </li>
      ))}
    </>
  );
}

const littleBytes = 300 * 1024 * 1024;

function RoomLeft() {
  const { t } = useTranslation();
  const { items, pages } = useBoard();
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    // Asked again whenever something came or went.
    void pages;
    void items;
    let isGone = false;
    void saidRoom().then((said) => {
      if (!isGone) setRoom(said);
    });
    return () => {
      isGone = true;
    };
  }, [items, pages]);
  if (room === null) return <li className={style.soft}>{t('offline.on_board.room_unknown')}</li>;
  const isLittle = room.left_bytes < littleBytes;
  const words = { left: roomWords(room.left_bytes, t), used: roomWords(room.used_bytes, t) };
  return (
    <>
      <li className={isLittle ? style.soon : style.soft}>
        {isLittle ? t('offline.on_board.room_little', words) : t('offline.on_board.room', words)}
      </li>
      <li className={room.is_persistent ? style.soft : style.soon}>
        {t(room.is_persistent ? 'offline.on_board.persistent' : 'offline.on_board.not_persistent')}
      </li>
    </>
  );
}
