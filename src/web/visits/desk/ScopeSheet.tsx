import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconEqualNot, IconPencil, IconPlus } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  filledColumns,
  type ScopeObjection,
  type ScopeRow,
  scopeDifferences,
  scopeRows,
  unlikeRows,
} from '#domain/visits/scope.ts';
import type { VisitPage } from '#domain/visits/views.ts';
import type { ScopeColumn, ScopeParty, Visit } from '#domain/visits/visit.ts';
import { scopeParties } from '#domain/visits/visit.ts';
import { useMay } from '../../app/session.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { lazyPart } from '../../ui/the-rest.ts';
import { useMayAct } from '../may-act.ts';
import style from './scope.module.css';
import { differenceWords } from './scope-words.ts';
import { VisitSection } from './VisitSection.tsx';
import page_style from './visit-page.module.css';

const ScopeDialog = lazyPart(() => import('./ScopeDialog.tsx'), 'ScopeDialog');

/** Sales says what was sold; leads and the visit's engineer may write down any of the three. */
function useScopeParties(visit: Visit): readonly ScopeParty[] {
  const may = useMay('visits.set_scope');
  const { mayAct, sells } = useMayAct(visit);
  if (!may || visit.state === 'cancelled') return [];
  if (mayAct) return scopeParties;
  return sells ? ['sales'] : [];
}

const rowOf: Partial<Record<ScopeObjection['code'], ScopeRow>> = {
  hours_apart: 'hours',
  night_one_sided: 'night',
  verification_one_sided: 'verification',
};

/** What three sides say the visit is to be, side by side; where they differ, a shape and words stand beside the row. */
export function ScopeSheet({ page }: { page: VisitPage }) {
  const { t } = useTranslation();
  const { visit } = page;
  const parties = useScopeParties(visit);
  const [editing, setEditing] = useState<ScopeParty | null>(null);
  const differences = scopeDifferences(visit);
  const unlike = unlikeRows(visit);
  return (
    <VisitSection name="scope" title={t('visits.scope.title')} state={<SheetState visit={visit} />}>
      <table className={style.sheet}>
        <thead>
          <tr>
            <td />
            {scopeParties.map((party) => (
              <th key={party} scope="col">
                <span className={style.party}>
                  {t(`visits.parties.${party}`)}
                  {visit[`scope_${party}`] && parties.includes(party) && (
                    <ActionIcon
                      aria-label={t('visits.scope.edit', { party: t(`visits.parties.${party}`) })}
                      onClick={() => setEditing(party)}
                    >
                      <IconPencil size="1.1em" aria-hidden />
                    </ActionIcon>
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scopeRows.map((row, index) => {
            const found = differences.find(({ code }) => rowOf[code] === row);
            return (
              <tr key={row} data-differs={found !== undefined || undefined}>
                <th scope="row">
                  {t(`visits.scope.rows.${row}`)}
                  {found && (
                    <span className={style.difference}>
                      <IconEqualNot size="1.1em" stroke={1.9} aria-hidden />
                      {differenceWords(found, t)}
                    </span>
                  )}
                  {!found && unlike.includes(row) && (
                    <span className={style.unlike}>
                      <IconEqualNot size="1.1em" stroke={1.9} aria-hidden />
                      {t('visits.scope.unlike')}
                    </span>
                  )}
                </th>
                {scopeParties.map((party) => {
                  const column = visit[`scope_${party}`];
                  if (column === null)
                    return index === 0 ? (
                      <MissingCell
                        key={party}
                        party={party}
                        onFill={parties.includes(party) ? () => setEditing(party) : undefined}
                      />
                    ) : null;
                  return (
                    <td key={party}>
                      <Cell row={row} column={column} /> <Deviation {...{ party, column, found }} />
                    </td>
                  );
                })}
              </tr>
            );
          })}
          <tr>
            <th scope="row">{t('visits.scope.rows.said_by')}</th>
            {scopeParties.map((party) => {
              const column = visit[`scope_${party}`];
              return (
                column && (
                  <td key={party} className={style.said}>
                    {column.said_by} · <TimeText at={column.said_at} />
                  </td>
                )
              );
            })}
          </tr>
        </tbody>
      </table>
      {parties.length === 1 && <p className={style.below}>{t('visits.scope.only_own')}</p>}
      <Suspense>
        {editing && <ScopeDialog page={page} party={editing} onClose={() => setEditing(null)} />}
      </Suspense>
    </VisitSection>
  );
}

function SheetState({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const differences = scopeDifferences(visit);
  if (filledColumns(visit).length < 2) return <span className="cp-soft">{t('visits.scope.waits')}</span>;
  if (differences.length > 0)
    return (
      <span className={style.difference}>
        <IconEqualNot size="1.1em" stroke={1.9} aria-hidden />
        {t('visits.scope.differ', { count: differences.length })}
      </span>
    );
  const unlike = unlikeRows(visit).length;
  if (unlike > 0)
    return <span className="cp-soft">{t('visits.scope.in_other_words', { count: unlike })}</span>;
  return (
    <span className={page_style.good}>
      <IconCheck size="1.1em" stroke={2} aria-hidden />
      {t('visits.scope.agree')}
    </span>
  );
}

/** One empty field beside the rows of the others, so that a missing side is seen as missing. */
function MissingCell({ party, onFill }: { party: ScopeParty; onFill: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <td rowSpan={5} className={style.missing}>
      <p>{t('visits.scope.missing')}</p>
      {onFill && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size="1.1em" aria-hidden />}
          onClick={onFill}
        >
          {t('visits.scope.fill', { party: t(`visits.parties.${party}`) })}
        </Button>
      )}
    </td>
  );
}

function Cell({ row, column }: { row: ScopeRow; column: ScopeColumn }): ReactNode {
  const { t } = useTranslation();
  if (row === 'what') return <span className={style.words}>{column.what}</span>;
  if (row === 'hours') return t('visits.scope.hours', { hours: column.hours });
  if (row === 'night') return t(column.night ? 'visits.scope.night_yes' : 'visits.scope.night_no');
  if (column.verification.trim() === '')
    return <span className="cp-soft">{t('visits.scope.verification_none')}</span>;
  return <span className={style.words}>{column.verification}</span>;
}

/** In the cell itself: which of the sides stands alone. */
function Deviation(props: { party: ScopeParty; column: ScopeColumn; found: ScopeObjection | undefined }) {
  const { t } = useTranslation();
  const { party, column, found } = props;
  const key = (() => {
    if (found?.code === 'hours_apart') {
      if (column.hours === found.smaller) return 'least';
      return column.hours === found.larger ? 'most' : null;
    }
    if (!found || !('named_by' in found)) return null;
    const isNamed = found.named_by.includes(party);
    if (isNamed) return found.named_by.length === 1 ? 'only_here' : null;
    return found.named_by.length > 1 ? 'only_not_here' : null;
  })();
  return key && <span className={style.deviation}>{t(`visits.scope.${key}`)}</span>;
}
