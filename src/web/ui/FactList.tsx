import type { ReactNode } from 'react';
import style from './FactList.module.css';

export type Fact = { label: string; value: ReactNode; key?: string };

/** Facts as pairs; a fact without a value is left out rather than shown empty. */
export function FactList({
  facts,
  stacked = false,
}: {
  facts: (Fact | null | false | undefined)[];
  stacked?: boolean;
}) {
  const shown = facts.filter(
    (fact): fact is Fact =>
      Boolean(fact) && (fact as Fact).value !== null && (fact as Fact).value !== undefined,
  );
  return (
    <dl className={`${style.facts} ${stacked ? style.stacked : ''}`}>
      {shown.map((fact) => (
        <div key={fact.key ?? fact.label} style={{ display: 'contents' }}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
