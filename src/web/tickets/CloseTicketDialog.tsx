import { Alert, Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PromiseRow } from '#domain/promises/commands.ts';
import type { TicketPage } from '#domain/tickets/commands.ts';
import { type Outcome, outcomes } from '#domain/tickets/ticket.ts';
import type { VisitState } from '#domain/visits/visit.ts';
import { PromiseCard } from '../promises/PromiseCard.tsx';
import { useDraft } from '../ui/drafts.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { say } from '../ui/undo.ts';
import { visitsOfTicketQuery } from '../visits/api.ts';
import { ComingVisits } from '../visits/desk/ComingVisits.tsx';
import { useTicketAct } from './api.ts';
import { readerOf } from './person-words.ts';
import style from './TicketScreen.module.css';

type Props = { ticket: TicketPage; promises: PromiseRow[]; onClose: () => void };
const notThere: readonly VisitState[] = ['planned', 'dispatched', 'travelling'];
type Closing = { outcome: Outcome; done_for_customer: string };

/**
 * Closing: what was promised and who is still to travel stands first and can be settled on the spot; then how it ended, and what was done,
 * in words that the customer will read.
 */
export function CloseTicketDialog({ ticket, promises, onClose }: Props) {
  const { t } = useTranslation();
  const unsettled = promises.filter((promise) => promise.state === 'open');
  const { data: visits } = useQuery(visitsOfTicketQuery(ticket.id));
  const coming = (visits?.items ?? []).filter(({ state }) => notThere.includes(state));
  const isInTheWay = unsettled.length + coming.length > 0;
  const draft = useDraft<Closing>(`ticket:${ticket.id}:close`, {
    outcome: ticket.kind === 'incident' || ticket.kind === 'service_request' ? 'solved' : 'answered',
    done_for_customer: '',
  });
  const close = useTicketAct<Closing>(
    ticket.id,
    (body) => ({ path: `/api/tickets/${ticket.id}/close`, body }),
    {
      onDone: () => {
        draft.clear();
        say({ text: t('tickets.close.done', { number: ticket.number }) });
        onClose();
      },
    },
  );
  const { value, change } = draft;
  const isReady = value.done_for_customer.trim() !== '';
  return (
    <Modal opened onClose={onClose} size="lg" title={t('tickets.close.title', { number: ticket.number })}>
      {unsettled.length > 0 && (
        <Alert
          color="yellow"
          variant="light"
          mb="lg"
          icon={<IconHeartHandshake aria-hidden />}
          title={t('tickets.close.unsettled', { count: unsettled.length })}
        >
          <p style={{ marginBottom: 10 }}>{t('tickets.close.unsettled_next')}</p>
          <ul className={style.cards}>
            {unsettled.map((promise) => (
              <li key={promise.id}>
                <PromiseCard promise={promise} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {coming.length > 0 && <ComingVisits visits={coming} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) close.mutate(value);
        }}
      >
        <Stack>
          <Radio.Group
            label={t('tickets.close.outcome')}
            value={value.outcome}
            onChange={(outcome) => change((before) => ({ ...before, outcome: outcome as Outcome }))}
          >
            <Stack gap="xs" mt={6}>
              {outcomes.map((outcome) => (
                <Radio
                  key={outcome}
                  value={outcome}
                  label={t(`tickets.outcomes.${outcome}`)}
                  description={t(`tickets.outcome_help.${outcome}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('tickets.close.done_for_customer')}
            description={t('tickets.close.done_help', { reader: readerOf(ticket, t) })}
            autosize
            minRows={3}
            data-autofocus={!isInTheWay || undefined}
            maxLength={4_000}
            value={value.done_for_customer}
            onChange={(event) => {
              const done_for_customer = event.currentTarget.value;
              change((before) => ({ ...before, done_for_customer }));
            }}
          />
          <ActProblem error={close.error} />
          <Group>
            <Button type="submit" loading={close.isPending} disabled={!isReady || isInTheWay}>
              {t('tickets.close.act')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            {unsettled.length > 0 && <span className="cp-soft">{t('tickets.close.settle_first')}</span>}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
