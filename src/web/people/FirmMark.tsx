import type { Firm } from '#domain/people/commands.ts';
import { useFirmName } from '../app/session.ts';
import { logoUrl } from './api.ts';
import style from './FirmMark.module.css';

/** The firm's logo and name, as its customers and colleagues know it. */
export function FirmMark({ firm, logo: given }: { firm: Firm; logo?: string }) {
  const name = useFirmName(firm);
  const logo = given ?? logoUrl(firm);
  return (
    <div className={style.mark}>
      {logo ? (
        <img src={logo} alt="" className={style.logo} />
      ) : (
        <span
          className={style.letter}
          style={{ background: firm.accent_color, color: inkOn(firm.accent_color) }}
          aria-hidden
        >
          {[...name][0] ?? ''}
        </span>
      )}
      <span className={style.name}>{name}</span>
    </div>
  );
}

/** Black or white, whichever is easier to read on a colour (WCAG relative luminance). */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#000000' : '#ffffff';
}
