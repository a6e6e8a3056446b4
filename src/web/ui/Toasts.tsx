import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from './shortcuts.ts';
import style from './Toasts.module.css';
import { dismissToast, undoLast, useToasts } from './undo.ts';

/** Says what was done, above everything and in nobody's way, with 「撤销」 for eight seconds. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  useShortcuts(t('ui.shortcuts.everywhere'), [
    {
      keys: 'z',
      label: t('ui.undo.label'),
      run: () => void undoLast(),
      off: !toasts.some((toast) => toast.undo),
    },
  ]);
  return (
    <div className={style.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={style.toast}>
          <span>{toast.text}</span>
          {toast.link && (
            <Link to={toast.link.to} className={style.act} onClick={() => dismissToast(toast.id)}>
              {toast.link.label}
            </Link>
          )}
          {toast.undo && (
            <button
              type="button"
              className={style.act}
              onClick={() => {
                dismissToast(toast.id);
                toast.undo?.();
              }}
            >
              {t('ui.undo.act')}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
