import { z } from 'zod';
import { id, instant, page, paging } from '../ground/text.ts';
import { ticketState } from '../tickets/ticket.ts';
import { type ImportOptions, importOptions } from './mapping.ts';
import { contradictionKinds } from './recounting.ts';

export const importKinds = ['conversations', 'incidents', 'tickets'] as const;
export const importKind = z.enum(importKinds);
export type ImportKind = z.infer<typeof importKind>;
export const importStates = ['running', 'done', 'failed', 'taking_back', 'taken_back'] as const;
export type ImportState = (typeof importStates)[number];

export const importParams = z.strictObject({ id });

function parsedOptions(text: string, ctx: z.RefinementCtx): ImportOptions {
  try {
    return importOptions.parse(JSON.parse(text));
  } catch {
    ctx.addIssue({ code: 'custom', message: 'options' });
    return z.NEVER;
  }
}

const count = z.number().int();
/** Why a whole import stopped: the code and blanks of a refusal. */
const failure = z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()) });

export const importRow = z.strictObject({
  id,
  kind: importKind,
  source: z.string(),
  file_name: z.string(),
  file_bytes: count,
  state: z.enum(importStates),
  failure: failure.nullable(),
  cursor_records: count,
  bytes_read: count,
  bytes_total: count,
  customers: count,
  contacts: count,
  tickets: count,
  messages: count,
  events: count,
  /** Tickets that were here already. */
  known: count,
  rejected: count,
  /** Tickets that stayed when it was taken back, because somebody had worked on them. */
  kept: count,
  started_by_name: z.string().nullable(),
  started_at: instant,
  finished_at: instant.nullable(),
  taken_back_at: instant.nullable(),
  taken_back_by_name: z.string().nullable(),
  updated_at: instant,
});
export type ImportRow = z.output<typeof importRow>;
export const importList = page(importRow);

export const keptTicket = z.strictObject({
  id,
  number: count,
  reference: z.string().nullable(),
  title: z.string(),
});
export const importPage = z.strictObject({
  ...importRow.shape,
  options: importOptions,
  kept_tickets: z.array(keptTicket),
});
export type ImportPage = z.output<typeof importPage>;

export const rejectRow = z.strictObject({
  id,
  line: count,
  reason: z.string(),
  params: z.record(z.string(), z.string()),
  raw: z.string(),
});
export type RejectRow = z.output<typeof rejectRow>;
export const listRejects = z.strictObject({ ...paging });
export const rejectList = page(rejectRow);

/** A look at an uploaded file: its columns and first rows, and, with a mapping, what an import would do. */
export const previewImport = z.strictObject({
  file_id: id,
  kind: importKind.default('tickets'),
  /** As JSON, since a look changes nothing and is therefore a GET. */
  options: z.string().max(8_000).transform(parsedOptions).optional(),
});
export type PreviewImport = z.output<typeof previewImport>;
export const importPreview = z.strictObject({
  format: z.enum(['csv', 'json_lines', 'xlsx']),
  encoding: z.string().nullable(),
  separator: z.string().nullable(),
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.string())),
  preset: z.string().nullable(),
  /** The words that stand in each column of few different ones, most frequent first. */
  words: z.record(z.string(), z.array(z.string())),
  dry_run: z
    .strictObject({
      records: count,
      tickets: count,
      messages: count,
      known: count,
      rejected: count,
      /** Whether the whole file was tried, or its beginning only. */
      is_whole: z.boolean(),
      reasons: z.record(z.string(), count),
      rejects: z.array(rejectRow.omit({ id: true })),
    })
    .nullable(),
});
export type ImportPreview = z.output<typeof importPreview>;

export const startImport = z.strictObject({ id, file_id: id, kind: importKind, options: importOptions });
export type StartImport = z.output<typeof startImport>;
export const nothing = z.strictObject({});

/** How what we count from imported events agrees with the source's own counters. */
export const comparison = z.strictObject({
  incidents: count,
  events: count,
  states: z.record(z.string(), count),
  not_begun_as_new: count,
  reopenings: z.strictObject({ ours: count, source: count, agreeing_incidents: count }),
  reassignments: z.strictObject({ ours: count, source: count, agreeing_incidents: count }),
  contradictions: z.partialRecord(z.enum(contradictionKinds), count),
  places: z.array(z.strictObject({ incident: z.string(), line: count, kind: z.enum(contradictionKinds) })),
});
export type Comparison = z.output<typeof comparison>;

export const importedEvent = z.strictObject({
  id,
  state: ticketState,
  source_state: z.string(),
  actor_name: z.string().nullable(),
  happened_at: instant,
  group: z.string().nullable(),
  assigned_to: z.string().nullable(),
});
export type ImportedEvent = z.output<typeof importedEvent>;
export const importedHistory = z.strictObject({
  import_id: id.nullable(),
  reference: z.string().nullable(),
  items: z.array(importedEvent),
  next: z.string().nullable(),
});
export type ImportedHistory = z.output<typeof importedHistory>;
