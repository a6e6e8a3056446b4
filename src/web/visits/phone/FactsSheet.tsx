import { IconFile, IconLock, IconPhone, IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '#domain/ground/instant.ts';
import type { FileView } from '#domain/tickets/commands.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { usePhotoUrl } from '../../offline/photos.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { contactWords } from './contact-words.ts';
import style from './facts.module.css';
import { KeptPhoto } from './KeptPhoto.tsx';
import { Sheet } from './Sheet.tsx';
import { SiteWays } from './SiteWays.tsx';
import { VisitTimes } from './VisitTimes.tsx';

type Props = { page: VisitPage; asOf: Instant | null; onClose: () => void };

/** All that one looks up on site: the question with its conversation, the people, the place, what the contract covers. */
export function FactsSheet({ page, asOf, onClose }: Props) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const { ticket, asset, contract } = about;
  return (
    <Sheet title={t('visits_phone.facts.title')} onClose={onClose}>
      {asOf && (
        <p className="cp-soft">
          {t('offline.on_board.as_of')} <TimeText at={asOf} />
        </p>
      )}
      <Part title={t('visits_phone.facts.visit')}>
        <FactList
          facts={[
            { label: t('visits_phone.facts.when'), value: <VisitTimes visit={page.visit} /> },
            { label: t('visits_phone.facts.kind'), value: t(`visits.kinds.${visit.kind}`) },
            { label: t('visits_phone.facts.engineer'), value: visit.engineer_name },
            asset && {
              label: t('visits_phone.facts.asset'),
              value: [asset.name, asset.model, asset.version, asset.serial].filter(Boolean).join(' · '),
            },
          ]}
        />
        <SiteWays page={page} t={t} />
      </Part>
      <Part title={t('visits_phone.facts.people')}>
        <ul className={style.people}>
          {about.contacts.map((contact) => (
            <li key={contact.id}>
              <span>
                {contactWords(contact, t)}
                {contact.title && <small>{contact.title}</small>}
              </span>
              {contact.phone && (
                <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
                  <IconPhone size={20} aria-hidden />
                  {contact.phone}
                </a>
              )}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('visits_phone.facts.contract')}>
        {contract ? (
          <>
            <p>{contract.name}</p>
            <ul className={style.covered}>
              {contract.covered.map((line) => (
                <li key={line.name} data-covered={line.covered}>
                  <strong>
                    {t(line.covered ? 'visits_phone.facts.covered' : 'visits_phone.facts.not_covered')}
                  </strong>{' '}
                  {line.name}
                  {line.remark && <span className="cp-soft"> {line.remark}</span>}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="cp-soft">{t('visits_phone.facts.no_contract')}</p>
        )}
      </Part>
      <Part title={t('visits_phone.facts.ticket', { number: ticket.number })}>
        <p>
          <Link to={`/tickets/${ticket.id}`}>{ticket.title}</Link>
        </p>
        {ticket.customer_words && <blockquote className={style.words}>{ticket.customer_words}</blockquote>}
        <Messages page={page} />
      </Part>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={style.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Messages({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { messages } = page.about;
  if (messages.length === 0) return <p className="cp-soft">{t('visits_phone.facts.no_messages')}</p>;
  return (
    <ul className={style.messages}>
      {messages.map((message) => {
        const Icon = message.voice === 'internal' ? IconLock : IconSend;
        return (
          <li key={message.id} data-voice={message.voice}>
            <p className={style.who}>
              <strong>{message.author_name}</strong>
              <Icon size={16} role="img" aria-label={t(`tickets.voices.${message.voice}`)} />
              <TimeText at={message.happened_at} />
            </p>
            <p className={style.said}>{message.body}</p>
            <Files files={message.files} />
          </li>
        );
      })}
    </ul>
  );
}

function Files({ files }: { files: FileView[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={style.files}>
      {files.map((file) => (
        <li key={file.id}>
          {file.has_thumbnail ? <KeptPhoto fileId={file.id} alt={file.name} /> : <FileLink file={file} />}
        </li>
      ))}
    </ul>
  );
}

/** A paper from this device where it has it, else from the server: large ones don't come along, and that is said. */
function FileLink({ file }: { file: FileView }) {
  const { t } = useTranslation();
  const url = usePhotoUrl(file.id);
  const isHere = url?.startsWith('blob:') === true;
  return (
    <>
      <a href={isHere ? url : `/api/files/${file.id}`} download={file.name}>
        <IconFile size={20} aria-hidden />
        {file.name}
      </a>
      {url !== null && !isHere && <span className="cp-soft">{t('visits_phone.facts.file_not_here')}</span>}
    </>
  );
}
