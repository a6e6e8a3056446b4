import { type Reject, rejectOf, type SourceRecord, type Teller, type Told } from './told.ts';

/** A record as a row of one ticket; rows of one `part` (a comment) belong together. */
export type TicketRow<Row> = { key: string; part: string; row: Row };

// A ticket of more rows than this comes in by parts, at the next end of a comment; at the latest here, whatever the
// file holds, so that no file fills the memory.
const rowsOfAPart = 2_000;
const mostRows = 20_000;
const mostCharacters = 4_000_000;

/** Gathers the rows of one ticket that stand together and tells them at once. */
export function groupingTeller<Row>(rules: {
  read(record: SourceRecord): TicketRow<Row> | Reject;
  tell(key: string, rows: Row[]): Omit<Told, 'through'>;
}): Teller {
  let key: string | null = null;
  let part = '';
  let rows: Row[] = [];
  let rejects: Reject[] = [];
  let characters = 0;
  let through = -1;

  const flush = (): Told[] => {
    if (rows.length === 0 && rejects.length === 0) return [];
    const told =
      key !== null && rows.length > 0
        ? rules.tell(key, rows)
        : { ticket: null, messages: [], events: [], rejects: [] };
    const unit = { ...told, rejects: [...rejects, ...told.rejects], through };
    rows = [];
    rejects = [];
    characters = 0;
    return [unit];
  };

  return {
    take(record) {
      const read = record.flaw ? rejectOf(record, record.flaw) : rules.read(record);
      if ('reason' in read) {
        through = record.index;
        rejects.push(read);
        return rejects.length >= rowsOfAPart ? flush() : [];
      }
      const isFull =
        (rows.length >= rowsOfAPart && read.part !== part) ||
        rows.length >= mostRows ||
        characters >= mostCharacters;
      const done = read.key !== key || isFull ? flush() : [];
      key = read.key;
      part = read.part;
      rows.push(read.row);
      for (const text of Object.values(record.fields)) characters += text.length;
      through = record.index;
      return done;
    },
    end: flush,
  };
}
