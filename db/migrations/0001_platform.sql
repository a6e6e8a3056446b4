-- Ground that every module stands on: roles, audit events, idempotency verdicts, jobs, files, devices.
-- The three roles are made by the migrator before this file runs (roles belong to the whole server, not to
-- one database): copperpea_owner owns, copperpea_app works, copperpea_portal reads and writes for one customer
-- under row security. Policies name the role, so the owner's and the app's rows stay visible to them.

grant usage on schema public to copperpea_app, copperpea_portal;

-- Whom the present portal transaction speaks for. Set with set_config(..., true) at its start; unset means
-- nobody, and then every policy below answers with no rows.
create function portal_customer_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('copperpea.customer_id', true), '')::uuid $$;
create function portal_contact_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('copperpea.contact_id', true), '')::uuid $$;
create function portal_sees_all() returns boolean language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('copperpea.sees_all', true), '')::boolean, false) $$;

-- Audit: one row per act, in the same transaction as the act. Never updated; the app role has no right to.
create table events (
  id uuid primary key,
  name text not null check (name ~ '^[a-z_]+\.[a-z_]+$'),
  subject_kind text not null,
  subject_id uuid not null,
  context_kind text,
  context_id uuid,
  customer_id uuid,
  contact_id uuid,
  visible_to_customer boolean not null default false,
  actor_kind text not null check (actor_kind in ('staff', 'contact', 'system', 'anyone')),
  actor_id uuid,
  actor_name text,
  data jsonb not null default '{}',
  happened_at timestamptz not null,
  received_at timestamptz not null,
  device_id uuid,
  device_seq bigint,
  request_id text,
  created_at timestamptz not null,
  check ((context_kind is null) = (context_id is null))
);
create index events_subject_idx on events (subject_kind, subject_id, id);
create index events_context_idx on events (context_kind, context_id, id) where context_id is not null;
create index events_name_idx on events (name, id);
create index events_customer_idx on events (customer_id, id) where customer_id is not null;
create index events_actor_idx on events (actor_id, id) where actor_id is not null;

-- The stored answer of each write, replayed to a repeat of the same key for 90 days.
create table verdicts (
  id uuid primary key,
  actor_id uuid not null,
  key text not null check (length(key) between 8 and 200),
  operation text not null,
  request_hash text not null,
  status integer not null check (status between 200 and 499),
  body jsonb not null,
  created_at timestamptz not null,
  unique (actor_id, key)
);
create index verdicts_created_idx on verdicts (created_at);

-- Bytes are shared by hash; whose they are stands in `files`.
create table file_contents (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  media_type text not null,
  created_at timestamptz not null
);

create table files (
  id uuid primary key,
  customer_id uuid,
  uploaded_by_kind text not null check (uploaded_by_kind in ('staff', 'contact', 'system')),
  uploaded_by_id uuid,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null references file_contents (sha256),
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  width integer,
  height integer,
  thumbnail_sha256 text references file_contents (sha256),
  -- Until a message or a thing takes the file it belongs to its uploader alone, and is cleared away after a day.
  subject_kind text,
  subject_id uuid,
  visible_to_customer boolean not null default false,
  created_at timestamptz not null,
  check ((subject_kind is null) = (subject_id is null))
);
create index files_customer_idx on files (customer_id);
create index files_subject_idx on files (subject_kind, subject_id) where subject_id is not null;
create index files_unclaimed_idx on files (created_at) where subject_id is null;
create index files_sha256_idx on files (sha256);
create index files_thumbnail_idx on files (thumbnail_sha256) where thumbnail_sha256 is not null;

alter table events enable row level security;
alter table verdicts enable row level security;
alter table file_contents enable row level security;
alter table files enable row level security;

create policy app_all on events to copperpea_app using (true) with check (true);
create policy app_all on verdicts to copperpea_app using (true) with check (true);
create policy app_all on file_contents to copperpea_app using (true) with check (true);
create policy app_all on files to copperpea_app using (true) with check (true);
grant select, insert on events to copperpea_app;
grant select, insert, update, delete on verdicts, file_contents, files to copperpea_app;

-- A contact handles the files they put up themselves; which others they may look at is decided by the place
-- where a file stands (see 0007).
create policy portal_uploaded on files for select to copperpea_portal
  using (customer_id = portal_customer_id() and uploaded_by_kind = 'contact' and uploaded_by_id = portal_contact_id());
create policy portal_upload on files for insert to copperpea_portal
  with check (customer_id = portal_customer_id() and uploaded_by_kind = 'contact' and uploaded_by_id = portal_contact_id()
    and subject_id is null);
-- Placing one's own file, once: what already stands somewhere stays there.
create policy portal_place on files for update to copperpea_portal
  using (customer_id = portal_customer_id() and uploaded_by_kind = 'contact' and uploaded_by_id = portal_contact_id()
    and subject_id is null)
  with check (customer_id = portal_customer_id() and subject_kind = 'message' and visible_to_customer);
grant select, insert on files to copperpea_portal;
grant update (customer_id, subject_kind, subject_id, visible_to_customer) on files to copperpea_portal;
