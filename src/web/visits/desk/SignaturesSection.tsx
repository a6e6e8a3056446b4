import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Signature, Visit } from '#domain/visits/visit.ts';
import { FactList } from '../../ui/FactList.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { SignedText } from './SignedText.tsx';
import style from './signatures.module.css';
import { VisitSection } from './VisitSection.tsx';
import page_style from './visit-page.module.css';

/** R27: who signed what they read: drawn, with role, time and the hash that binds it. */
export function SignaturesSection({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  return (
    <VisitSection name="signatures" title={t('visits.signatures.title')}>
      {visit.signatures.length === 0 && <p className="cp-soft">{t('visits.signatures.none')}</p>}
      <ul className={page_style.cards}>
        {visit.signatures.map((signature) => (
          <li key={signature.id} className={page_style.card}>
            <SignatureCard signature={signature} />
          </li>
        ))}
      </ul>
    </VisitSection>
  );
}

function SignatureCard({ signature }: { signature: Signature }) {
  const { t } = useTranslation();
  const [isReading, setReading] = useState(false);
  const { name, role, as_shown } = signature;
  return (
    <div className={style.signature}>
      <Drawn name={name} strokes={signature.strokes} />
      <div className={style.facts}>
        <strong>{t('visits.signatures.by', { name, role })}</strong>
        <span className={as_shown ? page_style.good : page_style.open}>
          {as_shown ? (
            <IconCheck size="1.1em" stroke={2} aria-hidden />
          ) : (
            <IconAlertTriangle size="1.1em" stroke={1.9} aria-hidden />
          )}
          {t(as_shown ? 'visits.signatures.as_shown' : 'visits.signatures.not_as_shown')}
        </span>
        <FactList
          facts={[
            { label: t('visits.signatures.device_time'), value: <TimeText at={signature.at} /> },
            {
              label: t('visits.signatures.hash'),
              value: <code className={style.hash}>{signature.shown_sha256}</code>,
            },
          ]}
        />
        <div className={style.acts}>
          <Button size="xs" variant="default" onClick={() => setReading(true)}>
            {t('visits.signatures.read')}
          </Button>
          <span className="cp-soft">{t('visits.signatures.recorded_by', { name: signature.by_name })}</span>
        </div>
      </div>
      {isReading && (
        <Modal
          opened
          onClose={() => setReading(false)}
          size="lg"
          title={t('visits.signatures.read_title', { name })}
        >
          <SignedText text={signature.shown} />
        </Modal>
      )}
    </div>
  );
}

/** The strokes as they were drawn, in their box of 1000 × 400. */
export function Drawn({ name, strokes }: Pick<Signature, 'name' | 'strokes'>) {
  const { t } = useTranslation();
  return (
    <svg
      className={style.drawn}
      viewBox="-20 -20 1040 440"
      role="img"
      aria-label={t('visits.signatures.drawn', { name })}
    >
      {strokes.map((stroke, index) => (
        <polyline key={index} points={pointsOf(stroke)} />
      ))}
    </svg>
  );
}

function pointsOf(stroke: readonly number[]): string {
  const pairs = stroke.flatMap((x, index) => (index % 2 === 0 ? [`${x},${stroke[index + 1] ?? 0}`] : []));
  // A dot is a line of no length, which no browser draws.
  return pairs.length === 1 ? `${pairs[0]} ${(stroke[0] ?? 0) + 1},${stroke[1] ?? 0}` : pairs.join(' ');
}
