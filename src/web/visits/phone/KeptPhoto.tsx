import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#domain/visits/visit.ts';
import { usePhotoUrl } from '../../offline/photos.ts';
import style from './photos.module.css';
import { Sheet } from './Sheet.tsx';

type Props = { fileId: string; alt: string };

/** A photo by its file, unsealed only when it comes near the screen: a week's work has many. */
export function KeptPhoto({ fileId, alt }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const watcher = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '800px' },
    );
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  if (isNear) return <NearPhoto fileId={fileId} alt={alt} />;
  return <span ref={place} className={style.absent} role="img" aria-label={alt} />;
}

/** From this device where it has it; a tap shows it as large as the screen. */
function NearPhoto({ fileId, alt }: Props) {
  const { t } = useTranslation();
  const url = usePhotoUrl(fileId);
  const [isOpen, setOpen] = useState(false);
  const [isBroken, setBroken] = useState(false);
  if (url === null || isBroken) {
    return (
      <span className={style.absent} role="img" aria-label={alt}>
        <IconPhoto size={28} stroke={1.4} aria-hidden />
      </span>
    );
  }
  // What is on this device is the whole; of the server we first show the small one.
  const whole = url.startsWith('blob:') ? url : `/api/files/${fileId}`;
  return (
    <>
      <button
        type="button"
        className={style.button}
        aria-label={t('visits_phone.photos.open', { name: alt })}
        onClick={() => setOpen(true)}
      >
        <img className={style.picture} src={url} alt="" onError={() => setBroken(true)} />
      </button>
      {isOpen && (
        <Sheet title={alt} onClose={() => setOpen(false)}>
          <img className={style.whole} src={whole} alt={alt} />
        </Sheet>
      )}
    </>
  );
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
