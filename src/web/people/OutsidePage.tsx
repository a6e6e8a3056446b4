import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import type { Firm } from '#domain/people/commands.ts';
import { firmQuery, useFirmName } from '../app/session.ts';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { FirmMark } from './FirmMark.tsx';
import style from './OutsidePage.module.css';

/** Whatever is shown to somebody who is not signed in: one thing in the middle, in the firm's own look. */
export function OutsidePage({
  title,
  lead,
  children,
  firm: given,
  wide = false,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  firm?: Firm;
  wide?: boolean;
}) {
  const { data } = useQuery({ ...firmQuery, enabled: given === undefined });
  const firm = given ?? data;
  const name = useFirmName(firm);
  useEffect(() => {
    document.title = name ? `${title} · ${name}` : title;
  }, [title, name]);
  return (
    <div className={style.page} style={{ '--firm': firm?.accent_color ?? 'transparent' } as never}>
      <main className={wide ? style.wide : style.card}>
        {name !== '' && firm && (
          <div className={style.firm}>
            <FirmMark firm={firm} />
          </div>
        )}
        <h1 className={style.title}>{title}</h1>
        {lead && <div className={style.lead}>{lead}</div>}
        {children}
      </main>
      <footer className={style.foot}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
