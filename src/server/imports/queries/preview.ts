import { Refusal } from '#domain/ground/refusal.ts';
import type { ImportPreview, PreviewImport } from '#domain/imports/commands.ts';
import type { ImportOptions } from '#domain/imports/mapping.ts';
import { presetFor } from '#domain/imports/presets.ts';
import type { Reject, SourceRecord, Teller, Told } from '#domain/imports/told.ts';
import type { Context } from '../../platform/context.ts';
import { FileStore } from '../../platform/files/store.ts';
import type { Settings } from '../../platform/settings.ts';
import { findImportedTickets } from '../../tickets/actions/import-tickets.ts';
import { refuseMissingColumns, tellerOf } from '../actions/run-import.ts';
import { refuseArchived } from '../actions/start-import.ts';
import { hasTicket, type TicketUnit, withoutArchived } from '../actions/write-batch.ts';
import { openSource } from '../reading/open-source.ts';

const shownRows = 5;
const shownRejects = 20;
// A look must be quick; a dry run of a longer file says that it saw its beginning only.
const mostRecords = 20_000;
const longestMs = 8_000;
const mostWords = 40;

/** What an uploaded file holds and, by a mapping, what would come in and what not; nothing is written. */
export function makePreview(settings: Settings) {
  return async (ctx: Context, { query }: { query: PreviewImport }): Promise<ImportPreview> => {
    const file = await ctx.db
      .selectFrom('files')
      .select(['name', 'sha256'])
      .where('id', '=', query.file_id)
      .where('uploaded_by_id', '=', ctx.actor.id)
      .executeTakeFirst();
    if (!file) throw new Refusal('not_found', 'files.not_found');
    const source = await openSource({
      path: new FileStore(settings.dataDir).pathOf(file.sha256),
      name: file.name,
    });
    try {
      const dryRun = query.options ? new DryRun(ctx, query.kind, query.options) : null;
      const rows: Record<string, string>[] = [];
      const words = new Map<string, Map<string, number>>();
      const started = Date.now();
      let isWhole = true;
      for await (const record of source.records) {
        if (record.index === 0) await dryRun?.begin(source.table().columns);
        if (rows.length < shownRows) rows.push(shortened(record));
        countWords(words, record);
        await dryRun?.take(record);
        if (record.index + 1 >= mostRecords || Date.now() - started > longestMs) {
          isWhole = false;
          break;
        }
      }
      const table = source.table();
      return {
        ...table,
        rows,
        preset: presetFor(table.columns),
        words: Object.fromEntries([...words].flatMap(([name, counts]) => fewWords(name, counts))),
        dry_run: dryRun ? await dryRun.end(isWhole) : null,
      };
    } finally {
      source.close();
    }
  };
}

function shortened({ fields }: SourceRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, text.slice(0, 200)]));
}

function countWords(words: Map<string, Map<string, number>>, { fields }: SourceRecord): void {
  for (const [name, text] of Object.entries(fields)) {
    const counts = words.get(name) ?? new Map<string, number>();
    words.set(name, counts);
    // What is long or has many values is no set of words; one more than fits says so.
    if (counts.size <= mostWords) counts.set(text.slice(0, 100), (counts.get(text.slice(0, 100)) ?? 0) + 1);
  }
}

function fewWords(name: string, counts: Map<string, number>): [string, string[]][] {
  if (counts.size > mostWords) return [];
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  return [[name, sorted.filter((word) => word !== '')]];
}

/** Tells the records as an import would and counts what comes of them. */
class DryRun {
  private readonly teller: Teller;
  private readonly result: NonNullable<ImportPreview['dry_run']>;
  private waiting = new Map<string, TicketUnit>();
  private readonly ctx: Context;
  private readonly kind: PreviewImport['kind'];
  private readonly options: ImportOptions;

  constructor(ctx: Context, kind: PreviewImport['kind'], options: ImportOptions) {
    this.ctx = ctx;
    this.kind = kind;
    this.options = options;
    this.teller = tellerOf(kind, options, ctx.now);
    this.result = {
      records: 0,
      tickets: 0,
      messages: 0,
      known: 0,
      rejected: 0,
      is_whole: true,
      reasons: {},
      rejects: [],
    };
  }

  async begin(columns: readonly string[]): Promise<void> {
    refuseMissingColumns(this.kind, columns, this.options.mapping);
    await refuseArchived(this.ctx, this.options);
  }

  async take(record: SourceRecord): Promise<void> {
    this.result.records += 1;
    await this.count(this.teller.take(record));
  }

  async end(isWhole: boolean) {
    await this.count(this.teller.end());
    await this.lookUp();
    return { ...this.result, is_whole: isWhole };
  }

  private async count(units: readonly Told[]): Promise<void> {
    for (const unit of units) {
      if (hasTicket(unit)) this.waiting.set(unit.ticket.key, unit);
      this.result.messages += unit.messages.length;
      for (const reject of unit.rejects) this.stayOut(reject);
    }
    if (this.waiting.size >= 1_000) await this.lookUp();
  }

  private stayOut(reject: Reject): void {
    this.result.rejected += 1;
    this.result.reasons[reject.reason] = (this.result.reasons[reject.reason] ?? 0) + 1;
    if (this.result.rejects.length < shownRejects) this.result.rejects.push(reject);
  }

  private async lookUp(): Promise<void> {
    const source = this.options.mapping?.source ?? this.kind;
    const known = await findImportedTickets(
      this.ctx,
      [...this.waiting.keys()].map((key) => `${source}:${key}`),
    );
    const fresh = [...this.waiting.values()].filter(({ ticket }) => !known.has(`${source}:${ticket.key}`));
    const { told, rejected } = await withoutArchived(this.ctx, fresh);
    for (const reject of rejected) this.stayOut(reject);
    for (const unit of fresh) if (!told.includes(unit)) this.result.messages -= unit.messages.length;
    this.result.known += known.size;
    this.result.tickets += told.length;
    this.waiting = new Map();
  }
}
