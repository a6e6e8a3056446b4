import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type TicketKind, ticketKinds } from '#domain/tickets/ticket.ts';
import style from './AskForm.module.css';

type Props = {
  kind: TicketKind;
  siteId: string | null;
  sites: { id: string; name: string }[];
  onKind: (kind: TicketKind) => void;
  onSite: (id: string | null) => void;
};

const nowhere = 'none';

/** What a customer may say more exactly: what kind of matter it is, and where. */
export function AskDetails({ kind, siteId, sites, onKind, onSite }: Props) {
  const { t } = useTranslation();
  return (
    <div className={style.details}>
      <Select
        label={t('portal.ask.kind')}
        allowDeselect={false}
        data={ticketKinds.map((value) => ({ value, label: t(`portal.ask.kind_${value}`) }))}
        value={kind}
        onChange={(value) => value && onKind(value as TicketKind)}
      />
      {sites.length > 0 && (
        <Select
          label={t('portal.ask.site')}
          searchable={sites.length > 8}
          allowDeselect={false}
          data={[
            { value: nowhere, label: t('portal.ask.site_none') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={siteId ?? nowhere}
          onChange={(value) => onSite(value === nowhere ? null : value)}
        />
      )}
    </div>
  );
}
