import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import Pad from 'signature_pad';
import style from './signing.module.css';

type Props = { strokes: number[][]; onChange: (strokes: number[][]) => void };
const box = { width: 1_000, height: 400 };
const mostPoints = 2_000;

/** A large field to sign in; turning the phone keeps what stands in it. */
export function SignaturePad({ strokes, onChange }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const latest = useRef({ strokes, onChange });
  latest.current = { strokes, onChange };
  useEffect(() => {
    const field = canvas.current;
    if (!field) return;
    const made = new Pad(field, { penColor: '#14161a', minWidth: 1, maxWidth: 3, throttle: 8 });
    pad.current = made;
    const draw = () => {
      const ratio = Math.max(1, window.devicePixelRatio);
      field.width = field.clientWidth * ratio;
      field.height = field.clientHeight * ratio;
      field.getContext('2d')?.scale(ratio, ratio);
      made.fromData(groupsOf(latest.current.strokes, field));
    };
    made.addEventListener('endStroke', () => latest.current.onChange(strokesOf(made, field)));
    const watcher = new ResizeObserver(draw);
    watcher.observe(field);
    return () => {
      watcher.disconnect();
      made.off();
    };
  }, []);
  useEffect(() => {
    if (strokes.length === 0) pad.current?.clear();
  }, [strokes.length]);
  return (
    <div className={style.pad}>
      <div className={style.paper}>
        <canvas ref={canvas} aria-label={t('visits_phone.sign.field')} role="img" />
        {strokes.length === 0 && <span aria-hidden>{t('visits_phone.sign.here')}</span>}
      </div>
      <Button size="xs" variant="default" disabled={strokes.length === 0} onClick={() => onChange([])}>
        {t('visits_phone.sign.again')}
      </Button>
    </div>
  );
}

function strokesOf(pad: Pad, field: HTMLCanvasElement): number[][] {
  const inBox = (part: number, side: number) =>
    Math.max(-100, Math.min(1_100, Math.round(part * side * 10) / 10));
  return pad
    .toData()
    .slice(0, 200)
    .map(({ points }) =>
      points
        .slice(0, mostPoints)
        .flatMap(({ x, y }) => [
          inBox(x / field.clientWidth, box.width),
          inBox(y / field.clientHeight, box.height),
        ]),
    );
}

function groupsOf(strokes: number[][], field: HTMLCanvasElement): Parameters<Pad['fromData']>[0] {
  return strokes.map((stroke) => ({
    penColor: '#14161a',
    dotSize: 0,
    minWidth: 1,
    maxWidth: 3,
    velocityFilterWeight: 0.7,
    compositeOperation: 'source-over' as const,
    points: Array.from({ length: Math.floor(stroke.length / 2) }, (_, at) => ({
      x: (stroke[at * 2]! / box.width) * field.clientWidth,
      y: (stroke[at * 2 + 1]! / box.height) * field.clientHeight,
      pressure: 0.5,
      time: at * 16,
    })),
  }));
}
