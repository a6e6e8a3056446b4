import pg from 'pg';

/** Rows and a hash of every table, without what may change beside an act: last-seen marks, tries, stored verdicts. */
export class TableHashes {
  private readonly client: pg.Client;
  private sql = '';

  constructor(url: string) {
    this.client = new pg.Client({ connectionString: url });
  }

  async open(): Promise<void> {
    await this.client.connect();
    const { rows } = await this.client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where (schemaname = 'public' or (schemaname = 'graphile_worker' and tablename = '_private_jobs'))
        and tablename <> all ('{attempts,verdicts,migrations}')`,
    );
    const marks = `array['last_seen_at', 'last_used_at', 'expires_at', 'ip_address']`;
    this.sql = rows
      .map(({ name }) => {
        const row = /\.(sessions|api_keys)$/.test(name) ? `(to_jsonb(t) - ${marks})::text` : 't::text';
        // The one thing that a refused sign-in leaves: its line in the audit.
        const where =
          name === 'public.events' ? `where name not like 'sign\\_in.%' and name not like 'session.%'` : '';
        return `select '${name}' as table, count(*) as rows,
          md5(coalesce(string_agg(md5(${row}), '' order by md5(${row})), '')) as hash from ${name} t ${where}`;
      })
      .join(' union all ');
  }

  async read(): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ table: string; rows: number; hash: string }>(this.sql);
    return new Map(rows.map((row) => [row.table, `${row.rows} ${row.hash}`]));
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Names of the tables that differ. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before.keys()].filter((table) => before.get(table) !== after.get(table));
}
