import { Badge, Button, Group, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconHeartHandshake } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import { missingParts } from '#domain/promises/settling.ts';
import { ClockBadge } from '../ui/ClockBadge.tsx';
import { TimeText } from '../ui/TimeText.tsx';
import { CompletePromiseDialog } from './CompletePromiseDialog.tsx';
import { MovePromiseDialog } from './MovePromiseDialog.tsx';
import style from './PromiseCard.module.css';
import { SettlePromiseDialog } from './SettlePromiseDialog.tsx';

type Dialog = 'keep' | 'decline' | 'move' | 'complete' | null;

type Props = {
  promise: PromiseRow;
  /** In the ledger the card says whose ticket it belongs to; beside its own ticket it need not. */
  withTicket?: boolean;
};

/** The same small card wherever a promise stands: what, to whom, by whom, until when; one tap to kept. */
export function PromiseCard({ promise, withTicket = false }: Props) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const missing = promise.state === 'open' ? missingParts(promise) : [];
  return (
    <article
      className={style.card}
      data-state={promise.state}
      aria-label={t('promises.card', { words: promise.words })}
    >
      <div className={style.words}>
        <IconHeartHandshake size="1.2em" stroke={1.7} aria-hidden />
        <span>{promise.words}</span>
      </div>
      <PromiseFacts promise={promise} withTicket={withTicket} />
      {missing.length > 0 && (
        <div className={style.missing}>
          {t('promises.missing', {
            parts: missing.map((part) => t(`promises.parts.${part}`)).join(t('promises.and')),
          })}
        </div>
      )}
      {promise.state === 'open' && (
        <Group gap="xs" className={style.acts}>
          {missing.length > 0 ? (
            <Button size="xs" onClick={() => setDialog('complete')}>
              {t('promises.complete.open')}
            </Button>
          ) : (
            <Button
              size="xs"
              leftSection={<IconCheck size="1.1em" aria-hidden />}
              onClick={() => setDialog('keep')}
            >
              {t('promises.keep.open')}
            </Button>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                rightSection={<IconChevronDown size="1em" aria-hidden />}
              >
                {t('promises.otherwise')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {promise.due_at && (
                <Menu.Item onClick={() => setDialog('move')}>{t('promises.move.open')}</Menu.Item>
              )}
              <Menu.Item onClick={() => setDialog('decline')}>{t('promises.decline.open')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
      {(dialog === 'keep' || dialog === 'decline') && (
        <SettlePromiseDialog promise={promise} how={dialog} onClose={close} />
      )}
      {dialog === 'move' && <MovePromiseDialog promise={promise} onClose={close} />}
      {dialog === 'complete' && <CompletePromiseDialog promise={promise} onClose={close} />}
    </article>
  );
}

function PromiseFacts({ promise, withTicket }: { promise: PromiseRow; withTicket: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={style.facts}>
      {promise.state === 'open' && promise.due_at && <ClockBadge due={promise.due_at} />}
      {promise.state !== 'open' && (
        <Badge variant="light" color={promise.state === 'kept' ? 'green' : 'gray'}>
          {t(`promises.states.${promise.state}`)}
        </Badge>
      )}
      {promise.to_contact_name && <span>{t('promises.to', { name: promise.to_contact_name })}</span>}
      {promise.owner_name && <span>{t('promises.by', { name: promise.owner_name })}</span>}
      {promise.due_at && (
        <span>
          {t('promises.due')} <TimeText at={promise.due_at} zone={promise.customer_zone} />
        </span>
      )}
      {promise.moved_count > 0 && <span>{t('promises.moved', { count: promise.moved_count })}</span>}
      {promise.told_how && promise.told_at && (
        <span>
          {t(`promises.told.${promise.told_how}`)} <TimeText at={promise.told_at} />
        </span>
      )}
      {promise.decline_reason && (
        <span>{t('promises.declined_because', { reason: promise.decline_reason })}</span>
      )}
      {withTicket && (
        <Link to={`/tickets/${promise.subject_id}`} className={style.ticket}>
          {t('promises.at_ticket', { customer: promise.customer_name })}
        </Link>
      )}
    </div>
  );
}
