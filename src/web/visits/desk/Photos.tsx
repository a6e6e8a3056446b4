import { ActionIcon, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '#domain/tickets/commands.ts';
import type { Photo } from '#domain/visits/visit.ts';
import style from './photos.module.css';

type Props = { photos: readonly Photo[]; files: readonly FileView[] };

/** Photos small with their captions; a tap shows one large, with the others of the same entry beside it. */
export function Photos({ photos, files }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const nameOf = (photo: Photo, index: number) =>
    photo.caption.trim() || t('visits.photos.photo', { number: index + 1 });
  return (
    <>
      <ul className={style.row}>
        {photos.map((photo, index) => {
          const file = files.find(({ id }) => id === photo.file_id);
          return (
            <li key={photo.file_id}>
              {file ? (
                <button
                  type="button"
                  className={style.thumbnail}
                  aria-label={t('visits.photos.open', { name: nameOf(photo, index) })}
                  onClick={() => setShown(index)}
                >
                  <img src={`/api/files/${file.id}/thumbnail`} alt="" loading="lazy" />
                </button>
              ) : (
                <span className={style.missing}>
                  <IconPhotoOff size="1.3em" stroke={1.6} aria-hidden />
                  {t('visits.photos.missing')}
                </span>
              )}
              {photo.caption.trim() !== '' && <span className={style.caption}>{photo.caption}</span>}
            </li>
          );
        })}
      </ul>
      {shown !== null && (
        <Viewer photos={photos} at={shown} onMove={setShown} onClose={() => setShown(null)} />
      )}
    </>
  );
}

type ViewerProps = {
  photos: readonly Photo[];
  at: number;
  onMove: (index: number) => void;
  onClose: () => void;
};

function Viewer({ photos, at, onMove, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const photo = photos[at];
  if (!photo) return null;
  const move = (by: number) => {
    const next = at + by;
    if (next >= 0 && next < photos.length) onMove(next);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={t('visits.photos.viewer', { number: at + 1, count: photos.length })}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      <figure className={style.figure}>
        <img
          src={`/api/files/${photo.file_id}`}
          alt={photo.caption.trim() || t('visits.photos.photo', { number: at + 1 })}
        />
        <figcaption>{photo.caption}</figcaption>
      </figure>
      <div className={style.below}>
        {photos.length > 1 && (
          <>
            <ActionIcon disabled={at === 0} aria-label={t('visits.photos.previous')} onClick={() => move(-1)}>
              <IconChevronLeft size="1.25em" aria-hidden />
            </ActionIcon>
            <ActionIcon
              disabled={at === photos.length - 1}
              aria-label={t('visits.photos.next')}
              onClick={() => move(1)}
            >
              <IconChevronRight size="1.25em" aria-hidden />
            </ActionIcon>
          </>
        )}
        <a href={`/api/files/${photo.file_id}`} target="_blank" rel="noopener">
          {t('visits.photos.original')}
        </a>
      </div>
    </Modal>
  );
}
