import { ActionIcon, Badge, Menu } from '@mantine/core';
import { IconDots, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import type { ContactView, CustomerPage } from '#domain/customers/commands.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { AccessDialog } from './AccessDialog.tsx';
import { useMay } from './api.ts';
import { ContactDialog } from './ContactDialog.tsx';
import customersStyle from './customers.module.css';
import { type Invitation, InvitationDialog } from './InvitationDialog.tsx';
import { LeavingDialog } from './LeavingDialog.tsx';
import style from './people.module.css';
import { Section } from './Section.tsx';
import { StakeholderPicture } from './StakeholderPicture.tsx';
import { useCustomerAct, useInvite } from './use-record.ts';

type Open = { what: 'new' } | { what: 'edit' | 'access' | 'leave'; contact: ContactView } | null;
type Props = { customer: CustomerPage; isChangeable: boolean };

/** The customer's people: who plays which part, how to reach them, who is in the portal. */
export function PeopleSection({ customer, isChangeable }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [withLeft, setWithLeft] = useState(false);
  const present = customer.contacts.filter((contact) => contact.left_at === null);
  const left = customer.contacts.filter((contact) => contact.left_at !== null);
  const close = () => setOpen(null);
  return (
    <Section
      title={t('contacts.title')}
      count={present.length}
      add={
        isChangeable &&
        may('contacts.create') && { label: t('contacts.create.title'), onAdd: () => setOpen({ what: 'new' }) }
      }
    >
      {present.length > 0 && <StakeholderPicture contacts={present} />}
      {present.length === 0 && <p className="cp-soft">{t('contacts.empty')}</p>}
      <ul className={customersStyle.rows}>
        {[...present, ...(withLeft ? left : [])].map((contact) => (
          <ContactRow
            key={contact.id}
            customer={customer}
            contact={contact}
            isChangeable={isChangeable && contact.left_at === null}
            onOpen={(what) => setOpen({ what, contact })}
            onInvited={setInvitation}
          />
        ))}
      </ul>
      {left.length > 0 && (
        <button type="button" className={customersStyle.quiet} onClick={() => setWithLeft(!withLeft)}>
          {withLeft ? t('contacts.hide_left') : t('contacts.show_left', { count: left.length })}
        </button>
      )}
      {open?.what === 'new' && <ContactDialog customer={customer} onClose={close} />}
      {open?.what === 'edit' && <ContactDialog customer={customer} contact={open.contact} onClose={close} />}
      {open?.what === 'access' && (
        <AccessDialog customerId={customer.id} contact={open.contact} onClose={close} />
      )}
      {open?.what === 'leave' && (
        <LeavingDialog customerId={customer.id} contact={open.contact} onClose={close} />
      )}
      {invitation && <InvitationDialog invitation={invitation} onClose={() => setInvitation(null)} />}
    </Section>
  );
}

type RowProps = {
  customer: CustomerPage;
  contact: ContactView;
  isChangeable: boolean;
  onOpen: (what: 'edit' | 'access' | 'leave') => void;
  onInvited: (invitation: Invitation) => void;
};

function ContactRow({ customer, contact, isChangeable, onOpen, onInvited }: RowProps) {
  const { t } = useTranslation();
  const site = customer.sites.find(({ id }) => id === contact.site_id);
  const invite = useInvite({ kind: 'customer', id: customer.id });
  const [invitationId] = useState(uuidv7);
  const shut = useCustomerAct(customer.id);
  const onInvite = () =>
    invite.mutate(
      { path: `/api/contacts/${contact.id}/invite`, invitation_id: invitationId },
      {
        onSuccess: (sent) =>
          sent.link === null
            ? say({ text: t('contacts.invite.reopened', { name: contact.name }) })
            : onInvited({ name: contact.name, link: sent.link, expires_at: sent.expires_at }),
      },
    );
  const onShut = () =>
    shut.mutate({
      act: { method: 'POST', path: `/api/contacts/${contact.id}/end-access`, body: {} },
      done: () => say({ text: t('contacts.end_access.done', { name: contact.name }), undo: onInvite }),
    });
  return (
    <li className={style.person} data-left={contact.left_at !== null}>
      <div className={style.personMain}>
        <div className={style.personName}>
          <strong>{contact.name}</strong>
          {contact.form_of_address && <span className="cp-soft">{contact.form_of_address}</span>}
          <span className="cp-soft">{[contact.title, site?.name].filter(Boolean).join(' · ')}</span>
        </div>
        <div className={style.marks}>
          {contact.roles.map((role) => (
            <Badge key={role} variant="light" color="gray" tt="none">
              {t(`contacts.roles.${role}`)}
            </Badge>
          ))}
          <span className="cp-soft">
            {t('contacts.write_with', { level: t(`contacts.reader_levels.${contact.reader_level}`) })}
          </span>
          <PortalMark contact={contact} />
        </div>
        <div className={style.reach}>
          {contact.phone && <a href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</a>}
          {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
          {contact.preferred_channel && (
            <span className="cp-soft">
              {t('contacts.prefers', { channel: t(`contacts.channels.${contact.preferred_channel}`) })}
            </span>
          )}
        </div>
        {(invite.error ?? shut.error) && <ActProblem error={invite.error ?? shut.error} isKept={false} />}
      </div>
      {isChangeable && (
        <ContactMenu
          contact={contact}
          isBusy={invite.isPending || shut.isPending}
          onOpen={onOpen}
          onInvite={onInvite}
          onShut={onShut}
        />
      )}
    </li>
  );
}

function PortalMark({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  if (contact.left_at !== null) return <span className="cp-soft">{t('contacts.left')}</span>;
  if (contact.portal === 'none') return <span className="cp-soft">{t('contacts.portal.none')}</span>;
  const sees = contact.portal === 'active' ? t(`contacts.sees.${contact.sees}`) : null;
  return (
    <span className={style.portal} data-state={contact.portal}>
      <IconKey size="1em" stroke={1.9} aria-hidden />
      {[
        t(`contacts.portal.${contact.portal}`),
        sees,
        contact.is_customer_administrator && t('contacts.manages_people'),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

type MenuProps = {
  contact: ContactView;
  isBusy: boolean;
  onOpen: RowProps['onOpen'];
  onInvite: () => void;
  onShut: () => void;
};

function ContactMenu({ contact, isBusy, onOpen, onInvite, onShut }: MenuProps) {
  const { t } = useTranslation();
  const may = useMay();
  const isIn = contact.portal === 'active';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('customers.more', { name: contact.name })} loading={isBusy}>
          <IconDots size="1.25em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may('contacts.edit') && (
          <Menu.Item onClick={() => onOpen('edit')}>{t('contacts.edit.act')}</Menu.Item>
        )}
        {may('contacts.invite') && !isIn && (
          <Menu.Item onClick={onInvite} disabled={contact.email === null}>
            {contact.email === null
              ? t('contacts.invite.needs_email')
              : t(`contacts.invite.act_${contact.portal}`)}
          </Menu.Item>
        )}
        {may('contacts.set_access') && (
          <Menu.Item onClick={() => onOpen('access')}>{t('contacts.access.open')}</Menu.Item>
        )}
        {may('contacts.end_access') && (isIn || contact.portal === 'invited') && (
          <Menu.Item onClick={onShut}>{t('contacts.end_access.act')}</Menu.Item>
        )}
        {may('contacts.leave') && (
          <Menu.Item onClick={() => onOpen('leave')}>{t('contacts.leave.act')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
