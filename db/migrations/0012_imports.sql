-- Imports: other desks' history. What came in names its import and the source's own key, so that a second run adds
-- nothing and an import can be taken back whole.

create table imports (
  id uuid primary key,
  kind text not null check (kind in ('conversations', 'incidents', 'tickets')),
  -- The desk it comes from: a key of the source is unique within it.
  source text not null check (source ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  file_name text not null check (length(file_name) between 1 and 255),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_bytes bigint not null check (file_bytes >= 0),
  -- The uploaded bytes of an import from the browser; the command reads its file where it lies.
  file_id uuid references files (id),
  options jsonb not null,
  state text not null check (state in ('running', 'done', 'failed', 'taking_back', 'taken_back')),
  failure jsonb,
  -- Records of the file that are done with, and how much of it was read; written with the rows they became.
  cursor_records bigint not null default 0 check (cursor_records >= 0),
  bytes_read bigint not null default 0,
  bytes_total bigint not null default 0,
  customers bigint not null default 0,
  contacts bigint not null default 0,
  tickets bigint not null default 0,
  messages bigint not null default 0,
  events bigint not null default 0,
  known bigint not null default 0,
  rejected bigint not null default 0,
  kept bigint not null default 0,
  started_by_id uuid references users (id),
  started_at timestamptz not null,
  finished_at timestamptz,
  taken_back_at timestamptz,
  taken_back_by_id uuid references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((state = 'failed') = (failure is not null))
);
create unique index imports_running_key on imports (source, file_sha256) where state = 'running';
create index imports_file_idx on imports (file_id) where file_id is not null;

-- Rows that could not come in: where they stand in the file, why, and the row itself.
create table import_rejects (
  id uuid primary key,
  import_id uuid not null references imports (id),
  line bigint not null,
  reason text not null check (length(reason) between 1 and 60),
  params jsonb not null default '{}',
  raw text not null check (length(raw) <= 2000),
  created_at timestamptz not null
);
create index import_rejects_import_idx on import_rejects (import_id, id);

-- What another desk recorded of a ticket. Not in `events`: those are acts here, and are never changed or removed.
create table imported_events (
  id uuid primary key,
  import_id uuid not null references imports (id),
  ticket_id uuid not null,
  customer_id uuid not null,
  source_key text not null unique check (length(source_key) <= 300),
  line bigint not null,
  -- Ours, and the source's own word for it.
  state text not null check (state in ('new', 'open', 'waiting_on_customer', 'closed')),
  source_state text not null check (length(source_state) <= 200),
  actor_name text check (length(actor_name) <= 200),
  happened_at timestamptz not null,
  data jsonb not null default '{}',
  created_at timestamptz not null,
  foreign key (customer_id, ticket_id) references tickets (customer_id, id)
);
create index imported_events_ticket_idx on imported_events (customer_id, ticket_id);
create index imported_events_history_idx on imported_events (ticket_id, id);
create index imported_events_import_idx on imported_events (import_id);

do $$ declare t text; begin
  foreach t in array array['imports','import_rejects','imported_events'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on imports to copperpea_app;
grant select, insert, delete on import_rejects, imported_events to copperpea_app;

-- What came in by an import says by which, and under which key the source knew it.
alter table customers add column import_id uuid;
alter table contacts add column import_id uuid, add column source_key text check (length(source_key) <= 300);
alter table tickets add column import_id uuid, add column source_key text check (length(source_key) <= 300),
  -- The number by which the other desk knew it; people still say it.
  add column reference text check (length(reference) between 1 and 100);
alter table messages add column import_id uuid, add column source_key text check (length(source_key) <= 300);
create index customers_import_idx on customers (import_id) where import_id is not null;
create index contacts_import_idx on contacts (import_id) where import_id is not null;
create unique index contacts_source_key on contacts (source_key) where source_key is not null;
create index tickets_import_idx on tickets (import_id, id) where import_id is not null;
create unique index tickets_source_key on tickets (source_key) where source_key is not null;
create index tickets_reference_idx on tickets (lower(reference) text_pattern_ops) where reference is not null;
create index messages_import_idx on messages (import_id) where import_id is not null;
create unique index messages_source_key on messages (source_key) where source_key is not null;

alter table tickets drop constraint tickets_channel_check, add constraint tickets_channel_check
  check (channel in ('portal', 'desk', 'api', 'phone', 'mail', 'import'));
-- How a ticket ended at another desk is not always known, and nothing is made up for it.
alter table tickets drop constraint tickets_check1, add constraint tickets_check1
  check (state <> 'closed' or channel = 'import' or (done_for_customer is not null and outcome is not null));

-- Taking an import back is the only deleting there is, and reaches nothing that did not come by one.
grant delete on customers, contacts, tickets, messages, ticket_clocks to copperpea_app;
create policy only_imported on customers as restrictive for delete to copperpea_app using (import_id is not null);
create policy only_imported on contacts as restrictive for delete to copperpea_app using (import_id is not null);
create policy only_imported on tickets as restrictive for delete to copperpea_app using (import_id is not null);
create policy only_imported on messages as restrictive for delete to copperpea_app using (import_id is not null);
create policy only_imported on ticket_clocks as restrictive for delete to copperpea_app
  using (exists (select 1 from tickets where tickets.id = ticket_clocks.ticket_id and tickets.import_id is not null));
-- A contact's own words never pass for imported ones.
create policy never_imported on tickets as restrictive for insert to copperpea_portal with check (import_id is null);
create policy never_imported on messages as restrictive for insert to copperpea_portal with check (import_id is null);
