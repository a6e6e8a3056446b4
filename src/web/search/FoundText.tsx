import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FoundThing } from '#domain/search/commands.ts';
import { placeWords } from './found-words.ts';
import { MarkedText } from './MarkedText.tsx';
import style from './search.module.css';

/** A find in two lines: what it is or where it stands, and the words around what was found. */
export function FoundText({ thing }: { thing: FoundThing }) {
  const { t } = useTranslation();
  const place = placeWords(thing, t);
  const hasAuthor = place !== null && thing.title.text !== '';
  return (
    <span className={style.found}>
      <span className={style.title}>
        {thing.kind === 'ticket' && <span className={style.number}>#{thing.number}</span>}
        {place ?? <MarkedText {...thing.title} />}
      </span>
      {(thing.body.text !== '' || hasAuthor) && (
        <span className={style.excerpt} data-internal={thing.is_internal && place !== null}>
          {thing.is_internal && place !== null && (
            <IconLock size="0.9em" role="img" aria-label={t('search.internal')} />
          )}
          {hasAuthor && (
            <>
              <MarkedText {...thing.title} />
              {t('search.said')}
            </>
          )}
          <MarkedText {...thing.body} />
        </span>
      )}
    </span>
  );
}
