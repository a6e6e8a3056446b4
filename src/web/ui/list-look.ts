import { useState } from 'react';
import { readStored, writeStored } from './device-storage.ts';

export type ListLook = { density: 'roomy' | 'compact'; columns: Record<string, boolean> };

/** A person's density and columns for one list, kept on the device. */
export function useListLook(name: string): [ListLook, (change: Partial<ListLook>) => void] {
  const [look, setLook] = useState<ListLook>(
    () => readStored<ListLook>(`list.${name}`) ?? { density: 'roomy', columns: {} },
  );
  const change = (part: Partial<ListLook>) => {
    const next = { ...look, ...part };
    writeStored(`list.${name}`, next);
    setLook(next);
  };
  return [look, change];
}

export function shownColumns<C extends { name: string; isMain?: boolean; isHidden?: boolean }>(
  columns: C[],
  look: ListLook,
): C[] {
  return columns.filter((column) => column.isMain || (look.columns[column.name] ?? !column.isHidden));
}
