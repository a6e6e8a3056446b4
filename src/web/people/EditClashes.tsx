import type { ReactNode } from 'react';
import { ClashView } from '../ui/ClashView.tsx';

type Edit = {
  clashes: { field: string; theirs: unknown; yours: unknown }[];
  takeMine: (field: string) => void;
  takeTheirs: (field: string) => void;
};

/** The clashes of a form in its own words. */
export function EditClashes({
  edit,
  labelOf,
  show = (_, value) => String(value ?? '—'),
}: {
  edit: Edit;
  labelOf: (field: string) => string;
  show?: (field: string, value: unknown) => ReactNode;
}) {
  if (edit.clashes.length === 0) return null;
  return (
    <ClashView
      clashes={edit.clashes.map(({ field, yours, theirs }) => ({
        field,
        label: labelOf(field),
        yours: show(field, yours),
        theirs: show(field, theirs),
      }))}
      onTakeMine={edit.takeMine}
      onTakeTheirs={edit.takeTheirs}
    />
  );
}
