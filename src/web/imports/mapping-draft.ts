import type { ImportKind, ImportPreview } from '#domain/imports/commands.ts';
import {
  type ImportOptions,
  importOptions,
  type MappedField,
  type Mapping,
} from '#domain/imports/mapping.ts';
import { mappingFrom, type PresetName } from '#domain/imports/presets.ts';
import type { KeptFile } from '../ui/FileDrop.tsx';

/** What somebody has chosen so far; kept as a draft until the import begins. */
export type ImportDraft = {
  files: KeptFile[];
  kind: ImportKind;
  preset: string;
  source: string;
  columns: Partial<Record<MappedField, string | string[]>>;
  states: Record<string, string>;
  priorities: Record<string, number>;
  kinds: Record<string, string>;
  date_order: 'dmy' | 'mdy';
  zone: string;
  customer: string;
  start_clocks: boolean;
};

export const emptyDraft: ImportDraft = {
  files: [],
  kind: 'tickets',
  preset: '',
  source: '',
  columns: {},
  states: {},
  priorities: {},
  kinds: {},
  date_order: 'dmy',
  zone: 'Asia/Shanghai',
  customer: '',
  start_clocks: false,
};

const plain = (word: string) => word.trim().toLowerCase();

/** What a preset proposes for this file: its columns and the words that stand in it. */
export function proposalOf(name: string, preview: ImportPreview): Partial<ImportDraft> {
  const found = mappingFrom(name as PresetName, preview.columns);
  if (!found) return { preset: name };
  const column = found.columns.state;
  const words = column ? (preview.words[column] ?? []) : [];
  const states = Object.fromEntries(
    words.flatMap((word) => {
      const ours = found.states[plain(word)];
      return ours ? [[word, ours]] : [];
    }),
  );
  return {
    preset: name,
    source: found.source,
    columns: found.columns as ImportDraft['columns'],
    states,
    priorities: found.priorities,
    kinds: found.kinds,
    date_order: found.date_order,
  };
}

/** The options that a draft comes to, or null while something is missing. */
export function optionsFrom(
  draft: ImportDraft,
  names: { customer: string; contact: string },
): ImportOptions | null {
  const mapping =
    draft.kind === 'tickets'
      ? ({
          source: draft.source,
          columns: draft.columns,
          states: draft.states,
          // Without a column of states everything that came is history.
          other_states: draft.columns.state ? null : 'closed',
          priorities: draft.priorities,
          kinds: draft.kinds,
          date_order: draft.date_order,
        } as unknown as Mapping)
      : null;
  const read = importOptions.safeParse({
    zone: draft.zone,
    customer: { name: draft.customer.trim() || names.customer },
    unknown_contact: names.contact,
    start_clocks: draft.start_clocks,
    mapping,
  });
  return read.success ? read.data : null;
}
