import { Alert, Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { entitledSigners, signingText } from '#domain/visits/signing-off.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ContactChoice } from './ContactChoice.tsx';
import { contactOf } from './contact-words.ts';
import { DraftWords } from './DraftWords.tsx';
import { Sheet } from './Sheet.tsx';
import { SignaturePad } from './SignaturePad.tsx';
import { SigningSummary } from './SigningSummary.tsx';
import style from './signing.module.css';
import { useMakingDraft, usePlaceOfNext } from './use-making-draft.ts';
import { useSave } from './use-save.ts';

/** `shown` is the text that the strokes were drawn under. */
type Fields = { contact_id: string | null; role: string | null; strokes: number[][]; shown: string };

/** R27: somebody entitled to reads what was done and signs it; the signature is bound to the text that was read. */
export function SignSheet({ page, onClose }: { page: VisitPage; onClose: () => void }) {
  const { t } = useTranslation();
  const { visit, about } = page;
  const signers = entitledSigners(visit).flatMap((id) => contactOf(about, id) ?? []);
  const present = signingText(visit);
  const draft = useMakingDraft<Fields>(
    usePlaceOfNext(`visit:${visit.id}:sign`, visit.signatures),
    { contact_id: signers[0]?.id ?? null, role: null, strokes: [], shown: present },
    visit.signatures,
  );
  const { save, problem, isSaving } = useSave(visit.id);
  const { value } = draft;
  const set = (change: Partial<Fields>) => draft.change((before) => ({ ...before, ...change }));
  const signer = signers.find(({ id }) => id === value.contact_id) ?? null;
  const role =
    value.role ??
    (signer ? signer.title || signer.roles.map((one) => t(`tickets.roles.${one}`)).join(t('app.and')) : '');
  // Whatever changed since is read before it is signed, and signed anew.
  const { shown } = value;
  const isStale = shown !== present;
  const points = value.strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
  const canHash = Boolean(globalThis.crypto?.subtle);
  const isReady = signer !== null && role.trim() !== '' && points >= 3 && !isStale && canHash;
  const sign = async () => {
    if (!signer) return;
    const body = {
      id: draft.id,
      contact_id: signer.id,
      name: signer.name,
      role: role.trim(),
      strokes: value.strokes,
      shown,
      shown_sha256: await sha256Of(shown),
    };
    if (!(await save({ name: 'sign', body }, { said: t('visits_phone.sign.done', { name: signer.name }) })))
      return;
    draft.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('visits_phone.sign.title')}
      onClose={onClose}
      onSubmit={() => void sign()}
      foot={
        <>
          <ActProblem error={problem} />
          <Button type="submit" loading={isSaving} disabled={!isReady}>
            {t('visits_phone.sign.act')}
          </Button>
        </>
      }
    >
      <DraftWords draft={draft} />
      {!canHash && (
        <Alert color="red" variant="light">
          {t('visits_phone.sign.no_hash')}
        </Alert>
      )}
      <p>{t('visits_phone.sign.help')}</p>
      {isStale && (
        <Alert color="yellow" variant="light" role="alert">
          {t('visits_phone.sign.stale')}
          <Button size="xs" variant="default" mt="sm" onClick={() => set({ shown: present, strokes: [] })}>
            {t('visits_phone.sign.show_latest')}
          </Button>
        </Alert>
      )}
      <div className={style.frame}>
        <SigningSummary text={shown} />
      </div>
      {signers.length === 0 ? (
        <Alert color="yellow" variant="light">
          {t('visits_phone.sign.nobody')}
        </Alert>
      ) : (
        <ContactChoice
          label={t('visits_phone.sign.who')}
          description={t('visits_phone.sign.who_help')}
          contacts={signers}
          value={value.contact_id}
          onChange={(contact_id) => set({ contact_id, role: null })}
        />
      )}
      <TextInput
        label={t('visits_phone.sign.role')}
        value={role}
        maxLength={100}
        onChange={(event) => set({ role: event.currentTarget.value })}
      />
      <SignaturePad strokes={value.strokes} onChange={(strokes) => set({ strokes })} />
      <p className="cp-soft">{t('visits_phone.sign.claim')}</p>
    </Sheet>
  );
}

async function sha256Of(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
