import { useTranslation } from 'react-i18next';
import style from './visit-page.module.css';

/** Where one is on a long page: its parts in order, one tap away. What waits for a decision stands first. */
export function VisitContents({ parts, waiting }: { parts: readonly string[]; waiting: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <nav className={style.contents} aria-label={t('visits.page.contents')}>
      {[...waiting, ...parts].map((part) => (
        <a
          key={part}
          href={`#${part}`}
          data-waiting={waiting.includes(part) || undefined}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(part)?.scrollIntoView({ block: 'start' });
          }}
        >
          {t(`visits.contents.${part}`)}
        </a>
      ))}
    </nav>
  );
}
