import { ActionIcon, Badge } from '@mantine/core';
import { IconCheck, IconMinus, IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractView, CustomerPage } from '#domain/customers/commands.ts';
import { contractState, priorities } from '#domain/customers/contract.ts';
import { ActProblem } from '../ui/ErrorState.tsx';
import { useWords } from '../ui/use-words.ts';
import { wallOf } from '../ui/wall-time.ts';
import { useMay } from './api.ts';
import { ContractDialog } from './ContractDialog.tsx';
import { ContractEnd } from './ContractEnd.tsx';
import { CoveredItemDialog } from './CoveredItemDialog.tsx';
import style from './contracts.module.css';
import customersStyle from './customers.module.css';
import { Section } from './Section.tsx';
import { useCustomerAct } from './use-record.ts';
import { useWorkingTime } from './working-time-words.ts';

type Open = { what: 'new' } | { what: 'edit' | 'item'; contract: ContractView } | null;
type Props = { customer: CustomerPage; isChangeable: boolean };

/** What was agreed with this customer, what is in force now on top. */
export function ContractsSection({ customer, isChangeable }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Section
      title={t('contracts.title')}
      add={
        isChangeable &&
        may('contracts.create') && {
          label: t('contracts.create.title'),
          onAdd: () => setOpen({ what: 'new' }),
        }
      }
    >
      {customer.contracts.length === 0 && <p className="cp-soft">{t('contracts.empty')}</p>}
      {customer.contracts.map((contract) => (
        <Contract
          key={contract.id}
          customer={customer}
          contract={contract}
          isChangeable={isChangeable}
          onOpen={(what) => setOpen({ what, contract })}
        />
      ))}
      {open?.what === 'new' && <ContractDialog customer={customer} onClose={close} />}
      {open?.what === 'edit' && (
        <ContractDialog customer={customer} contract={open.contract} onClose={close} />
      )}
      {open?.what === 'item' && (
        <CoveredItemDialog customerId={customer.id} contract={open.contract} onClose={close} />
      )}
    </Section>
  );
}

type ContractProps = Props & { contract: ContractView; onOpen: (what: 'edit' | 'item') => void };

function Contract({ customer, contract, isChangeable, onOpen }: ContractProps) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useWords();
  const state = contractState(contract, wallOf(words.now, customer.zone).slice(0, 10));
  const included = [
    contract.hours_included !== null && t('contracts.included_hours', { count: contract.hours_included }),
    contract.cases_included !== null && t('contracts.included_cases', { count: contract.cases_included }),
  ].filter(Boolean);
  return (
    <article className={style.contract} data-state={state}>
      <header>
        <h3>{contract.name}</h3>
        <Badge variant="light" color={state === 'in_force' ? 'green' : 'gray'} tt="none">
          {t(`contracts.states.${state}`)}
        </Badge>
        {isChangeable && may('contracts.edit') && (
          <ActionIcon
            aria-label={t('contracts.edit.of', { name: contract.name })}
            onClick={() => onOpen('edit')}
          >
            <IconPencil size="1.15em" aria-hidden />
          </ActionIcon>
        )}
      </header>
      <div className={style.terms}>
        <span>
          {t('contracts.from', { date: words.date(contract.starts_on) })}
          <ContractEnd endsOn={contract.ends_on} />
        </span>
        <span>{t('contracts.in_calendar', { name: contract.calendar_name })}</span>
        {included.length > 0 && <span>{included.join(t('customers.list_comma'))}</span>}
      </div>
      <Targets contract={contract} />
      <CoveredItems
        customerId={customer.id}
        contract={contract}
        isChangeable={isChangeable}
        onAdd={() => onOpen('item')}
      />
    </article>
  );
}

function Targets({ contract }: { contract: ContractView }) {
  const { t } = useTranslation();
  const words = useWorkingTime();
  return (
    <table className={style.targetTable}>
      <caption>{t('contracts.targets_caption')}</caption>
      <thead>
        <tr>
          <td />
          {priorities.map((priority) => (
            <th key={priority} scope="col">
              {t(`contracts.priorities.${priority}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(['first_response', 'resolution'] as const).map((part) => (
          <tr key={part}>
            <th scope="row">{t(`contracts.targets.${part}`)}</th>
            {priorities.map((priority) => (
              <td key={priority}>{words(contract.targets[priority][part])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ItemsProps = { customerId: string; contract: ContractView; isChangeable: boolean; onAdd: () => void };

function CoveredItems({ customerId, contract, isChangeable, onAdd }: ItemsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const remove = useCustomerAct(customerId, t('contracts.items.removed'));
  return (
    <div className={style.covered}>
      <ul className={customersStyle.plain}>
        {contract.covered_items.map((item) => (
          <li key={item.id} data-covered={item.covered}>
            {item.covered ? <IconCheck size="1.1em" aria-hidden /> : <IconMinus size="1.1em" aria-hidden />}
            <span>
              {item.covered ? item.name : t('contracts.items.not_covered', { name: item.name })}
              {item.remark && <span className="cp-soft"> {item.remark}</span>}
            </span>
            {isChangeable && may('covered_items.remove') && (
              <ActionIcon
                size="sm"
                aria-label={t('contracts.items.remove', { name: item.name })}
                onClick={() =>
                  remove.mutate({
                    act: { method: 'POST', path: `/api/covered-items/${item.id}/remove`, body: {} },
                  })
                }
              >
                <IconX size="1em" aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {contract.covered_items.length === 0 && <p className="cp-soft">{t('contracts.items.empty')}</p>}
      {remove.error && <ActProblem error={remove.error} isKept={false} />}
      {isChangeable && may('covered_items.add') && (
        <button type="button" className={customersStyle.quiet} onClick={onAdd}>
          {t('contracts.items.add')}
        </button>
      )}
    </div>
  );
}
