import { Button, Group, Textarea, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { PortalHome } from '#domain/channels/commands.ts';
import type { TicketKind } from '#domain/tickets/ticket.ts';
import { type Draft, useDraft } from '../../ui/drafts.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { FileDrop, type KeptFile } from '../../ui/FileDrop.tsx';
import { refresh } from '../../ui/live.ts';
import { lazyPart } from '../../ui/the-rest.ts';
import { useAct } from '../../ui/use-act.ts';
import { questionQuery } from '../api.ts';
import style from './AskForm.module.css';

const AskDetails = lazyPart(() => import('./AskDetails.tsx'), 'AskDetails');

type AskDraft = {
  words: string;
  message_id: string;
  felt_severity: number | null;
  kind: TicketKind;
  /** Undefined: where they are themselves. */
  site_id?: string | null;
  files: KeptFile[];
};

const emptyAsk: AskDraft = {
  words: '',
  message_id: '',
  felt_severity: null,
  kind: 'incident',
  files: [],
};
type Props = { home: PortalHome; firmName: string; onAsked: (id: string) => void };

/** One big field. Everything else is optional and shows itself only once there are words. */
export function AskForm({ home, firmName, onAsked }: Props) {
  const { t } = useTranslation();
  const draft = useDraft<AskDraft>('portal.ask', emptyAsk);
  const { change } = draft;
  const [isUploading, setUploading] = useState(false);
  const edit = (part: (before: AskDraft) => Partial<AskDraft>) =>
    change((before) => ({ ...before, message_id: before.message_id || uuidv7(), ...part(before) }));
  const ask = useAct<void, { id: string }>(() => requestOf(draft, home), {
    onDone: ({ id }) => {
      draft.clear();
      refresh('ticket', id);
      onAsked(id);
    },
  });
  const { value } = draft;
  useAgain(value, (words) => edit(() => ({ words })));
  const hasWords = value.words.trim() !== '';
  const submit = () => {
    if (hasWords && !isUploading && !ask.isPending) ask.mutate();
  };
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing)
          submit();
      }}
    >
      <FileDrop
        files={value.files}
        onChange={(files) => edit((before) => ({ files: files(before.files) }))}
        onBusy={setUploading}
      >
        <Textarea
          label={t('portal.ask.field')}
          description={t('portal.ask.hint')}
          placeholder={t('portal.ask.placeholder')}
          classNames={{ label: style.question, input: style.words }}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={20_000}
          value={value.words}
          onChange={(event) => {
            const words = event.currentTarget.value;
            edit(() => ({ words }));
          }}
        />
      </FileDrop>
      {draft.wasRestored && hasWords && <p className="cp-soft">{t('portal.ask.restored')}</p>}
      {!draft.isSafe && <p role="alert">{t('portal.ask.unsafe')}</p>}
      {hasWords && (
        <>
          <Feeling
            value={value.felt_severity}
            onChange={(felt_severity) => edit(() => ({ felt_severity }))}
          />
          <More value={value} home={home} onChange={(part) => edit(() => part)} />
        </>
      )}
      <ActProblem error={ask.error} />
      <Group justify="flex-end" align="center" gap="sm">
        {isUploading && <span className="cp-soft">{t('portal.ask.uploading')}</span>}
        <Button
          type="submit"
          className={style.send}
          leftSection={<IconSend size={20} aria-hidden />}
          disabled={!hasWords || isUploading}
          loading={ask.isPending}
        >
          {t('portal.ask.send', { firm: firmName })}
        </Button>
      </Group>
    </form>
  );
}

/** Asked again about a settled matter (`?again=<id>`): an empty field begins with where it comes from. */
function useAgain(value: AskDraft, fill: (words: string) => void): void {
  const { t } = useTranslation();
  const { again } = useSearch({ strict: false }) as { again?: string };
  const { data: earlier } = useQuery({ ...questionQuery(again ?? ''), enabled: again !== undefined });
  const filled = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (earlier === undefined || filled.current === earlier.id) return;
    filled.current = earlier.id;
    const { title, number } = earlier;
    if (value.words.trim() === '') fill(t('portal.ask.again_words', { title, number }));
  });
}

function requestOf({ id, value }: Draft<AskDraft>, home: PortalHome) {
  return {
    method: 'POST' as const,
    path: '/api/portal/tickets',
    body: {
      id,
      message_id: value.message_id,
      words: value.words,
      kind: value.kind,
      felt_severity: value.felt_severity,
      site_id: siteOf(value, home),
      file_ids: value.files.map((file) => file.id),
    },
  };
}

const siteOf = (value: AskDraft, home: PortalHome) =>
  value.site_id === undefined ? home.my_site_id : value.site_id;

/** How bad it feels, in their words; a second tap takes it back. */
function Feeling({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={style.feeling}>
      <legend>{t('portal.ask.felt')}</legend>
      {[1, 2, 3, 4].map((severity) => (
        <UnstyledButton
          key={severity}
          className={style.choice}
          aria-pressed={value === severity}
          onClick={() => onChange(value === severity ? null : severity)}
        >
          {value === severity && <IconCheck size={18} aria-hidden />}
          {t(`portal.ask.felt_${severity}`)}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

function More({
  value,
  home,
  onChange,
}: {
  value: AskDraft;
  home: PortalHome;
  onChange: (part: Partial<AskDraft>) => void;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const area = useId();
  return (
    <div>
      <UnstyledButton
        className={style.more}
        aria-expanded={isOpen}
        aria-controls={area}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'portal.ask.less' : 'portal.ask.more')}
        <IconChevronDown size={18} aria-hidden className={isOpen ? style.turned : undefined} />
      </UnstyledButton>
      <div id={area}>
        <Suspense>
          {isOpen && (
            <AskDetails
              kind={value.kind}
              siteId={siteOf(value, home)}
              sites={home.sites}
              onKind={(kind) => onChange({ kind })}
              onSite={(site_id) => onChange({ site_id })}
            />
          )}
        </Suspense>
      </div>
    </div>
  );
}
