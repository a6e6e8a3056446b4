import { IconAlertTriangle, IconHeartHandshake, IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Finding, LogEntry, WorkKind } from '#domain/visits/visit.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { FindingCards } from './FindingCards.tsx';
import { FindingSheet } from './FindingSheet.tsx';
import { PhotoStrip } from './KeptPhoto.tsx';
import { LogEntries } from './LogEntries.tsx';
import { LogSheet } from './LogSheet.tsx';
import { NoteSheet } from './NoteSheet.tsx';
import { PromiseLines } from './PromiseLines.tsx';
import { PromiseSheet } from './PromiseSheet.tsx';
import { RunningTime } from './RunningTime.tsx';
import style from './stations.module.css';
import { TimeStrip } from './TimeStrip.tsx';

type Open =
  | { what: 'log'; entry?: LogEntry | undefined; kind?: WorkKind | undefined }
  | { what: 'finding'; finding?: Finding | undefined }
  | { what: 'promise' }
  | { what: 'note' }
  | null;

/** R23, R24: what is done and when, what is found, what is promised in passing. */
export function WorkStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const { visit } = page;
  const isCancelled = visit.state === 'cancelled';
  return (
    <>
      <section className={style.block}>
        {mayAct && (
          <RunningTime page={page} onOpen={(entry, kind) => setOpen({ what: 'log', entry, kind })} />
        )}
        {mayAct && <Caught mayFind={!isCancelled} onOpen={(what) => setOpen({ what })} />}
        <TimeStrip visit={visit} />
        <LogEntries page={page} onEdit={mayAct ? (entry) => setOpen({ what: 'log', entry }) : undefined} />
      </section>
      <section className={style.block}>
        <h3>{t('visits_phone.finding.title')}</h3>
        <FindingCards
          page={page}
          onEdit={mayAct && !isCancelled ? (finding) => setOpen({ what: 'finding', finding }) : undefined}
        />
        <h3>{t('visits_phone.promise.title')}</h3>
        <PromiseLines page={page} />
        {visit.promises.length === 0 && <p className="cp-soft">{t('visits_phone.promise.none')}</p>}
        {visit.notes.length > 0 && <h3>{t('visits_phone.note.title')}</h3>}
        {visit.notes.map((note) => (
          <div key={note.id} className={style.internal}>
            <p className={style.lines}>{note.body}</p>
            <PhotoStrip photos={note.photos ?? []} />
            <p className={style.under}>
              <span>{note.by_name}</span> <TimeText at={note.at} />
            </p>
          </div>
        ))}
      </section>
      {open?.what === 'log' && <LogSheet page={page} entry={open.entry} kind={open.kind} onClose={close} />}
      {open?.what === 'finding' && <FindingSheet page={page} finding={open.finding} onClose={close} />}
      {open?.what === 'promise' && <PromiseSheet page={page} onClose={close} />}
      {open?.what === 'note' && <NoteSheet visit={visit} onClose={close} />}
    </>
  );
}

const caught = [
  { what: 'finding', Icon: IconAlertTriangle },
  { what: 'promise', Icon: IconHeartHandshake },
  { what: 'note', Icon: IconNote },
] as const;

/** What comes up beside the work: one tap each. */
function Caught({
  mayFind,
  onOpen,
}: {
  mayFind: boolean;
  onOpen: (what: (typeof caught)[number]['what']) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={style.caught}>
      {caught
        .filter(({ what }) => mayFind || what !== 'finding')
        .map(({ what, Icon }) => (
          <button key={what} type="button" onClick={() => onOpen(what)}>
            <Icon size={22} stroke={1.7} aria-hidden />
            {t(`visits_phone.${what}.open`)}
          </button>
        ))}
    </div>
  );
}
