import { Modal } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { holdSignIn } from '../../ui/session-gate.ts';
import style from './Sheet.module.css';

type Props = {
  title: string;
  onClose: () => void;
  /** The acts, at the thumb whatever the length of what stands above. */
  foot?: ReactNode;
  /** Makes the sheet a form. */
  onSubmit?: () => void;
  children: ReactNode;
};

/** A page over the page, for one thing. Closing it loses nothing: forms keep their drafts. */
export function Sheet({ title, onClose, foot, onSubmit, children }: Props) {
  useEffect(holdSignIn, []);
  const inside = (
    <>
      <div className={style.body}>{children}</div>
      {foot && <div className={style.foot}>{foot}</div>}
    </>
  );
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={title}
      classNames={{ content: style.content ?? '', body: style.frame ?? '' }}
    >
      {onSubmit ? (
        <form
          className={style.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // A sheet over a sheet is inside it for React: its form is not the lower one's.
            event.stopPropagation();
            onSubmit();
          }}
        >
          {inside}
        </form>
      ) : (
        <div className={style.form}>{inside}</div>
      )}
    </Modal>
  );
}
