import { Checkbox, MultiSelect, Radio, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '#domain/imports/commands.ts';
import { mappedFields } from '#domain/imports/mapping.ts';
import { presets } from '#domain/imports/presets.ts';
import { ticketStates } from '#domain/tickets/ticket.ts';
import style from './imports.module.css';
import { type ImportDraft, proposalOf } from './mapping-draft.ts';

type Props = { draft: ImportDraft; preview: ImportPreview; change(next: Partial<ImportDraft>): void };

/** Which column is what, and which of the source's words is which of our states. */
export function MappingForm({ draft, preview, change }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <section className={style.block}>
        <h2>{t('imports.mapping.title')}</h2>
        <div className={style.fields}>
          <Select
            label={t('imports.mapping.preset')}
            description={t('imports.mapping.preset_help')}
            data={Object.keys(presets).map((name) => ({ value: name, label: t(`imports.presets.${name}`) }))}
            value={draft.preset || null}
            onChange={(name) => change(name ? proposalOf(name, preview) : { preset: '' })}
            clearable
          />
          <TextInput
            label={t('imports.mapping.source')}
            description={t('imports.mapping.source_help')}
            value={draft.source}
            maxLength={40}
            onChange={(event) => change({ source: event.currentTarget.value.toLowerCase() })}
          />
        </div>
      </section>
      <section className={style.block}>
        <h2>{t('imports.mapping.columns')}</h2>
        <div className={style.fields}>
          {mappedFields.map((field) => (
            <ColumnChoice key={field} field={field} draft={draft} preview={preview} change={change} />
          ))}
        </div>
      </section>
      <StateWords draft={draft} preview={preview} change={change} />
      <Radio.Group
        className={style.block}
        label={t('imports.mapping.date_order')}
        value={draft.date_order}
        onChange={(order) => change({ date_order: order as ImportDraft['date_order'] })}
      >
        <Radio value="dmy" label={t('imports.mapping.dmy')} mt="xs" />
        <Radio value="mdy" label={t('imports.mapping.mdy')} mt="xs" />
      </Radio.Group>
    </>
  );
}

const needed: readonly string[] = ['reference', 'opened_at'];

function ColumnChoice({ field, draft, preview, change }: Props & { field: (typeof mappedFields)[number] }) {
  const { t } = useTranslation();
  const value = draft.columns[field];
  const set = (chosen: string | string[] | null) => {
    const { [field]: _, ...others } = draft.columns;
    change({ columns: chosen && chosen.length > 0 ? { ...others, [field]: chosen } : others });
  };
  const label = t(`imports.fields.${field}`);
  if (field === 'public_notes' || field === 'internal_notes')
    return (
      <MultiSelect
        label={label}
        description={t(`imports.fields.${field}_help`)}
        data={preview.columns}
        value={Array.isArray(value) ? value : []}
        onChange={set}
        searchable
        clearable
      />
    );
  return (
    <Select
      label={label}
      withAsterisk={needed.includes(field)}
      data={preview.columns}
      value={typeof value === 'string' ? value : null}
      onChange={set}
      searchable
      clearable
    />
  );
}

function StateWords({ draft, preview, change }: Props) {
  const { t } = useTranslation();
  const column = draft.columns.state;
  const words = typeof column === 'string' ? preview.words[column] : undefined;
  if (typeof column !== 'string') return <p className="cp-soft">{t('imports.mapping.no_states')}</p>;
  if (!words) return <p className="cp-soft">{t('imports.mapping.too_many_states')}</p>;
  return (
    <section className={style.block}>
      <h2>{t('imports.mapping.states')}</h2>
      <div className={style.fields}>
        {words.map((word) => (
          <Select
            key={word}
            label={word}
            placeholder={t('imports.mapping.stays_out')}
            data={ticketStates.map((state) => ({ value: state, label: t(`tickets.states.${state}`) }))}
            value={draft.states[word] ?? null}
            onChange={(state) => {
              const { [word]: _, ...others } = draft.states;
              change({ states: state ? { ...others, [word]: state } : others });
            }}
            clearable
          />
        ))}
      </div>
    </section>
  );
}

/** Where everything is to stand, whatever kind of file it is. */
export function PlaceForm({ draft, change }: Omit<Props, 'preview'>) {
  const { t } = useTranslation();
  return (
    <section className={style.block}>
      <h2>{t('imports.place.title')}</h2>
      <div className={style.fields}>
        <TextInput
          label={t('imports.place.customer')}
          description={t('imports.place.customer_help')}
          placeholder={t('import_words.unknown_customer')}
          value={draft.customer}
          maxLength={200}
          onChange={(event) => change({ customer: event.currentTarget.value })}
        />
        <TextInput
          label={t('imports.place.zone')}
          description={t('imports.place.zone_help')}
          value={draft.zone}
          maxLength={64}
          onChange={(event) => change({ zone: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        mt="md"
        label={t('imports.place.start_clocks')}
        description={t('imports.place.start_clocks_help')}
        checked={draft.start_clocks}
        onChange={(event) => change({ start_clocks: event.currentTarget.checked })}
      />
    </section>
  );
}
