import { Button } from '@mantine/core';
import { IconFile, IconPaperclip } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { send } from './api-client.ts';
import style from './FileDrop.module.css';
import { ProblemError } from './problem.ts';
import { sentenceOf } from './sentences.ts';

/** A file that the server has, small enough to stand in a draft. */
export type KeptFile = { id: string; name: string; has_thumbnail: boolean };
type Sending = { id: string; name: string; file: File; problem?: ProblemError };

type Props = {
  files: KeptFile[];
  onChange: (change: (before: KeptFile[]) => KeptFile[]) => void;
  /** To whom the file belongs; a customer's own files need none. */
  customerId?: string | undefined;
  /** True while something is still on its way: sending would leave it behind. */
  onBusy?: (busy: boolean) => void;
  children: ReactNode;
  /** Acts beside 「添加附件」. */
  acts?: ReactNode;
};

const mostFiles = 10;

/** A field into which pictures are pasted and files dropped; they go up at once and stand below as thumbnails. */
export function FileDrop({ files, onChange, customerId, onBusy, children, acts }: Props) {
  const { t } = useTranslation();
  const [sending, setSending] = useState<Sending[]>([]);
  const [isOver, setOver] = useState(false);
  const [isTooMany, setTooMany] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const underway = useRef(0);

  const upload = async (file: File) => {
    const id = uuidv7();
    const name = file.name || t('ui.files.screenshot');
    setSending((before) => [...before, { id, name, file }]);
    underway.current += 1;
    onBusy?.(true);
    try {
      const kept = await send<KeptFile>({
        method: 'POST',
        path: '/api/files',
        body: formOf({ id, customerId, file, name }),
      });
      onChange((before) => [...before, { id: kept.id, name: kept.name, has_thumbnail: kept.has_thumbnail }]);
      setSending((before) => before.filter((entry) => entry.id !== id));
    } catch (error) {
      const problem =
        error instanceof ProblemError ? error : new ProblemError({ status: 500, code: 'ui.screen_broke' });
      setSending((before) => before.map((entry) => (entry.id === id ? { ...entry, problem } : entry)));
    } finally {
      underway.current -= 1;
      if (underway.current === 0) onBusy?.(false);
    }
  };
  const take = (list: FileList | null) => {
    const room = mostFiles - files.length - sending.length;
    const chosen = Array.from(list ?? []);
    setTooMany(chosen.length > room);
    for (const file of chosen.slice(0, Math.max(0, room))) void upload(file);
  };
  const drop = (id: string) => {
    setTooMany(false);
    setSending((before) => before.filter((other) => other.id !== id));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    // Word and Excel put a picture of the text beside the text; the text is what was meant.
    if (event.clipboardData.getData('text/plain') !== '') return;
    event.preventDefault();
    take(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same for keyboard and thumb
    <div
      className={`${style.zone} ${isOver ? style.over : ''}`}
      onPaste={onPaste}
      onDrop={onDrop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      {children}
      <FileStrip
        files={files}
        onRemove={(id) => onChange((before) => before.filter((file) => file.id !== id))}
      />
      {sending.length > 0 && (
        <ul className={style.strip} aria-live="polite">
          {sending.map((entry) => (
            <li key={entry.id} className={`${style.file} ${entry.problem ? style.failed : ''}`}>
              <span className={style.name}>
                {entry.problem
                  ? t('ui.files.failed', { name: entry.name, why: whyOf(entry.problem, t) })
                  : t('ui.files.sending', { name: entry.name })}
              </span>
              {entry.problem && (
                <>
                  <button
                    type="button"
                    className={style.retry}
                    onClick={() => {
                      drop(entry.id);
                      void upload(entry.file);
                    }}
                  >
                    {t('ui.files.retry')}
                  </button>
                  <button
                    type="button"
                    className={style.remove}
                    aria-label={t('ui.files.remove', { name: entry.name })}
                    onClick={() => drop(entry.id)}
                  >
                    ×
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {isTooMany && (
        <p className={style.tooMany} role="alert">
          {t('ui.files.too_many', { count: mostFiles })}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-file-picker
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, marginTop: 8 }}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconPaperclip size="1.1em" aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          {t('ui.files.attach')}
        </Button>
        {acts}
      </div>
    </div>
  );
}

function whyOf(problem: ProblemError, t: TFunction): string {
  const { text, next } = sentenceOf(problem, t);
  return `${text} ${next}`;
}

function formOf(upload: { id: string; customerId: string | undefined; file: File; name: string }): FormData {
  const form = new FormData();
  form.set('id', upload.id);
  if (upload.customerId) form.set('customer_id', upload.customerId);
  form.set('file', upload.file, upload.name);
  return form;
}

/** Files as thumbnails that open in full; removable where `onRemove` is given. */
export function FileStrip({ files, onRemove }: { files: KeptFile[]; onRemove?: (id: string) => void }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className={style.strip}>
      {files.map((file) => (
        <li key={file.id} className={style.file}>
          <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer" title={file.name}>
            {file.has_thumbnail ? (
              <img
                src={`/api/files/${file.id}/thumbnail`}
                alt={file.name}
                width={84}
                height={60}
                loading="lazy"
              />
            ) : (
              <span className={style.name}>
                <IconFile size="1.1em" aria-hidden /> {file.name}
              </span>
            )}
          </a>
          {onRemove && (
            <button
              type="button"
              className={style.remove}
              aria-label={t('ui.files.remove', { name: file.name })}
              onClick={() => onRemove(file.id)}
            >
              ×
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
