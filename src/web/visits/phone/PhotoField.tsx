import { ActionIcon, Alert, Button, Group, TextInput } from '@mantine/core';
import { IconCamera, IconPhoto, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#domain/visits/visit.ts';
import type { Unsaved } from '../../offline/outbox-item.ts';
import { keepPhoto } from '../../offline/photos.ts';
import { ActProblem } from '../../ui/ErrorState.tsx';
import { ProblemError } from '../../ui/problem.ts';
import { KeptPhoto } from './KeptPhoto.tsx';
import style from './photos.module.css';
import { shrinkPhoto } from './shrink-photo.ts';

type Props = {
  visitId: string;
  customerId: string;
  photos: Photo[];
  onChange: (change: (before: Photo[]) => Photo[]) => void;
  /** True while one is still being kept: saving would leave it behind. */
  onBusy: (isBusy: boolean) => void;
};
const mostPhotos = 20;
type Trouble = 'unreadable' | 'too_many' | Unsaved['unsaved'];
/** What is said of photos alone; anything else is said of the app. */
const ofPhotos: Trouble[] = ['unreadable', 'too_many', 'storage_full', 'storage_broken'];

/** Photos straight from the camera, kept on this device as they are taken; each with words of its own. */
export function PhotoField({ visitId, customerId, photos, onChange, onBusy }: Props) {
  const { t } = useTranslation();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [keeping, setKeeping] = useState(0);
  const camera = useRef<HTMLInputElement>(null);
  const album = useRef<HTMLInputElement>(null);
  const keep = async (files: File[]) => {
    setTrouble(files.length + photos.length > mostPhotos ? 'too_many' : null);
    onBusy(true);
    for (const file of files.slice(0, mostPhotos - photos.length)) {
      setKeeping((count) => count + 1);
      const small = await shrinkPhoto(file);
      const kept = small && (await keepPhoto(visitId, customerId, small));
      if (!kept) setTrouble('unreadable');
      else if ('unsaved' in kept) setTrouble(kept.unsaved);
      else onChange((before) => [...before, { file_id: kept.file_id, caption: '' }]);
      setKeeping((count) => count - 1);
    }
    onBusy(false);
  };
  const picker = (ref: typeof camera, label: string, isCamera: boolean) => (
    <input
      ref={ref}
      type="file"
      hidden
      accept="image/*"
      aria-label={label}
      multiple={!isCamera}
      {...(isCamera && { capture: 'environment' as const })}
      onChange={(event) => {
        void keep([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = '';
      }}
    />
  );
  return (
    <fieldset className={style.field} aria-label={t('visits_phone.photos.label')}>
      {photos.length > 0 && (
        <ul className={style.list}>
          {photos.map((photo, index) => (
            <li key={photo.file_id}>
              <KeptPhoto fileId={photo.file_id} alt={photo.caption || t('visits_phone.photos.one')} />
              <TextInput
                label={t('visits_phone.photos.caption', { number: index + 1 })}
                value={photo.caption}
                maxLength={300}
                onChange={(event) => {
                  const caption = event.currentTarget.value;
                  onChange((before) =>
                    before.map((one) => (one.file_id === photo.file_id ? { ...one, caption } : one)),
                  );
                }}
              />
              <ActionIcon
                aria-label={t('visits_phone.photos.remove', { number: index + 1 })}
                onClick={() => onChange((before) => before.filter((one) => one.file_id !== photo.file_id))}
              >
                <IconTrash size={22} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {picker(camera, t('visits_phone.photos.take'), true)}
      {picker(album, t('visits_phone.photos.pick'), false)}
      <Group gap="md" grow>
        <Button
          variant="default"
          leftSection={<IconCamera size={22} aria-hidden />}
          onClick={() => camera.current?.click()}
        >
          {t('visits_phone.photos.take')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPhoto size={22} aria-hidden />}
          onClick={() => album.current?.click()}
        >
          {t('visits_phone.photos.pick')}
        </Button>
      </Group>
      {keeping > 0 && (
        <p role="status" className="cp-soft">
          {t('visits_phone.photos.keeping', { count: keeping })}
        </p>
      )}
      {trouble && !ofPhotos.includes(trouble) && (
        <ActProblem error={new ProblemError({ status: 507, code: `ui.${trouble}` })} />
      )}
      {trouble && ofPhotos.includes(trouble) && (
        <Alert color="red" variant="light" role="alert">
          {t(`visits_phone.photos.${trouble}`)}
        </Alert>
      )}
    </fieldset>
  );
}
