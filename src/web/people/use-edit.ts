import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../ui/api-client.ts';
import type { ProblemError } from '../ui/problem.ts';

type Values = Record<string, unknown>;
type ServerClash = { field: string; theirs: unknown; yours: unknown };

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * A form over a row that others may be editing too: sends only what was changed, with what it was based on, and
 * keeps both values of a field that somebody else changed meanwhile until a person chose one.
 */
export function useEdit<V extends Values, Result>(options: {
  row: V;
  path: string;
  onSaved?: (result: Result) => void;
}) {
  const [base, setBase] = useState<Values>(options.row);
  const [values, setValues] = useState<V>(options.row);
  const [clashes, setClashes] = useState<ServerClash[]>([]);
  const changes = Object.fromEntries(
    Object.keys(values)
      .filter((field) => !same(values[field], base[field]))
      .map((field) => [field, { from: base[field], to: values[field] }]),
  );
  const save = useMutation<Result, ProblemError, Values>({
    mutationFn: (given) => send<Result>({ method: 'PATCH', path: options.path, body: { changes: given } }),
    onSuccess: (result) => {
      setBase(values);
      setClashes([]);
      options.onSaved?.(result);
    },
    onError: (problem) => {
      if (problem.code === 'ground.clash') setClashes(problem.params.clashes as ServerClash[]);
    },
  });
  const settle = (field: string, mine: boolean) => {
    const clash = clashes.find((one) => one.field === field);
    if (!clash) return;
    setBase((before) => ({ ...before, [field]: clash.theirs }));
    if (!mine) setValues((before) => ({ ...before, [field]: clash.theirs }));
    setClashes((before) => before.filter((one) => one.field !== field));
    save.reset();
  };
  return {
    values,
    set: (part: Partial<V>) => setValues((before) => ({ ...before, ...part })),
    isChanged: Object.keys(changes).length > 0,
    save: () => save.mutate(changes),
    isSaving: save.isPending,
    problem: clashes.length > 0 ? null : save.error,
    clashes,
    takeMine: (field: string) => settle(field, true),
    takeTheirs: (field: string) => settle(field, false),
  };
}
