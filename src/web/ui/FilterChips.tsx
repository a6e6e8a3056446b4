import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DropMenu, type MenuEntry } from './DropMenu.tsx';
import style from './FilterChips.module.css';

export type FilterOption = { value: string; label: string };
export type Filter = {
  name: string;
  /** 「状态」: on the chip while nothing is chosen. */
  label: string;
  options: FilterOption[];
  /** For long lists of names. */
  searchable?: boolean;
  /** Which option stands for "not filtered"; without it there is a line for that. */
  base?: string;
};
export type Chosen = Record<string, string | undefined>;

type Props = { filters: Filter[]; chosen: Chosen; onChange: (next: Chosen) => void };

/** Filters as chips that read as a sentence: 「未分派」 「超时」; one tap to change, one to take all away. */
export function FilterChips({ filters, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const isSet = filters.some(
    (filter) => chosen[filter.name] !== undefined && chosen[filter.name] !== filter.base,
  );
  return (
    <section className={style.chips} aria-label={t('ui.filters.label')}>
      {filters.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          value={chosen[filter.name]}
          onChoose={(value) =>
            onChange({ ...chosen, [filter.name]: value === filter.base ? undefined : value })
          }
        />
      ))}
      {isSet && (
        <button type="button" className={style.clear} onClick={() => onChange({})}>
          {t('ui.filters.clear')}
        </button>
      )}
    </section>
  );
}

type ChipProps = { filter: Filter; value: string | undefined; onChoose: (value: string | undefined) => void };

function FilterChip({ filter, value, onChoose }: ChipProps) {
  const { t } = useTranslation();
  const present = value ?? filter.base;
  const option = filter.options.find((candidate) => candidate.value === present);
  const isSet = value !== undefined && value !== filter.base;
  const entries: MenuEntry[] = filter.options.map(({ value: candidate, label }) => ({
    kind: 'item',
    key: candidate,
    label,
    isOn: candidate === present,
    onChoose: () => onChoose(candidate),
  }));
  if (isSet && filter.base === undefined) {
    const label = t('ui.filters.any_of', { label: filter.label });
    entries.unshift({ kind: 'item', key: '', label, onChoose: () => onChoose(undefined) });
  }
  const search = { label: t('ui.filters.search'), nothing: t('ui.filters.nothing') };
  return (
    <DropMenu entries={entries} search={filter.searchable ? search : undefined}>
      <button
        type="button"
        className={style.chip}
        data-set={isSet}
        aria-label={t('ui.filters.chip', {
          label: filter.label,
          value: option?.label ?? t('ui.filters.any'),
        })}
      >
        {option?.label ?? filter.label}
        <IconChevronDown size="1em" aria-hidden />
      </button>
    </DropMenu>
  );
}
