import style from './signing.module.css';

/** Strokes are x, y, x, y … in a box of 1000 × 400. */
export function SignaturePicture({ strokes, label }: { strokes: number[][]; label: string }) {
  return (
    <svg className={style.signature} viewBox="0 0 1000 400" role="img" aria-label={label}>
      {strokes.map((stroke, index) => (
        <path key={index} d={pathOf(stroke)} />
      ))}
    </svg>
  );
}

function pathOf(stroke: number[]): string {
  const points: string[] = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
  // A dot is a line of no length, which round ends make visible.
  return points.length === 1 ? `M${points[0]}h0.1` : `M${points.join('L')}`;
}
