import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '#domain/tickets/commands.ts';
import style from './files.module.css';

const megabyte = 1024 * 1024;

function sizeWords(bytes: number): string {
  return bytes < megabyte
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / megabyte).toFixed(1)} MB`;
}

/** A file as people see it: pictures small, others by name and size; a tap opens or saves it. */
export function FileTile({ file }: { file: FileView }) {
  const { t } = useTranslation();
  if (file.has_thumbnail) {
    const label = t('portal.files.open', { name: file.name });
    return (
      <a
        className={style.picture}
        href={`/api/files/${file.id}`}
        target="_blank"
        rel="noopener"
        aria-label={label}
      >
        <img
          src={`/api/files/${file.id}/thumbnail`}
          alt={file.name}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          loading="lazy"
        />
      </a>
    );
  }
  return (
    <a className={style.file} href={`/api/files/${file.id}`} download={file.name}>
      <IconFile size={22} stroke={1.6} aria-hidden />
      <span className={style.name}>{file.name}</span>
      <span className="cp-soft">{sizeWords(file.size_bytes)}</span>
    </a>
  );
}

export function FileTiles({ files }: { files: FileView[] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className={style.tiles} aria-label={t('portal.files.list')}>
      {files.map((file) => (
        <li key={file.id}>
          <FileTile file={file} />
        </li>
      ))}
    </ul>
  );
}
