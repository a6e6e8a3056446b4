import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#domain/visits/visit.ts';
import { usePhotoUrl } from '../../offline/photos.ts';
import style from './photos.module.css';

/** A photo by its file, from this device where it has it. */
export function KeptPhoto({ fileId, alt }: { fileId: string; alt: string }) {
  const url = usePhotoUrl(fileId);
  if (url === null) {
    return (
      <span className={style.absent} role="img" aria-label={alt}>
        <IconPhoto size={28} stroke={1.4} aria-hidden />
      </span>
    );
  }
  return <img className={style.picture} src={url} alt={alt} />;
}

/** Photos in a row, each under its words. */
export function PhotoStrip({ photos }: { photos: Photo[] }) {
  const { t } = useTranslation();
  if (photos.length === 0) return null;
  return (
    <ul className={style.strip}>
      {photos.map((photo) => (
        <li key={photo.file_id}>
          <figure>
            <KeptPhoto fileId={photo.file_id} alt={photo.caption || t('visits_phone.photos.one')} />
            {photo.caption && <figcaption>{photo.caption}</figcaption>}
          </figure>
        </li>
      ))}
    </ul>
  );
}
