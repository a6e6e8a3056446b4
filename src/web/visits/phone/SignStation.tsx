import { Button, Group } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLastDaySigned } from '#domain/visits/days.ts';
import { entitledSigners } from '#domain/visits/signing-off.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { Visit } from '#domain/visits/visit.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { lazyPart } from '../../ui/the-rest.ts';
import { contactOf, contactWords } from './contact-words.ts';
import { LeaveSheet } from './LeaveSheet.tsx';
import { Sheet } from './Sheet.tsx';
import { SignaturePicture } from './SignaturePicture.tsx';
import { SignersSheet } from './SignersSheet.tsx';
import { SigningSummary } from './SigningSummary.tsx';
import signing from './signing.module.css';
import style from './stations.module.css';

// The signature pad is needed once a day.
const SignSheet = lazyPart(() => import('./SignSheet.tsx'), 'SignSheet');

type Signed = Visit['signatures'][number];

/** R27: who may sign, who did, and what it was that they signed. */
export function SignStation({ page, mayAct }: { page: VisitPage; mayAct: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'signers' | 'leave' | 'sign' | Signed | null>(null);
  const { visit, about } = page;
  const signers = entitledSigners(visit).flatMap((id) => contactOf(about, id) ?? []);
  const mayLeave = ['on_site', 'working', 'wrapped_up', 'signed'].includes(visit.state);
  // What was done since it was signed, or differed from it, is signed by whoever asks for that.
  const mayAgain = visit.state === 'signed' || (visit.state === 'done' && isLastDaySigned(visit));
  return (
    <section className={style.block}>
      {visit.signatures.map((signature) => (
        <div key={signature.id} className={style.card}>
          <SignaturePicture
            strokes={signature.strokes}
            label={t('visits_phone.sign.of', { name: signature.name })}
          />
          <p>{t('ui.person_with_role', { name: signature.name, role: signature.role })}</p>
          <p className={style.under}>
            <TimeText at={signature.at} />
          </p>
          {!signature.as_shown && <p className={style.warning}>{t('visits_phone.sign.differed')}</p>}
          <div>
            <Button variant="default" onClick={() => setOpen(signature)}>
              {t('visits_phone.sign.read')}
            </Button>
          </div>
        </div>
      ))}
      <p>
        {signers.length === 0
          ? t('visits_phone.sign.nobody')
          : t('visits_phone.sign.may', {
              names: signers.map((contact) => contactWords(contact, t)).join(t('app.and')),
            })}
      </p>
      {mayAct && (
        <Group gap="md">
          <Button variant="default" onClick={() => setOpen('signers')}>
            {t('visits_phone.signers.open')}
          </Button>
          {mayAgain && (
            <Button variant="default" onClick={() => setOpen('sign')}>
              {t('visits_phone.sign.once_more')}
            </Button>
          )}
          {mayLeave && visit.state !== 'signed' && (
            <Button variant="default" onClick={() => setOpen('leave')}>
              {t('visits_phone.leave.unsigned_open')}
            </Button>
          )}
        </Group>
      )}
      {open === 'signers' && <SignersSheet page={page} onClose={() => setOpen(null)} />}
      {open === 'sign' && (
        <Suspense fallback={null}>
          <SignSheet page={page} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {open === 'leave' && <LeaveSheet page={page} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && (
        <Sheet title={t('visits_phone.sign.read')} onClose={() => setOpen(null)}>
          <SigningSummary text={open.shown} />
          <SignaturePicture strokes={open.strokes} label={t('visits_phone.sign.of', { name: open.name })} />
          <p>
            {t('ui.person_with_role', { name: open.name, role: open.role })} <TimeText at={open.at} />
          </p>
          <p className={signing.hash}>{t('visits_phone.sign.hash', { hash: open.shown_sha256 })}</p>
        </Sheet>
      )}
    </section>
  );
}
