import { useTranslation } from 'react-i18next';
import { Hint } from './Hint.tsx';

type Props = {
  name: string | null;
  /** What they are in this matter, in words: 「使用方」, 「负责人」. */
  role?: string | undefined;
  title?: string | null;
};

/** A person by name with their role in this matter; nobody has an id here. */
export function PersonName({ name, role, title }: Props) {
  const { t } = useTranslation();
  if (name === null) return <span className="cp-soft">{t('ui.nobody')}</span>;
  const text = role ? t('ui.person_with_role', { name, role }) : name;
  if (!title) return <span>{text}</span>;
  return (
    <Hint label={title}>
      <span>{text}</span>
    </Hint>
  );
}
