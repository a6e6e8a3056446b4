-- What db/migrations add up to, listed from the catalogs by `npm run db:schema`. For reading and comparing, not for
-- running; a test holds it against a fresh migrate. The job queue's own schema (graphile_worker) is left out.

CREATE OR REPLACE FUNCTION enqueue_job(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, key text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
    select graphile_worker.add_job(task, payload, run_at := run_at, job_key := key,
      job_key_mode := case when key is null then null else 'replace' end);
  $function$;
revoke all on function enqueue_job(task text, payload json, run_at timestamp with time zone, key text) from public;
grant execute on function enqueue_job(task text, payload json, run_at timestamp with time zone, key text) to copperpea_app;

CREATE OR REPLACE FUNCTION is_scope_column(scope jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select scope is null or (jsonb_typeof(scope) = 'object'
    and scope ?& array['what', 'hours', 'night', 'verification', 'said_by', 'said_at']) $function$;

CREATE OR REPLACE FUNCTION portal_contact_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('copperpea.contact_id', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION portal_customer_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('copperpea.customer_id', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION portal_is_administrator()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select exists (select 1 from contacts where id = portal_contact_id()
    and customer_id = portal_customer_id() and is_customer_administrator
    and left_at is null and portal_ended_at is null) $function$;

CREATE OR REPLACE FUNCTION portal_sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('copperpea.sees_all', true), '')::boolean, false) $function$;

create sequence ticket_numbers as bigint start 1001 increment 1;
grant usage on sequence ticket_numbers to copperpea_app;
grant usage on sequence ticket_numbers to copperpea_portal;

create sequence visit_numbers as bigint start 101 increment 1;
grant usage on sequence visit_numbers to copperpea_app;

-- owner: copperpea_owner
create table accounts (
  id uuid not null,
  user_id uuid not null,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
create index accounts_user_idx ON accounts USING btree (user_id);
alter table accounts enable row level security;
create policy app_all on accounts for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on accounts to copperpea_app;

-- owner: copperpea_owner
create table api_keys (
  id uuid not null,
  user_id uuid not null,
  name text not null,
  prefix text not null,
  secret_sha256 text not null,
  scopes text[] not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_secret_sha256_key UNIQUE (secret_sha256),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint api_keys_prefix_check CHECK (((length(prefix) >= 8) AND (length(prefix) <= 16))),
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 50))),
  constraint api_keys_secret_sha256_check CHECK ((secret_sha256 ~ '^[0-9a-f]{64}$'::text))
);
create index api_keys_user_idx ON api_keys USING btree (user_id, id);
alter table api_keys enable row level security;
create policy app_all on api_keys for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on api_keys to copperpea_app;

-- owner: copperpea_owner
create table assets (
  id uuid not null,
  customer_id uuid not null,
  site_id uuid,
  name text not null,
  kind text,
  model text,
  serial text,
  version text,
  notes text,
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint assets_pkey PRIMARY KEY (id),
  constraint assets_customer_id_id_key UNIQUE (customer_id, id),
  constraint assets_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint assets_customer_id_site_id_fkey FOREIGN KEY (customer_id, site_id) REFERENCES sites(customer_id, id),
  constraint assets_kind_check CHECK ((length(kind) <= 60)),
  constraint assets_model_check CHECK ((length(model) <= 100)),
  constraint assets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint assets_notes_check CHECK ((length(notes) <= 2000)),
  constraint assets_serial_check CHECK ((length(serial) <= 100)),
  constraint assets_version_check CHECK ((length(version) <= 100))
);
create index assets_serial_idx ON assets USING btree (lower(serial)) WHERE (serial IS NOT NULL);
create index assets_site_idx ON assets USING btree (customer_id, site_id);
alter table assets enable row level security;
create policy app_all on assets for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on assets to copperpea_app;

-- owner: copperpea_owner
create table attempts (
  id uuid not null,
  key text not null,
  tries integer not null,
  window_ends_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint attempts_pkey PRIMARY KEY (id),
  constraint attempts_key_key UNIQUE (key),
  constraint attempts_key_check CHECK ((key ~ '^[0-9a-f]{64}$'::text)),
  constraint attempts_tries_check CHECK ((tries >= 0))
);
create index attempts_window_idx ON attempts USING btree (window_ends_at);
alter table attempts enable row level security;
create policy app_all on attempts for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on attempts to copperpea_app;

-- owner: copperpea_owner
create table calendar_versions (
  id uuid not null,
  calendar_id uuid not null,
  version integer not null,
  why text not null default 'created'::text,
  definition jsonb not null,
  region text,
  day_names jsonb not null default '{}'::jsonb,
  effective_at timestamp with time zone not null,
  created_by_id uuid,
  created_at timestamp with time zone not null,
  constraint calendar_versions_pkey PRIMARY KEY (id),
  constraint calendar_versions_calendar_id_version_key UNIQUE (calendar_id, version),
  constraint calendar_versions_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  constraint calendar_versions_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES users(id),
  constraint calendar_versions_day_names_check CHECK ((jsonb_typeof(day_names) = 'object'::text)),
  constraint calendar_versions_definition_check CHECK ((jsonb_typeof(definition) = 'object'::text)),
  constraint calendar_versions_region_check CHECK ((region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'::text)),
  constraint calendar_versions_version_check CHECK ((version >= 1)),
  constraint calendar_versions_why_check CHECK ((why = ANY (ARRAY['created'::text, 'edited'::text, 'holidays'::text])))
);
create index calendar_versions_created_by_idx ON calendar_versions USING btree (created_by_id) WHERE (created_by_id IS NOT NULL);
alter table calendar_versions enable row level security;
create policy app_all on calendar_versions for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on calendar_versions to copperpea_app;

-- owner: copperpea_owner
create table calendars (
  id uuid not null,
  name text not null,
  archived_at timestamp with time zone,
  archived_by_id uuid,
  created_at timestamp with time zone not null,
  constraint calendars_pkey PRIMARY KEY (id),
  constraint calendars_archived_by_id_fkey FOREIGN KEY (archived_by_id) REFERENCES users(id),
  constraint calendars_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
create index calendars_archived_by_idx ON calendars USING btree (archived_by_id) WHERE (archived_by_id IS NOT NULL);
create unique index calendars_name_key ON calendars USING btree (lower(name)) WHERE (archived_at IS NULL);
alter table calendars enable row level security;
create policy app_all on calendars for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on calendars to copperpea_app;

-- owner: copperpea_owner
create table contacts (
  id uuid not null,
  customer_id uuid not null,
  site_id uuid,
  user_id uuid,
  name text not null,
  form_of_address text,
  title text,
  email text,
  phone text,
  preferred_channel text,
  roles text[] not null default '{}'::text[],
  reader_level text not null default 'lay'::text,
  locale text not null default 'zh-CN'::text,
  portal_sees text not null default 'own'::text,
  is_customer_administrator boolean not null default false,
  invitation_id uuid,
  invitation_ends_at timestamp with time zone,
  portal_ended_at timestamp with time zone,
  left_at timestamp with time zone,
  created_at timestamp with time zone not null,
  import_id uuid,
  source_key text,
  constraint contacts_pkey PRIMARY KEY (id),
  constraint contacts_customer_id_id_key UNIQUE (customer_id, id),
  constraint contacts_user_id_key UNIQUE (user_id),
  constraint contacts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint contacts_customer_id_site_id_fkey FOREIGN KEY (customer_id, site_id) REFERENCES sites(customer_id, id),
  constraint contacts_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES invitations(id),
  constraint contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint contacts_check CHECK (((invitation_id IS NULL) = (invitation_ends_at IS NULL))),
  constraint contacts_email_check CHECK ((length(email) <= 254)),
  constraint contacts_form_of_address_check CHECK ((length(form_of_address) <= 60)),
  constraint contacts_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint contacts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint contacts_phone_check CHECK ((length(phone) <= 40)),
  constraint contacts_portal_sees_check CHECK ((portal_sees = ANY (ARRAY['own'::text, 'all'::text]))),
  constraint contacts_preferred_channel_check CHECK ((preferred_channel = ANY (ARRAY['portal'::text, 'email'::text, 'phone'::text, 'im'::text]))),
  constraint contacts_reader_level_check CHECK ((reader_level = ANY (ARRAY['lay'::text, 'semi_professional'::text, 'expert'::text]))),
  constraint contacts_roles_check CHECK ((roles <@ ARRAY['pays'::text, 'approves'::text, 'uses'::text, 'runs'::text, 'interface'::text])),
  constraint contacts_source_key_check CHECK ((length(source_key) <= 300)),
  constraint contacts_title_check CHECK ((length(title) <= 100))
);
create index contacts_any_email_idx ON contacts USING btree (lower(email)) WHERE (email IS NOT NULL);
create index contacts_customer_idx ON contacts USING btree (customer_id, name);
create unique index contacts_email_key ON contacts USING btree (customer_id, lower(email)) WHERE ((email IS NOT NULL) AND (left_at IS NULL));
create index contacts_import_idx ON contacts USING btree (import_id) WHERE (import_id IS NOT NULL);
create index contacts_invitation_idx ON contacts USING btree (invitation_id) WHERE (invitation_id IS NOT NULL);
create index contacts_site_idx ON contacts USING btree (customer_id, site_id) WHERE (site_id IS NOT NULL);
create unique index contacts_source_key ON contacts USING btree (source_key) WHERE (source_key IS NOT NULL);
alter table contacts enable row level security;
create policy app_all on contacts for all to copperpea_app
  using (true)
  with check (true);
create policy only_imported on contacts as restrictive for delete to copperpea_app
  using ((import_id IS NOT NULL));
create policy portal_administers on contacts for update to copperpea_portal
  using (((customer_id = portal_customer_id()) AND portal_is_administrator()))
  with check (((customer_id = portal_customer_id()) AND portal_is_administrator()));
create policy portal_administers_new on contacts for insert to copperpea_portal
  with check (((customer_id = portal_customer_id()) AND portal_is_administrator()));
create policy portal_own on contacts for select to copperpea_portal
  using ((customer_id = portal_customer_id()));
grant delete, insert, select, update on contacts to copperpea_app;
grant insert (id, customer_id, name, title, email, locale, portal_sees, created_at) on contacts to copperpea_portal;
grant select (id, customer_id, site_id, user_id, name, form_of_address, title, email, locale, portal_sees, is_customer_administrator, invitation_id, invitation_ends_at, portal_ended_at, left_at, created_at) on contacts to copperpea_portal;
grant update (portal_sees, portal_ended_at) on contacts to copperpea_portal;

-- owner: copperpea_owner
create table contracts (
  id uuid not null,
  customer_id uuid not null,
  name text not null,
  calendar_id uuid not null,
  targets jsonb not null,
  starts_on date not null,
  ends_on date,
  hours_included integer,
  cases_included integer,
  created_at timestamp with time zone not null,
  constraint contracts_pkey PRIMARY KEY (id),
  constraint contracts_customer_id_id_key UNIQUE (customer_id, id),
  constraint contracts_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  constraint contracts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint contracts_cases_included_check CHECK ((cases_included >= 0)),
  constraint contracts_check CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
  constraint contracts_hours_included_check CHECK ((hours_included >= 0)),
  constraint contracts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint contracts_targets_check CHECK (((jsonb_typeof(targets) = 'object'::text) AND (targets ?& ARRAY['p1'::text, 'p2'::text, 'p3'::text, 'p4'::text])))
);
create index contracts_calendar_idx ON contracts USING btree (calendar_id);
create index contracts_customer_idx ON contracts USING btree (customer_id, starts_on);
alter table contracts enable row level security;
create policy app_all on contracts for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on contracts to copperpea_app;

-- owner: copperpea_owner
create table covered_items (
  id uuid not null,
  customer_id uuid not null,
  contract_id uuid not null,
  name text not null,
  kind text not null,
  covered boolean not null default true,
  remark text,
  created_at timestamp with time zone not null,
  constraint covered_items_pkey PRIMARY KEY (id),
  constraint covered_items_customer_id_contract_id_fkey FOREIGN KEY (customer_id, contract_id) REFERENCES contracts(customer_id, id),
  constraint covered_items_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint covered_items_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'work'::text, 'site'::text]))),
  constraint covered_items_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint covered_items_remark_check CHECK ((length(remark) <= 500))
);
create index covered_items_contract_idx ON covered_items USING btree (customer_id, contract_id);
alter table covered_items enable row level security;
create policy app_all on covered_items for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on covered_items to copperpea_app;

-- owner: copperpea_owner
create table customers (
  id uuid not null,
  name text not null,
  short_name text,
  trade text,
  zone text not null default 'Asia/Shanghai'::text,
  notes text,
  owner_id uuid,
  archived_at timestamp with time zone,
  archived_by_id uuid,
  created_at timestamp with time zone not null,
  mail_domains text[] not null default '{}'::text[],
  stands_for text,
  import_id uuid,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_archived_by_id_fkey FOREIGN KEY (archived_by_id) REFERENCES users(id),
  constraint customers_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint customers_check CHECK (((archived_at IS NULL) = (archived_by_id IS NULL))),
  constraint customers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint customers_notes_check CHECK ((length(notes) <= 4000)),
  constraint customers_short_name_check CHECK (((length(short_name) >= 1) AND (length(short_name) <= 60))),
  constraint customers_stands_for_check CHECK ((stands_for = 'unknown_senders'::text)),
  constraint customers_trade_check CHECK ((length(trade) <= 60))
);
create index customers_archived_by_idx ON customers USING btree (archived_by_id) WHERE (archived_by_id IS NOT NULL);
create index customers_import_idx ON customers USING btree (import_id) WHERE (import_id IS NOT NULL);
create index customers_mail_domains_idx ON customers USING gin (mail_domains);
create unique index customers_name_key ON customers USING btree (lower(name));
create index customers_owner_idx ON customers USING btree (owner_id) WHERE (owner_id IS NOT NULL);
create unique index customers_stands_for_key ON customers USING btree (stands_for) WHERE (stands_for IS NOT NULL);
alter table customers enable row level security;
create policy app_all on customers for all to copperpea_app
  using (true)
  with check (true);
create policy only_imported on customers as restrictive for delete to copperpea_app
  using ((import_id IS NOT NULL));
create policy portal_own on customers for select to copperpea_portal
  using ((id = portal_customer_id()));
grant delete, insert, select, update on customers to copperpea_app;
grant select (id, name, short_name, zone) on customers to copperpea_portal;

-- owner: copperpea_owner
create table doubtful_times (
  id uuid not null,
  customer_id uuid not null,
  ticket_id uuid not null,
  act text not null,
  device_at timestamp with time zone not null,
  corrected_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  doubt text not null,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  decided_time timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint doubtful_times_pkey PRIMARY KEY (id),
  constraint doubtful_times_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES users(id),
  constraint doubtful_times_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint doubtful_times_doubt_check CHECK ((doubt = ANY (ARRAY['in_future'::text, 'before_last_contact'::text, 'too_old'::text])))
);
create index doubtful_times_open_idx ON doubtful_times USING btree (created_at) WHERE (decided_at IS NULL);
create index doubtful_times_ticket_idx ON doubtful_times USING btree (ticket_id);
alter table doubtful_times enable row level security;
create policy app_all on doubtful_times for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on doubtful_times to copperpea_app;

-- owner: copperpea_owner
create table events (
  id uuid not null,
  name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  context_kind text,
  context_id uuid,
  customer_id uuid,
  contact_id uuid,
  visible_to_customer boolean not null default false,
  actor_kind text not null,
  actor_id uuid,
  actor_name text,
  data jsonb not null default '{}'::jsonb,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  device_id uuid,
  device_seq bigint,
  request_id text,
  created_at timestamp with time zone not null,
  constraint events_pkey PRIMARY KEY (id),
  constraint events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'contact'::text, 'system'::text, 'anyone'::text]))),
  constraint events_check CHECK (((context_kind IS NULL) = (context_id IS NULL))),
  constraint events_name_check CHECK ((name ~ '^[a-z_]+\.[a-z_]+$'::text))
);
create index events_actor_idx ON events USING btree (actor_id, id) WHERE (actor_id IS NOT NULL);
create index events_context_idx ON events USING btree (context_kind, context_id, id) WHERE (context_id IS NOT NULL);
create index events_customer_idx ON events USING btree (customer_id, id) WHERE (customer_id IS NOT NULL);
create index events_name_idx ON events USING btree (name, id);
create index events_subject_idx ON events USING btree (subject_kind, subject_id, id);
alter table events enable row level security;
create policy app_all on events for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on events to copperpea_app;

-- owner: copperpea_owner
create table file_contents (
  sha256 text not null,
  size_bytes bigint not null,
  media_type text not null,
  created_at timestamp with time zone not null,
  constraint file_contents_pkey PRIMARY KEY (sha256),
  constraint file_contents_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint file_contents_size_bytes_check CHECK ((size_bytes > 0))
);
alter table file_contents enable row level security;
create policy app_all on file_contents for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on file_contents to copperpea_app;

-- owner: copperpea_owner
create table files (
  id uuid not null,
  customer_id uuid,
  uploaded_by_kind text not null,
  uploaded_by_id uuid,
  name text not null,
  sha256 text not null,
  media_type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  thumbnail_sha256 text,
  subject_kind text,
  subject_id uuid,
  visible_to_customer boolean not null default false,
  created_at timestamp with time zone not null,
  constraint files_pkey PRIMARY KEY (id),
  constraint files_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint files_sha256_fkey FOREIGN KEY (sha256) REFERENCES file_contents(sha256),
  constraint files_thumbnail_sha256_fkey FOREIGN KEY (thumbnail_sha256) REFERENCES file_contents(sha256),
  constraint files_check CHECK (((subject_kind IS NULL) = (subject_id IS NULL))),
  constraint files_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
  constraint files_size_bytes_check CHECK ((size_bytes > 0)),
  constraint files_uploaded_by_kind_check CHECK ((uploaded_by_kind = ANY (ARRAY['staff'::text, 'contact'::text, 'system'::text])))
);
create index files_customer_idx ON files USING btree (customer_id);
create index files_sha256_idx ON files USING btree (sha256);
create index files_subject_idx ON files USING btree (subject_kind, subject_id) WHERE (subject_id IS NOT NULL);
create index files_thumbnail_idx ON files USING btree (thumbnail_sha256) WHERE (thumbnail_sha256 IS NOT NULL);
create index files_unclaimed_idx ON files USING btree (created_at) WHERE (subject_id IS NULL);
alter table files enable row level security;
create policy app_all on files for all to copperpea_app
  using (true)
  with check (true);
create policy portal_in_message on files for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND visible_to_customer AND (subject_kind = 'message'::text) AND (EXISTS ( SELECT 1 FROM messages WHERE (messages.id = files.subject_id)))));
create policy portal_in_visit on files for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (subject_kind = 'visit'::text) AND visible_to_customer AND ((EXISTS ( SELECT 1 FROM visit_log_entries entry WHERE ((entry.visit_id = files.subject_id) AND (entry.photos @> jsonb_build_array(jsonb_build_object('file_id', files.id)))))) OR (EXISTS ( SELECT 1 FROM visit_findings finding WHERE ((finding.visit_id = files.subject_id) AND (finding.photos @> jsonb_build_array(jsonb_build_object('file_id', files.id)))))))));
create policy portal_place on files for update to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (uploaded_by_kind = 'contact'::text) AND (uploaded_by_id = portal_contact_id()) AND (subject_id IS NULL)))
  with check (((customer_id = portal_customer_id()) AND (subject_kind = 'message'::text) AND visible_to_customer));
create policy portal_stamped_paper on files for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND visible_to_customer AND (subject_kind = 'stamped_paper'::text) AND (EXISTS ( SELECT 1 FROM stamped_papers WHERE (stamped_papers.id = files.subject_id)))));
create policy portal_upload on files for insert to copperpea_portal
  with check (((customer_id = portal_customer_id()) AND (uploaded_by_kind = 'contact'::text) AND (uploaded_by_id = portal_contact_id()) AND (subject_id IS NULL)));
create policy portal_uploaded on files for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (uploaded_by_kind = 'contact'::text) AND (uploaded_by_id = portal_contact_id())));
grant delete, insert, select, update on files to copperpea_app;
grant insert, select on files to copperpea_portal;
grant update (customer_id, subject_kind, subject_id, visible_to_customer) on files to copperpea_portal;

-- owner: copperpea_owner
create table firm (
  id uuid not null,
  only_one boolean not null default true,
  name text not null,
  name_en text,
  accent_color text not null default '#1f6feb'::text,
  logo_file_id uuid,
  contact_phone text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint firm_pkey PRIMARY KEY (id),
  constraint firm_only_one_key UNIQUE (only_one),
  constraint firm_logo_file_id_fkey FOREIGN KEY (logo_file_id) REFERENCES files(id),
  constraint firm_accent_color_check CHECK ((accent_color ~ '^#[0-9a-f]{6}$'::text)),
  constraint firm_contact_phone_check CHECK (((length(contact_phone) >= 3) AND (length(contact_phone) <= 40))),
  constraint firm_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint firm_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
  constraint firm_only_one_check CHECK (only_one)
);
create index firm_logo_idx ON firm USING btree (logo_file_id) WHERE (logo_file_id IS NOT NULL);
alter table firm enable row level security;
create policy app_all on firm for all to copperpea_app
  using (true)
  with check (true);
create policy portal_firm on firm for select to copperpea_portal
  using (true);
grant insert, select, update on firm to copperpea_app;
grant select (id, name, name_en, accent_color, logo_file_id, contact_phone) on firm to copperpea_portal;

-- owner: copperpea_owner
create table holiday_years (
  id uuid not null,
  region text not null,
  year integer not null,
  completed_by_id uuid,
  created_at timestamp with time zone not null,
  constraint holiday_years_pkey PRIMARY KEY (id),
  constraint holiday_years_region_year_key UNIQUE (region, year),
  constraint holiday_years_completed_by_id_fkey FOREIGN KEY (completed_by_id) REFERENCES users(id),
  constraint holiday_years_region_check CHECK ((region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'::text)),
  constraint holiday_years_year_check CHECK (((year >= 2000) AND (year <= 2199)))
);
create index holiday_years_completed_by_idx ON holiday_years USING btree (completed_by_id) WHERE (completed_by_id IS NOT NULL);
alter table holiday_years enable row level security;
create policy app_all on holiday_years for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on holiday_years to copperpea_app;

-- owner: copperpea_owner
create table holidays (
  id uuid not null,
  region text not null,
  holiday_on date not null,
  name text not null,
  is_off boolean not null,
  follows text,
  source text not null,
  created_at timestamp with time zone not null,
  constraint holidays_pkey PRIMARY KEY (id),
  constraint holidays_region_holiday_on_key UNIQUE (region, holiday_on),
  constraint holidays_check CHECK ((is_off = (follows IS NULL))),
  constraint holidays_follows_check CHECK ((follows = ANY (ARRAY['mon'::text, 'tue'::text, 'wed'::text, 'thu'::text, 'fri'::text, 'sat'::text, 'sun'::text]))),
  constraint holidays_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint holidays_region_check CHECK ((region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'::text)),
  constraint holidays_source_check CHECK ((source = ANY (ARRAY['import'::text, 'person'::text])))
);
alter table holidays enable row level security;
create policy app_all on holidays for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on holidays to copperpea_app;

-- owner: copperpea_owner
create table import_rejects (
  id uuid not null,
  import_id uuid not null,
  line bigint not null,
  reason text not null,
  params jsonb not null default '{}'::jsonb,
  raw text not null,
  created_at timestamp with time zone not null,
  constraint import_rejects_pkey PRIMARY KEY (id),
  constraint import_rejects_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id),
  constraint import_rejects_raw_check CHECK ((length(raw) <= 2000)),
  constraint import_rejects_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 60)))
);
create index import_rejects_import_idx ON import_rejects USING btree (import_id, id);
alter table import_rejects enable row level security;
create policy app_all on import_rejects for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select on import_rejects to copperpea_app;

-- owner: copperpea_owner
create table imported_events (
  id uuid not null,
  import_id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  source_key text not null,
  line bigint not null,
  state text not null,
  source_state text not null,
  actor_name text,
  happened_at timestamp with time zone not null,
  data jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint imported_events_pkey PRIMARY KEY (id),
  constraint imported_events_source_key_key UNIQUE (source_key),
  constraint imported_events_customer_id_ticket_id_fkey FOREIGN KEY (customer_id, ticket_id) REFERENCES tickets(customer_id, id),
  constraint imported_events_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id),
  constraint imported_events_actor_name_check CHECK ((length(actor_name) <= 200)),
  constraint imported_events_source_key_check CHECK ((length(source_key) <= 300)),
  constraint imported_events_source_state_check CHECK ((length(source_state) <= 200)),
  constraint imported_events_state_check CHECK ((state = ANY (ARRAY['new'::text, 'open'::text, 'waiting_on_customer'::text, 'closed'::text])))
);
create index imported_events_history_idx ON imported_events USING btree (ticket_id, id);
create index imported_events_import_idx ON imported_events USING btree (import_id);
create index imported_events_ticket_idx ON imported_events USING btree (customer_id, ticket_id);
alter table imported_events enable row level security;
create policy app_all on imported_events for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select on imported_events to copperpea_app;

-- owner: copperpea_owner
create table imports (
  id uuid not null,
  kind text not null,
  source text not null,
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  file_id uuid,
  options jsonb not null,
  state text not null,
  failure jsonb,
  cursor_records bigint not null default 0,
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
  started_by_id uuid,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  taken_back_at timestamp with time zone,
  taken_back_by_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint imports_pkey PRIMARY KEY (id),
  constraint imports_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id),
  constraint imports_started_by_id_fkey FOREIGN KEY (started_by_id) REFERENCES users(id),
  constraint imports_taken_back_by_id_fkey FOREIGN KEY (taken_back_by_id) REFERENCES users(id),
  constraint imports_check CHECK (((state = 'failed'::text) = (failure IS NOT NULL))),
  constraint imports_cursor_records_check CHECK ((cursor_records >= 0)),
  constraint imports_file_bytes_check CHECK ((file_bytes >= 0)),
  constraint imports_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255))),
  constraint imports_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint imports_kind_check CHECK ((kind = ANY (ARRAY['conversations'::text, 'incidents'::text, 'tickets'::text]))),
  constraint imports_source_check CHECK ((source ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'taking_back'::text, 'taken_back'::text])))
);
create index imports_file_idx ON imports USING btree (file_id) WHERE (file_id IS NOT NULL);
create unique index imports_running_key ON imports USING btree (source, file_sha256) WHERE (state = 'running'::text);
alter table imports enable row level security;
create policy app_all on imports for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on imports to copperpea_app;

-- owner: copperpea_owner
create table invitations (
  id uuid not null,
  kind text not null,
  name text not null,
  email text not null,
  roles text[] not null default '{}'::text[],
  contact_id uuid,
  customer_id uuid,
  locale text not null,
  token_sha256 text not null,
  invited_by_id uuid not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  accepted_user_id uuid,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_token_sha256_key UNIQUE (token_sha256),
  constraint invitations_accepted_user_id_fkey FOREIGN KEY (accepted_user_id) REFERENCES users(id),
  constraint invitations_invited_by_id_fkey FOREIGN KEY (invited_by_id) REFERENCES users(id),
  constraint invitations_check CHECK (((kind = 'staff'::text) = (cardinality(roles) > 0))),
  constraint invitations_check1 CHECK (((kind = 'contact'::text) = (contact_id IS NOT NULL))),
  constraint invitations_check2 CHECK (((contact_id IS NULL) = (customer_id IS NULL))),
  constraint invitations_check3 CHECK (((accepted_at IS NULL) = (accepted_user_id IS NULL))),
  constraint invitations_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  constraint invitations_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'contact'::text]))),
  constraint invitations_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint invitations_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint invitations_roles_check CHECK ((roles <@ ARRAY['engineer'::text, 'dispatcher'::text, 'manager'::text, 'sales'::text, 'administrator'::text])),
  constraint invitations_token_sha256_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text))
);
create index invitations_accepted_user_idx ON invitations USING btree (accepted_user_id) WHERE (accepted_user_id IS NOT NULL);
create index invitations_contact_idx ON invitations USING btree (contact_id) WHERE (contact_id IS NOT NULL);
create index invitations_customer_idx ON invitations USING btree (customer_id) WHERE (customer_id IS NOT NULL);
create index invitations_invited_by_idx ON invitations USING btree (invited_by_id);
create unique index invitations_open_email_idx ON invitations USING btree (email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
alter table invitations enable row level security;
create policy app_all on invitations for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on invitations to copperpea_app;

-- owner: copperpea_owner
create table mail_senders (
  id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  email text not null,
  name text,
  state text not null,
  reason text,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  last_mail_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint mail_senders_pkey PRIMARY KEY (id),
  constraint mail_senders_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint mail_senders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint mail_senders_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES users(id),
  constraint mail_senders_check CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
  constraint mail_senders_check1 CHECK (((state = 'dismissed'::text) = (reason IS NOT NULL))),
  constraint mail_senders_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  constraint mail_senders_name_check CHECK ((length(name) <= 500)),
  constraint mail_senders_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint mail_senders_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'given'::text, 'dismissed'::text])))
);
create index mail_senders_contact_idx ON mail_senders USING btree (contact_id);
create index mail_senders_customer_idx ON mail_senders USING btree (customer_id);
create index mail_senders_decided_by_idx ON mail_senders USING btree (decided_by_id) WHERE (decided_by_id IS NOT NULL);
create unique index mail_senders_email_key ON mail_senders USING btree (email) WHERE (state <> 'given'::text);
create index mail_senders_state_idx ON mail_senders USING btree (state, id);
alter table mail_senders enable row level security;
create policy app_all on mail_senders for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on mail_senders to copperpea_app;

-- owner: copperpea_owner
create table mailboxes (
  id uuid not null,
  name text not null,
  address text not null,
  sender_name text,
  signature text not null default ''::text,
  locale text not null default 'zh-CN'::text,
  ticket_kind text not null,
  assignee_id uuid,
  after_closing text not null,
  sends_receipts boolean not null default true,
  imap_host text,
  imap_port integer,
  imap_security text,
  imap_user text,
  imap_folder text not null default 'INBOX'::text,
  imap_password text,
  takes_existing boolean not null default false,
  smtp_host text,
  smtp_port integer,
  smtp_security text,
  smtp_user text,
  smtp_password text,
  plain_allowed boolean not null default false,
  paused_at timestamp with time zone,
  paused_by_id uuid,
  settings_version integer not null default 1,
  held_by text,
  held_until timestamp with time zone,
  state text not null default 'new'::text,
  failure text,
  last_error text,
  failing_since timestamp with time zone,
  tries integer not null default 0,
  next_try_at timestamp with time zone,
  connected_at timestamp with time zone,
  looked_at timestamp with time zone,
  last_mail_at timestamp with time zone,
  waits_by text,
  quota_percent smallint,
  uidvalidity bigint,
  last_uid bigint,
  receives_since timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint mailboxes_pkey PRIMARY KEY (id),
  constraint mailboxes_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id),
  constraint mailboxes_paused_by_id_fkey FOREIGN KEY (paused_by_id) REFERENCES users(id),
  constraint mailboxes_address_check CHECK ((((length(address) >= 3) AND (length(address) <= 254)) AND (address !~ '[\r\n]'::text))),
  constraint mailboxes_after_closing_check CHECK ((after_closing = ANY (ARRAY['reopen'::text, 'new_ticket'::text]))),
  constraint mailboxes_check CHECK (((imap_host IS NULL) = (imap_port IS NULL))),
  constraint mailboxes_check1 CHECK (((imap_host IS NULL) = (imap_security IS NULL))),
  constraint mailboxes_check2 CHECK (((imap_host IS NULL) = (imap_user IS NULL))),
  constraint mailboxes_check3 CHECK (((smtp_host IS NULL) = (smtp_port IS NULL))),
  constraint mailboxes_check4 CHECK (((smtp_host IS NULL) = (smtp_security IS NULL))),
  constraint mailboxes_check5 CHECK (((paused_at IS NULL) = (paused_by_id IS NULL))),
  constraint mailboxes_check6 CHECK (((state = 'failing'::text) = (failure IS NOT NULL))),
  constraint mailboxes_failure_check CHECK ((failure = ANY (ARRAY['sign_in_refused'::text, 'unreachable'::text, 'timed_out'::text, 'certificate'::text, 'encryption_missing'::text, 'folder_missing'::text, 'quota'::text, 'password_unreadable'::text, 'other'::text]))),
  constraint mailboxes_held_by_check CHECK ((length(held_by) <= 60)),
  constraint mailboxes_imap_folder_check CHECK (((length(imap_folder) >= 1) AND (length(imap_folder) <= 200))),
  constraint mailboxes_imap_host_check CHECK (((length(imap_host) >= 1) AND (length(imap_host) <= 253))),
  constraint mailboxes_imap_password_check CHECK ((length(imap_password) <= 2000)),
  constraint mailboxes_imap_port_check CHECK (((imap_port >= 1) AND (imap_port <= 65535))),
  constraint mailboxes_imap_security_check CHECK ((imap_security = ANY (ARRAY['tls'::text, 'starttls'::text, 'plain'::text]))),
  constraint mailboxes_imap_user_check CHECK (((length(imap_user) >= 1) AND (length(imap_user) <= 254))),
  constraint mailboxes_last_error_check CHECK ((length(last_error) <= 1000)),
  constraint mailboxes_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint mailboxes_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint mailboxes_sender_name_check CHECK ((((length(sender_name) >= 1) AND (length(sender_name) <= 100)) AND (sender_name !~ '[\r\n]'::text))),
  constraint mailboxes_signature_check CHECK ((length(signature) <= 1000)),
  constraint mailboxes_smtp_host_check CHECK (((length(smtp_host) >= 1) AND (length(smtp_host) <= 253))),
  constraint mailboxes_smtp_password_check CHECK ((length(smtp_password) <= 2000)),
  constraint mailboxes_smtp_port_check CHECK (((smtp_port >= 1) AND (smtp_port <= 65535))),
  constraint mailboxes_smtp_security_check CHECK ((smtp_security = ANY (ARRAY['tls'::text, 'starttls'::text, 'plain'::text]))),
  constraint mailboxes_smtp_user_check CHECK (((length(smtp_user) >= 1) AND (length(smtp_user) <= 254))),
  constraint mailboxes_state_check CHECK ((state = ANY (ARRAY['new'::text, 'connected'::text, 'failing'::text]))),
  constraint mailboxes_ticket_kind_check CHECK ((ticket_kind = ANY (ARRAY['incident'::text, 'question'::text, 'how_to'::text, 'wish'::text, 'service_request'::text]))),
  constraint mailboxes_waits_by_check CHECK ((waits_by = ANY (ARRAY['idle'::text, 'polling'::text])))
);
create unique index mailboxes_address_key ON mailboxes USING btree (lower(address));
create index mailboxes_assignee_idx ON mailboxes USING btree (assignee_id) WHERE (assignee_id IS NOT NULL);
create unique index mailboxes_name_key ON mailboxes USING btree (lower(name));
create index mailboxes_paused_by_idx ON mailboxes USING btree (paused_by_id) WHERE (paused_by_id IS NOT NULL);
alter table mailboxes enable row level security;
create policy app_all on mailboxes for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on mailboxes to copperpea_app;

-- owner: copperpea_owner
create table mails (
  id uuid not null,
  occasion text not null,
  to_email text not null,
  to_name text,
  locale text not null,
  template text not null,
  subject text not null,
  text text not null,
  html text not null,
  secret text,
  state text not null,
  attempts integer not null default 0,
  failure text,
  last_error text,
  next_try_at timestamp with time zone,
  message_id text not null,
  thread_id text,
  ticket_id uuid,
  customer_id uuid,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  mailbox_id uuid,
  about_message_id uuid,
  in_reply_to text,
  refers_to text[] not null default '{}'::text[],
  bounced_at timestamp with time zone,
  constraint mails_pkey PRIMARY KEY (id),
  constraint mails_message_id_key UNIQUE (message_id),
  constraint mails_occasion_key UNIQUE (occasion),
  constraint mails_about_message_id_fkey FOREIGN KEY (about_message_id) REFERENCES messages(id),
  constraint mails_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint mails_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id),
  constraint mails_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint mails_attempts_check CHECK ((attempts >= 0)),
  constraint mails_bounced_check CHECK (((state = 'bounced'::text) = (bounced_at IS NOT NULL))),
  constraint mails_check1 CHECK (((state = 'waiting'::text) = (next_try_at IS NOT NULL))),
  constraint mails_check2 CHECK (((state <> 'failed'::text) OR (failure IS NOT NULL))),
  constraint mails_check3 CHECK (((ticket_id IS NULL) OR (customer_id IS NOT NULL))),
  constraint mails_failure_check CHECK ((failure = ANY (ARRAY['refused'::text, 'put_off'::text, 'unreachable'::text, 'sign_in_refused'::text, 'timed_out'::text, 'stale'::text, 'other'::text]))),
  constraint mails_html_check CHECK (((length(html) >= 1) AND (length(html) <= 200000))),
  constraint mails_in_reply_to_check CHECK (((length(in_reply_to) <= 1000) AND (in_reply_to !~ '[\r\n]'::text))),
  constraint mails_last_error_check CHECK ((length(last_error) <= 1000)),
  constraint mails_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint mails_message_id_check CHECK (((length(message_id) >= 5) AND (length(message_id) <= 300))),
  constraint mails_occasion_check CHECK (((length(occasion) >= 1) AND (length(occasion) <= 300))),
  constraint mails_secret_check CHECK (((length(secret) >= 8) AND (length(secret) <= 2000))),
  constraint mails_sent_check CHECK (((state = ANY (ARRAY['sent'::text, 'bounced'::text])) = (sent_at IS NOT NULL))),
  constraint mails_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'bounced'::text]))),
  constraint mails_subject_check CHECK ((((length(subject) >= 1) AND (length(subject) <= 300)) AND (subject !~ '[\r\n]'::text))),
  constraint mails_template_check CHECK (((length(template) >= 1) AND (length(template) <= 60))),
  constraint mails_text_check CHECK (((length(text) >= 1) AND (length(text) <= 60000))),
  constraint mails_thread_id_check CHECK (((length(thread_id) >= 5) AND (length(thread_id) <= 300))),
  constraint mails_to_email_check CHECK ((((length(to_email) >= 3) AND (length(to_email) <= 254)) AND (to_email !~ '[\r\n]'::text))),
  constraint mails_to_name_check CHECK ((((length(to_name) >= 1) AND (length(to_name) <= 200)) AND (to_name !~ '[\r\n]'::text)))
);
create index mails_about_idx ON mails USING btree (about_message_id) WHERE (about_message_id IS NOT NULL);
create index mails_customer_idx ON mails USING btree (customer_id) WHERE (customer_id IS NOT NULL);
create index mails_due_idx ON mails USING btree (next_try_at, id) WHERE (state = 'waiting'::text);
create index mails_mailbox_idx ON mails USING btree (mailbox_id) WHERE (mailbox_id IS NOT NULL);
create index mails_receipts_idx ON mails USING btree (lower(to_email), created_at) WHERE (template = 'ticket_received'::text);
create index mails_state_idx ON mails USING btree (state, id);
create index mails_ticket_idx ON mails USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);
alter table mails enable row level security;
create policy app_all on mails for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on mails to copperpea_app;

-- owner: copperpea_owner
create table messages (
  id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  voice text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  no_answer_yet boolean not null default false,
  next_update_at timestamp with time zone,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  import_id uuid,
  source_key text,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_customer_id_ticket_id_fkey FOREIGN KEY (customer_id, ticket_id) REFERENCES tickets(customer_id, id) ON UPDATE CASCADE,
  constraint messages_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint messages_author_kind_check CHECK ((author_kind = ANY (ARRAY['staff'::text, 'contact'::text, 'system'::text]))),
  constraint messages_author_name_check CHECK (((length(author_name) >= 1) AND (length(author_name) <= 200))),
  constraint messages_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000))),
  constraint messages_check CHECK (((NOT no_answer_yet) OR (next_update_at IS NOT NULL))),
  constraint messages_check1 CHECK (((author_kind <> 'contact'::text) OR (voice = 'customer'::text))),
  constraint messages_source_key_check CHECK ((length(source_key) <= 300)),
  constraint messages_voice_check CHECK ((voice = ANY (ARRAY['customer'::text, 'internal'::text])))
);
create index messages_customer_idx ON messages USING btree (customer_id, ticket_id);
create index messages_import_idx ON messages USING btree (import_id) WHERE (import_id IS NOT NULL);
create unique index messages_source_key ON messages USING btree (source_key) WHERE (source_key IS NOT NULL);
create index messages_ticket_idx ON messages USING btree (ticket_id, id);
alter table messages enable row level security;
create policy app_all on messages for all to copperpea_app
  using (true)
  with check (true);
create policy never_imported on messages as restrictive for insert to copperpea_portal
  with check ((import_id IS NULL));
create policy only_imported on messages as restrictive for delete to copperpea_app
  using ((import_id IS NOT NULL));
create policy portal_own on messages for select to copperpea_portal
  using (((voice = 'customer'::text) AND (customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = messages.ticket_id)))));
create policy portal_say on messages for insert to copperpea_portal
  with check (((voice = 'customer'::text) AND (author_kind = 'contact'::text) AND (customer_id = portal_customer_id()) AND (author_id = portal_contact_id()) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = messages.ticket_id)))));
grant delete, insert, select on messages to copperpea_app;
grant insert, select on messages to copperpea_portal;
grant update (author_id) on messages to copperpea_app;

-- owner: copperpea_owner
create table migrations (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

-- owner: copperpea_owner
create table promise_moves (
  id uuid not null,
  promise_id uuid not null,
  customer_id uuid not null,
  from_due_at timestamp with time zone not null,
  to_due_at timestamp with time zone not null,
  agreed_by text not null,
  reason text not null,
  moved_by_id uuid,
  created_at timestamp with time zone not null,
  constraint promise_moves_pkey PRIMARY KEY (id),
  constraint promise_moves_moved_by_id_fkey FOREIGN KEY (moved_by_id) REFERENCES users(id),
  constraint promise_moves_promise_id_fkey FOREIGN KEY (promise_id) REFERENCES promises(id),
  constraint promise_moves_agreed_by_check CHECK (((length(agreed_by) >= 1) AND (length(agreed_by) <= 200))),
  constraint promise_moves_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);
create index promise_moves_promise_idx ON promise_moves USING btree (promise_id);
alter table promise_moves enable row level security;
create policy app_all on promise_moves for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on promise_moves to copperpea_app;
grant update (customer_id) on promise_moves to copperpea_app;

-- owner: copperpea_owner
create table promises (
  id uuid not null,
  customer_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  message_id uuid,
  words text not null,
  to_contact_id uuid,
  owner_id uuid,
  due_at timestamp with time zone,
  state text not null,
  settled_at timestamp with time zone,
  settled_by_id uuid,
  told_how text,
  told_at timestamp with time zone,
  told_note text,
  decline_reason text,
  moved_count integer not null default 0,
  first_due_at timestamp with time zone,
  overdue_noted_at timestamp with time zone,
  overdue_climbed_at timestamp with time zone,
  created_by_id uuid,
  created_at timestamp with time zone not null,
  visit_id uuid,
  constraint promises_pkey PRIMARY KEY (id),
  constraint promises_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES users(id),
  constraint promises_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint promises_customer_id_to_contact_id_fkey FOREIGN KEY (customer_id, to_contact_id) REFERENCES contacts(customer_id, id),
  constraint promises_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint promises_settled_by_id_fkey FOREIGN KEY (settled_by_id) REFERENCES users(id),
  constraint promises_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visits(id),
  constraint promises_check CHECK (((state = 'open'::text) = (settled_at IS NULL))),
  constraint promises_check1 CHECK (((state = 'open'::text) OR ((told_how IS NOT NULL) AND (told_at IS NOT NULL)))),
  constraint promises_check2 CHECK (((state <> 'declined'::text) OR (decline_reason IS NOT NULL))),
  constraint promises_decline_reason_check CHECK (((length(decline_reason) >= 1) AND (length(decline_reason) <= 1000))),
  constraint promises_state_check CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'declined'::text]))),
  constraint promises_subject_kind_check CHECK ((subject_kind = 'ticket'::text)),
  constraint promises_told_how_check CHECK ((told_how = ANY (ARRAY['message'::text, 'phone'::text, 'in_person'::text, 'im'::text, 'email'::text]))),
  constraint promises_told_note_check CHECK ((length(told_note) <= 1000)),
  constraint promises_words_check CHECK (((length(words) >= 1) AND (length(words) <= 1000)))
);
create index promises_contact_idx ON promises USING btree (customer_id, to_contact_id);
create index promises_customer_idx ON promises USING btree (customer_id, created_at);
create index promises_open_idx ON promises USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (state = 'open'::text);
create index promises_owner_open_idx ON promises USING btree (owner_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (state = 'open'::text);
create index promises_subject_idx ON promises USING btree (subject_kind, subject_id);
create index promises_visit_idx ON promises USING btree (visit_id) WHERE (visit_id IS NOT NULL);
alter table promises enable row level security;
create policy app_all on promises for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on promises for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND ((to_contact_id = portal_contact_id()) OR (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = promises.subject_id))))));
grant insert, select, update on promises to copperpea_app;
grant select (id, customer_id, subject_kind, subject_id, words, to_contact_id, due_at, state, settled_at, told_how, told_at, created_at, visit_id) on promises to copperpea_portal;

-- owner: copperpea_owner
create table quarantined_acts (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  act text not null,
  body jsonb not null,
  reason text not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  verdict text,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  decided_by_name text,
  decision_reason text,
  created_at timestamp with time zone not null,
  device_time jsonb,
  constraint quarantined_acts_pkey PRIMARY KEY (id),
  constraint quarantined_acts_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES users(id),
  constraint quarantined_acts_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint quarantined_acts_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint quarantined_acts_act_check CHECK (((length(act) >= 1) AND (length(act) <= 60))),
  constraint quarantined_acts_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
  constraint quarantined_acts_check CHECK (((verdict IS NULL) = (decided_at IS NULL))),
  constraint quarantined_acts_check1 CHECK (((verdict IS NULL) = (decided_by_name IS NULL))),
  constraint quarantined_acts_check2 CHECK (((verdict IS DISTINCT FROM 'dropped'::text) OR (decision_reason IS NOT NULL))),
  constraint quarantined_acts_decision_reason_check CHECK ((length(decision_reason) <= 500)),
  constraint quarantined_acts_device_time_check CHECK (((device_time IS NULL) OR ((jsonb_typeof(device_time) = 'object'::text) AND (device_time ?& ARRAY['happened_at'::text, 'device_at'::text, 'corrected_at'::text, 'received_at'::text])))),
  constraint quarantined_acts_reason_check CHECK ((reason = ANY (ARRAY['reassigned'::text, 'permission_withdrawn'::text]))),
  constraint quarantined_acts_verdict_check CHECK ((verdict = ANY (ARRAY['applied'::text, 'dropped'::text])))
);
create index quarantined_acts_visit_idx ON quarantined_acts USING btree (visit_id, customer_id);
alter table quarantined_acts enable row level security;
create policy app_all on quarantined_acts for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on quarantined_acts to copperpea_app;

-- owner: copperpea_owner
create table ratings (
  id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  score smallint not null,
  words text,
  created_at timestamp with time zone not null,
  constraint ratings_pkey PRIMARY KEY (id),
  constraint ratings_ticket_id_key UNIQUE (ticket_id),
  constraint ratings_customer_id_contact_id_fkey FOREIGN KEY (customer_id, contact_id) REFERENCES contacts(customer_id, id),
  constraint ratings_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint ratings_score_check CHECK (((score >= 1) AND (score <= 5))),
  constraint ratings_words_check CHECK ((length(words) <= 2000))
);
create index ratings_customer_idx ON ratings USING btree (customer_id, contact_id);
alter table ratings enable row level security;
create policy app_all on ratings for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on ratings for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = ratings.ticket_id)))));
create policy portal_rate on ratings for insert to copperpea_portal
  with check (((customer_id = portal_customer_id()) AND (contact_id = portal_contact_id()) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = ratings.ticket_id)))));
grant insert, select on ratings to copperpea_app;
grant insert, select on ratings to copperpea_portal;

-- owner: copperpea_owner
create table received_mails (
  id uuid not null,
  mailbox_id uuid not null,
  uidvalidity bigint not null,
  uid bigint not null,
  file_id uuid,
  sha256 text,
  size_bytes bigint not null,
  state text not null,
  outcome text,
  attempts integer not null default 0,
  next_try_at timestamp with time zone,
  failure text,
  last_error text,
  fingerprint text,
  message_id text,
  from_email text,
  from_name text,
  subject text,
  mailed_at timestamp with time zone,
  problems text[] not null default '{}'::text[],
  customer_id uuid,
  ticket_id uuid,
  about_message_id uuid,
  claims_ticket_id uuid,
  same_as_id uuid,
  arrived_at timestamp with time zone not null,
  read_at timestamp with time zone,
  created_at timestamp with time zone not null,
  wants_no_answer boolean not null default false,
  constraint received_mails_pkey PRIMARY KEY (id),
  constraint received_mails_mailbox_id_uidvalidity_uid_key UNIQUE (mailbox_id, uidvalidity, uid),
  constraint received_mails_about_message_id_fkey FOREIGN KEY (about_message_id) REFERENCES messages(id),
  constraint received_mails_claims_ticket_id_fkey FOREIGN KEY (claims_ticket_id) REFERENCES tickets(id),
  constraint received_mails_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint received_mails_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id),
  constraint received_mails_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id),
  constraint received_mails_same_as_id_fkey FOREIGN KEY (same_as_id) REFERENCES received_mails(id),
  constraint received_mails_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint received_mails_check CHECK (((state = 'done'::text) = (outcome IS NOT NULL))),
  constraint received_mails_check1 CHECK (((state = 'waiting'::text) = (next_try_at IS NOT NULL))),
  constraint received_mails_check2 CHECK (((state <> 'failed'::text) OR (failure IS NOT NULL))),
  constraint received_mails_failure_check CHECK ((failure = ANY (ARRAY['too_large'::text, 'unreadable'::text, 'bytes_missing'::text, 'other'::text]))),
  constraint received_mails_from_email_check CHECK ((length(from_email) <= 320)),
  constraint received_mails_from_name_check CHECK ((length(from_name) <= 500)),
  constraint received_mails_last_error_check CHECK ((length(last_error) <= 1000)),
  constraint received_mails_message_id_check CHECK ((length(message_id) <= 1000)),
  constraint received_mails_outcome_check CHECK ((outcome = ANY (ARRAY['ticket'::text, 'message'::text, 'repeat'::text, 'auto_reply'::text, 'bounce'::text, 'own_loop'::text, 'set_aside'::text]))),
  constraint received_mails_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint received_mails_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text]))),
  constraint received_mails_subject_check CHECK ((length(subject) <= 1000))
);
create index received_mails_about_idx ON received_mails USING btree (about_message_id) WHERE (about_message_id IS NOT NULL);
create index received_mails_bytes_idx ON received_mails USING btree (mailbox_id, sha256);
create index received_mails_claims_idx ON received_mails USING btree (claims_ticket_id) WHERE (claims_ticket_id IS NOT NULL);
create index received_mails_customer_idx ON received_mails USING btree (customer_id) WHERE (customer_id IS NOT NULL);
create index received_mails_file_idx ON received_mails USING btree (file_id) WHERE (file_id IS NOT NULL);
create index received_mails_message_idx ON received_mails USING btree (message_id) WHERE (message_id IS NOT NULL);
create unique index received_mails_once ON received_mails USING btree (fingerprint) WHERE ((fingerprint IS NOT NULL) AND (outcome IS DISTINCT FROM 'repeat'::text));
create index received_mails_same_idx ON received_mails USING btree (same_as_id) WHERE (same_as_id IS NOT NULL);
create index received_mails_state_idx ON received_mails USING btree (state, id);
create index received_mails_ticket_idx ON received_mails USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);
create index received_mails_waiting_idx ON received_mails USING btree (mailbox_id, id) WHERE (state = 'waiting'::text);
alter table received_mails enable row level security;
create policy app_all on received_mails for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on received_mails to copperpea_app;

-- owner: copperpea_owner
create table report_prints (
  id uuid not null,
  version_id uuid not null,
  customer_id uuid not null,
  format text not null,
  language text not null,
  look integer not null,
  file_id uuid not null,
  created_at timestamp with time zone not null,
  constraint report_prints_pkey PRIMARY KEY (id),
  constraint report_prints_file_id_key UNIQUE (file_id),
  constraint report_prints_version_id_format_language_look_key UNIQUE (version_id, format, language, look),
  constraint report_prints_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id),
  constraint report_prints_version_id_customer_id_fkey FOREIGN KEY (version_id, customer_id) REFERENCES report_versions(id, customer_id),
  constraint report_prints_format_check CHECK ((format = ANY (ARRAY['pdf'::text, 'docx'::text]))),
  constraint report_prints_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint report_prints_look_check CHECK ((look > 0))
);
create index report_prints_version_idx ON report_prints USING btree (version_id, customer_id);
alter table report_prints enable row level security;
create policy app_all on report_prints for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on report_prints to copperpea_app;

-- owner: copperpea_owner
create table report_versions (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  version integer not null,
  facts jsonb not null,
  sha256 text not null,
  reason text not null,
  made_by_id uuid,
  made_by_name text,
  made_at timestamp with time zone not null,
  signature_id uuid,
  created_at timestamp with time zone not null,
  constraint report_versions_pkey PRIMARY KEY (id),
  constraint report_versions_id_customer_id_key UNIQUE (id, customer_id),
  constraint report_versions_id_sha256_key UNIQUE (id, sha256),
  constraint report_versions_signature_id_key UNIQUE (signature_id),
  constraint report_versions_visit_id_version_key UNIQUE (visit_id, version),
  constraint report_versions_made_by_id_fkey FOREIGN KEY (made_by_id) REFERENCES users(id),
  constraint report_versions_signature_id_fkey FOREIGN KEY (signature_id) REFERENCES visit_signatures(id),
  constraint report_versions_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint report_versions_check CHECK (((reason = 'signed'::text) = (signature_id IS NOT NULL))),
  constraint report_versions_check1 CHECK (((reason = 'made'::text) = (made_by_id IS NOT NULL))),
  constraint report_versions_check2 CHECK (((made_by_id IS NULL) = (made_by_name IS NULL))),
  constraint report_versions_facts_check CHECK ((jsonb_typeof(facts) = 'object'::text)),
  constraint report_versions_made_by_name_check CHECK (((length(made_by_name) >= 1) AND (length(made_by_name) <= 200))),
  constraint report_versions_reason_check CHECK ((reason = ANY (ARRAY['made'::text, 'signed'::text]))),
  constraint report_versions_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint report_versions_version_check CHECK ((version > 0))
);
create index report_versions_visit_idx ON report_versions USING btree (visit_id, customer_id);
alter table report_versions enable row level security;
create policy app_all on report_versions for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on report_versions for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM visits WHERE (visits.id = report_versions.visit_id)))));
grant insert, select on report_versions to copperpea_app;
grant select (id, visit_id, customer_id, version, sha256, reason, made_at, signature_id, created_at) on report_versions to copperpea_portal;

-- owner: copperpea_owner
create table saved_views (
  id uuid not null,
  owner_id uuid not null,
  name text not null,
  filters jsonb not null,
  is_shared boolean not null default false,
  position integer not null default 0,
  created_at timestamp with time zone not null,
  constraint saved_views_pkey PRIMARY KEY (id),
  constraint saved_views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint saved_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
create index saved_views_owner_idx ON saved_views USING btree (owner_id, "position");
alter table saved_views enable row level security;
create policy app_all on saved_views for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on saved_views to copperpea_app;

-- owner: copperpea_owner
create table search_backlogs (
  id uuid not null,
  kind text not null,
  after_id uuid,
  done_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint search_backlogs_pkey PRIMARY KEY (id),
  constraint search_backlogs_kind_key UNIQUE (kind)
);
alter table search_backlogs enable row level security;
create policy app_all on search_backlogs for all to copperpea_app
  using (true)
  with check (true);
grant select, update on search_backlogs to copperpea_app;

-- owner: copperpea_owner
create table search_counts (
  id uuid not null,
  documents bigint not null,
  mean_length double precision not null,
  live_rows bigint not null,
  created_at timestamp with time zone not null,
  constraint search_counts_pkey PRIMARY KEY (id),
  constraint search_counts_documents_check CHECK ((documents >= 0)),
  constraint search_counts_mean_length_check CHECK ((mean_length >= (0)::double precision))
);
alter table search_counts enable row level security;
create policy app_all on search_counts for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on search_counts to copperpea_app;

-- owner: copperpea_owner
create table search_documents (
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  audience text not null,
  customer_id uuid not null,
  ticket_id uuid,
  visit_id uuid,
  number bigint,
  state text,
  happened_at timestamp with time zone not null,
  title text not null,
  body text not null,
  length integer not null,
  tokens tsvector not null,
  created_at timestamp with time zone not null,
  constraint search_documents_pkey PRIMARY KEY (id),
  constraint search_documents_kind_subject_id_audience_key UNIQUE (kind, subject_id, audience),
  constraint search_documents_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
  constraint search_documents_audience_check CHECK ((audience = ANY (ARRAY['customer'::text, 'internal'::text]))),
  constraint search_documents_kind_check CHECK ((kind = ANY (ARRAY['ticket'::text, 'message'::text, 'customer'::text, 'site'::text, 'contact'::text, 'asset'::text, 'promise'::text, 'visit'::text, 'finding'::text, 'log_entry'::text, 'wrap_up'::text, 'visit_note'::text]))),
  constraint search_documents_length_check CHECK ((length >= 0))
);
create index search_documents_customer_idx ON search_documents USING btree (customer_id, id);
create index search_documents_number_idx ON search_documents USING btree (number) WHERE (number IS NOT NULL);
create index search_documents_ticket_idx ON search_documents USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);
create index search_documents_tokens_idx ON search_documents USING gin (tokens) WITH (gin_pending_list_limit='512');
create index search_documents_visit_idx ON search_documents USING btree (visit_id) WHERE (visit_id IS NOT NULL);
alter table search_documents enable row level security;
create policy app_all on search_documents for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on search_documents for select to copperpea_portal
  using (((audience = 'customer'::text) AND (customer_id = portal_customer_id()) AND CASE WHEN (kind = ANY (ARRAY['ticket'::text, 'message'::text])) THEN (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = search_documents.ticket_id))) WHEN (kind = 'promise'::text) THEN (EXISTS ( SELECT 1 FROM promises WHERE (promises.id = search_documents.subject_id))) ELSE (EXISTS ( SELECT 1 FROM visits WHERE (visits.id = search_documents.visit_id))) END));
grant delete, insert, select, update on search_documents to copperpea_app;
grant select (id, kind, subject_id, audience, customer_id, ticket_id, visit_id, number, state, happened_at, title, body, length) on search_documents to copperpea_portal;

-- owner: copperpea_owner
create table search_terms (
  id uuid not null default gen_random_uuid(),
  term text not null,
  documents integer not null,
  created_at timestamp with time zone not null,
  constraint search_terms_pkey PRIMARY KEY (id),
  constraint search_terms_term_key UNIQUE (term),
  constraint search_terms_documents_check CHECK ((documents > 0))
);
alter table search_terms enable row level security;
create policy app_all on search_terms for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on search_terms to copperpea_app;

-- owner: copperpea_owner
create table sessions (
  id uuid not null,
  user_id uuid not null,
  token text not null,
  ip_address text,
  user_agent text,
  expires_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint sessions_token_check CHECK ((length(token) >= 32))
);
create index sessions_expires_idx ON sessions USING btree (expires_at);
create index sessions_user_idx ON sessions USING btree (user_id, id);
alter table sessions enable row level security;
create policy app_all on sessions for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on sessions to copperpea_app;

-- owner: copperpea_owner
create table sites (
  id uuid not null,
  customer_id uuid not null,
  name text not null,
  address text,
  city text,
  zone text not null default 'Asia/Shanghai'::text,
  created_at timestamp with time zone not null,
  constraint sites_pkey PRIMARY KEY (id),
  constraint sites_customer_id_id_key UNIQUE (customer_id, id),
  constraint sites_customer_id_name_key UNIQUE (customer_id, name),
  constraint sites_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint sites_address_check CHECK ((length(address) <= 500)),
  constraint sites_city_check CHECK ((length(city) <= 60)),
  constraint sites_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
alter table sites enable row level security;
create policy app_all on sites for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on sites for select to copperpea_portal
  using ((customer_id = portal_customer_id()));
grant insert, select, update on sites to copperpea_app;
grant select (id, customer_id, name, city, zone) on sites to copperpea_portal;

-- owner: copperpea_owner
create table stamped_papers (
  id uuid not null,
  version_id uuid not null,
  customer_id uuid not null,
  sha256 text not null,
  file_id uuid not null,
  bound_by_id uuid not null,
  bound_by_name text not null,
  bound_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint stamped_papers_pkey PRIMARY KEY (id),
  constraint stamped_papers_file_id_key UNIQUE (file_id),
  constraint stamped_papers_bound_by_id_fkey FOREIGN KEY (bound_by_id) REFERENCES users(id),
  constraint stamped_papers_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id),
  constraint stamped_papers_version_id_customer_id_fkey FOREIGN KEY (version_id, customer_id) REFERENCES report_versions(id, customer_id),
  constraint stamped_papers_version_id_sha256_fkey FOREIGN KEY (version_id, sha256) REFERENCES report_versions(id, sha256),
  constraint stamped_papers_bound_by_name_check CHECK (((length(bound_by_name) >= 1) AND (length(bound_by_name) <= 200)))
);
create index stamped_papers_hash_idx ON stamped_papers USING btree (version_id, sha256);
create index stamped_papers_version_idx ON stamped_papers USING btree (version_id, customer_id);
alter table stamped_papers enable row level security;
create policy app_all on stamped_papers for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on stamped_papers for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM report_versions WHERE (report_versions.id = stamped_papers.version_id)))));
grant insert, select on stamped_papers to copperpea_app;
grant select (id, version_id, customer_id, sha256, file_id, bound_at, created_at) on stamped_papers to copperpea_portal;

-- owner: copperpea_owner
create table ticket_clocks (
  id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  state text not null,
  facts jsonb not null,
  restatements jsonb not null default '[]'::jsonb,
  due_at timestamp with time zone,
  met_at timestamp with time zone,
  breached_at timestamp with time zone,
  next_check_at timestamp with time zone,
  warned_share smallint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint ticket_clocks_pkey PRIMARY KEY (id),
  constraint ticket_clocks_ticket_id_kind_key UNIQUE (ticket_id, kind),
  constraint ticket_clocks_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint ticket_clocks_kind_check CHECK ((kind = ANY (ARRAY['first_response'::text, 'next_update'::text, 'resolution'::text]))),
  constraint ticket_clocks_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'stopped'::text])))
);
create index ticket_clocks_check_idx ON ticket_clocks USING btree (next_check_at) WHERE (next_check_at IS NOT NULL);
create index ticket_clocks_customer_idx ON ticket_clocks USING btree (customer_id);
alter table ticket_clocks enable row level security;
create policy app_all on ticket_clocks for all to copperpea_app
  using (true)
  with check (true);
create policy only_imported on ticket_clocks as restrictive for delete to copperpea_app
  using ((EXISTS ( SELECT 1 FROM tickets WHERE ((tickets.id = ticket_clocks.ticket_id) AND (tickets.import_id IS NOT NULL)))));
create policy portal_own on ticket_clocks for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (kind = 'next_update'::text) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = ticket_clocks.ticket_id)))));
grant delete, insert, select, update on ticket_clocks to copperpea_app;
grant select (id, ticket_id, customer_id, kind, state, due_at) on ticket_clocks to copperpea_portal;

-- owner: copperpea_owner
create table ticket_participants (
  id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  email text not null,
  name text,
  created_at timestamp with time zone not null,
  constraint ticket_participants_pkey PRIMARY KEY (id),
  constraint ticket_participants_ticket_id_email_key UNIQUE (ticket_id, email),
  constraint ticket_participants_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint ticket_participants_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint ticket_participants_email_check CHECK (((length(email) >= 3) AND (length(email) <= 320))),
  constraint ticket_participants_name_check CHECK ((length(name) <= 500))
);
create index ticket_participants_customer_idx ON ticket_participants USING btree (customer_id);
alter table ticket_participants enable row level security;
create policy app_all on ticket_participants for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on ticket_participants to copperpea_app;

-- owner: copperpea_owner
create table ticket_threads (
  id uuid not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  mailbox_id uuid,
  token text not null,
  subject text not null,
  follows_ticket_id uuid,
  created_at timestamp with time zone not null,
  constraint ticket_threads_pkey PRIMARY KEY (id),
  constraint ticket_threads_ticket_id_key UNIQUE (ticket_id),
  constraint ticket_threads_token_key UNIQUE (token),
  constraint ticket_threads_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint ticket_threads_follows_ticket_id_fkey FOREIGN KEY (follows_ticket_id) REFERENCES tickets(id),
  constraint ticket_threads_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id),
  constraint ticket_threads_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint ticket_threads_subject_check CHECK ((((length(subject) >= 1) AND (length(subject) <= 300)) AND (subject !~ '[\r\n]'::text))),
  constraint ticket_threads_token_check CHECK ((token ~ '^[a-z2-9]{24}$'::text))
);
create index ticket_threads_customer_idx ON ticket_threads USING btree (customer_id);
create index ticket_threads_follows_idx ON ticket_threads USING btree (follows_ticket_id) WHERE (follows_ticket_id IS NOT NULL);
create index ticket_threads_mailbox_idx ON ticket_threads USING btree (mailbox_id) WHERE (mailbox_id IS NOT NULL);
alter table ticket_threads enable row level security;
create policy app_all on ticket_threads for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on ticket_threads to copperpea_app;

-- owner: copperpea_owner
create table tickets (
  id uuid not null,
  number bigint not null default nextval('ticket_numbers'::regclass),
  customer_id uuid not null,
  requester_id uuid not null,
  site_id uuid,
  asset_id uuid,
  contract_id uuid,
  kind text not null,
  title text not null,
  state text not null,
  impact smallint not null,
  urgency smallint not null,
  priority smallint not null,
  felt_severity smallint,
  customer_words text,
  assignee_id uuid,
  channel text not null,
  waiting_for text,
  waiting_on_contact_id uuid,
  waiting_since timestamp with time zone,
  waiting_climbed_at timestamp with time zone,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by_id uuid,
  done_for_customer text,
  outcome text,
  next_due_at timestamp with time zone,
  last_customer_message_at timestamp with time zone,
  last_reply_at timestamp with time zone,
  created_by_kind text not null,
  created_by_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  import_id uuid,
  source_key text,
  reference text,
  constraint tickets_pkey PRIMARY KEY (id),
  constraint tickets_customer_id_id_key UNIQUE (customer_id, id),
  constraint tickets_number_key UNIQUE (number),
  constraint tickets_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id),
  constraint tickets_closed_by_id_fkey FOREIGN KEY (closed_by_id) REFERENCES users(id),
  constraint tickets_customer_id_asset_id_fkey FOREIGN KEY (customer_id, asset_id) REFERENCES assets(customer_id, id),
  constraint tickets_customer_id_contract_id_fkey FOREIGN KEY (customer_id, contract_id) REFERENCES contracts(customer_id, id),
  constraint tickets_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint tickets_customer_id_requester_id_fkey FOREIGN KEY (customer_id, requester_id) REFERENCES contacts(customer_id, id),
  constraint tickets_customer_id_site_id_fkey FOREIGN KEY (customer_id, site_id) REFERENCES sites(customer_id, id),
  constraint tickets_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'desk'::text, 'api'::text, 'phone'::text, 'mail'::text, 'import'::text]))),
  constraint tickets_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint tickets_check1 CHECK (((state <> 'closed'::text) OR (channel = 'import'::text) OR ((done_for_customer IS NOT NULL) AND (outcome IS NOT NULL)))),
  constraint tickets_check2 CHECK (((state = 'waiting_on_customer'::text) = (waiting_since IS NOT NULL))),
  constraint tickets_check3 CHECK (((state <> 'waiting_on_customer'::text) OR (waiting_for IS NOT NULL))),
  constraint tickets_created_by_kind_check CHECK ((created_by_kind = ANY (ARRAY['staff'::text, 'contact'::text, 'system'::text]))),
  constraint tickets_customer_words_check CHECK ((length(customer_words) <= 20000)),
  constraint tickets_done_for_customer_check CHECK (((length(done_for_customer) >= 1) AND (length(done_for_customer) <= 4000))),
  constraint tickets_felt_severity_check CHECK (((felt_severity >= 1) AND (felt_severity <= 4))),
  constraint tickets_impact_check CHECK (((impact >= 1) AND (impact <= 3))),
  constraint tickets_kind_check CHECK ((kind = ANY (ARRAY['incident'::text, 'question'::text, 'how_to'::text, 'wish'::text, 'service_request'::text]))),
  constraint tickets_outcome_check CHECK ((outcome = ANY (ARRAY['solved'::text, 'answered'::text, 'known_limit'::text, 'declined'::text, 'duplicate'::text]))),
  constraint tickets_priority_check CHECK (((priority >= 1) AND (priority <= 4))),
  constraint tickets_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 100))),
  constraint tickets_source_key_check CHECK ((length(source_key) <= 300)),
  constraint tickets_state_check CHECK ((state = ANY (ARRAY['new'::text, 'open'::text, 'waiting_on_customer'::text, 'closed'::text]))),
  constraint tickets_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
  constraint tickets_urgency_check CHECK (((urgency >= 1) AND (urgency <= 3))),
  constraint tickets_waiting_for_check CHECK ((length(waiting_for) <= 500))
);
create index tickets_asset_idx ON tickets USING btree (customer_id, asset_id) WHERE (asset_id IS NOT NULL);
create index tickets_assignee_queue_idx ON tickets USING btree (assignee_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE (state <> 'closed'::text);
create index tickets_closed_idx ON tickets USING btree (COALESCE(closed_at, '-infinity'::timestamp with time zone) DESC, id DESC) WHERE (state = 'closed'::text);
create index tickets_contract_idx ON tickets USING btree (customer_id, contract_id) WHERE (contract_id IS NOT NULL);
create index tickets_customer_idx ON tickets USING btree (customer_id, id);
create index tickets_import_idx ON tickets USING btree (import_id, id) WHERE (import_id IS NOT NULL);
create index tickets_queue_idx ON tickets USING btree (COALESCE(next_due_at, 'infinity'::timestamp with time zone), id) WHERE (state <> 'closed'::text);
create index tickets_reference_idx ON tickets USING btree (lower(reference) text_pattern_ops) WHERE (reference IS NOT NULL);
create index tickets_requester_idx ON tickets USING btree (customer_id, requester_id, id);
create index tickets_site_idx ON tickets USING btree (customer_id, site_id) WHERE (site_id IS NOT NULL);
create unique index tickets_source_key ON tickets USING btree (source_key) WHERE (source_key IS NOT NULL);
create index tickets_waiting_idx ON tickets USING btree (waiting_since) WHERE ((state = 'waiting_on_customer'::text) AND (waiting_climbed_at IS NULL));
alter table tickets enable row level security;
create policy app_all on tickets for all to copperpea_app
  using (true)
  with check (true);
create policy never_imported on tickets as restrictive for insert to copperpea_portal
  with check ((import_id IS NULL));
create policy only_imported on tickets as restrictive for delete to copperpea_app
  using ((import_id IS NOT NULL));
create policy portal_ask on tickets for insert to copperpea_portal
  with check (((customer_id = portal_customer_id()) AND (requester_id = portal_contact_id()) AND (channel = 'portal'::text) AND (created_by_kind = 'contact'::text)));
create policy portal_lock on tickets for update to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (portal_sees_all() OR (requester_id = portal_contact_id()))));
create policy portal_own on tickets for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (portal_sees_all() OR (requester_id = portal_contact_id()))));
grant delete, insert, select, update on tickets to copperpea_app;
grant insert on tickets to copperpea_portal;
grant select (id, number, customer_id, requester_id, site_id, kind, title, state, felt_severity, customer_words, assignee_id, channel, waiting_for, waiting_on_contact_id, waiting_since, resolved_at, closed_at, done_for_customer, outcome, created_at, updated_at) on tickets to copperpea_portal;
grant update (updated_at) on tickets to copperpea_portal;

-- owner: copperpea_owner
create table two_factors (
  id uuid not null,
  user_id uuid not null,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint two_factors_pkey PRIMARY KEY (id),
  constraint two_factors_user_id_key UNIQUE (user_id),
  constraint two_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
alter table two_factors enable row level security;
create policy app_all on two_factors for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on two_factors to copperpea_app;

-- owner: copperpea_owner
create table users (
  id uuid not null,
  kind text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  phone text,
  roles text[] not null default '{}'::text[],
  locale text not null default 'zh-CN'::text,
  zone text not null default 'Asia/Shanghai'::text,
  two_factor_enabled boolean not null default false,
  disabled_at timestamp with time zone,
  disabled_by_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email),
  constraint users_disabled_by_id_fkey FOREIGN KEY (disabled_by_id) REFERENCES users(id),
  constraint users_check CHECK (((kind = 'staff'::text) = (cardinality(roles) > 0))),
  constraint users_check1 CHECK (((disabled_by_id IS NULL) OR (disabled_at IS NOT NULL))),
  constraint users_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  constraint users_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'contact'::text]))),
  constraint users_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint users_phone_check CHECK (((length(phone) >= 3) AND (length(phone) <= 40))),
  constraint users_roles_check CHECK ((roles <@ ARRAY['engineer'::text, 'dispatcher'::text, 'manager'::text, 'sales'::text, 'administrator'::text])),
  constraint users_zone_check CHECK (((length(zone) >= 1) AND (length(zone) <= 64)))
);
create index users_disabled_by_idx ON users USING btree (disabled_by_id) WHERE (disabled_by_id IS NOT NULL);
create index users_name_idx ON users USING btree (kind, name, id);
alter table users enable row level security;
create policy app_all on users for all to copperpea_app
  using (true)
  with check (true);
create policy portal_staff_names on users for select to copperpea_portal
  using ((kind = 'staff'::text));
grant insert, select, update on users to copperpea_app;
grant select (id, kind, name) on users to copperpea_portal;

-- owner: copperpea_owner
create table verdicts (
  id uuid not null,
  actor_id uuid not null,
  key text not null,
  operation text not null,
  request_hash text not null,
  status integer not null,
  body jsonb not null,
  created_at timestamp with time zone not null,
  constraint verdicts_pkey PRIMARY KEY (id),
  constraint verdicts_actor_id_key_key UNIQUE (actor_id, key),
  constraint verdicts_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200))),
  constraint verdicts_status_check CHECK (((status >= 200) AND (status <= 499)))
);
create index verdicts_created_idx ON verdicts USING btree (created_at);
alter table verdicts enable row level security;
create policy app_all on verdicts for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on verdicts to copperpea_app;

-- owner: copperpea_owner
create table verifications (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verifications_pkey PRIMARY KEY (id)
);
create index verifications_expires_idx ON verifications USING btree (expires_at);
create index verifications_identifier_idx ON verifications USING btree (identifier);
alter table verifications enable row level security;
create policy app_all on verifications for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on verifications to copperpea_app;

-- owner: copperpea_owner
create table visit_assignments (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  engineer_id uuid not null,
  assigned_at timestamp with time zone not null,
  assigned_by_id uuid,
  created_at timestamp with time zone not null,
  constraint visit_assignments_pkey PRIMARY KEY (id),
  constraint visit_assignments_assigned_by_id_fkey FOREIGN KEY (assigned_by_id) REFERENCES users(id),
  constraint visit_assignments_engineer_id_fkey FOREIGN KEY (engineer_id) REFERENCES users(id),
  constraint visit_assignments_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id)
);
create index visit_assignments_engineer_idx ON visit_assignments USING btree (engineer_id);
create index visit_assignments_visit_idx ON visit_assignments USING btree (visit_id, customer_id, engineer_id);
alter table visit_assignments enable row level security;
create policy app_all on visit_assignments for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on visit_assignments to copperpea_app;

-- owner: copperpea_owner
create table visit_clashes (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  key text not null,
  field text not null,
  based_on jsonb not null,
  theirs jsonb not null,
  mine jsonb not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  settled_keep text,
  settled_at timestamp with time zone,
  settled_by_id uuid,
  settled_by_name text,
  created_at timestamp with time zone not null,
  constraint visit_clashes_pkey PRIMARY KEY (id),
  constraint visit_clashes_visit_id_key_key UNIQUE (visit_id, key),
  constraint visit_clashes_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_clashes_settled_by_id_fkey FOREIGN KEY (settled_by_id) REFERENCES users(id),
  constraint visit_clashes_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_clashes_check CHECK (((settled_keep IS NULL) = (settled_at IS NULL))),
  constraint visit_clashes_check1 CHECK (((settled_keep IS NULL) = (settled_by_name IS NULL))),
  constraint visit_clashes_field_check CHECK (((length(field) >= 1) AND (length(field) <= 200))),
  constraint visit_clashes_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint visit_clashes_settled_keep_check CHECK ((settled_keep = ANY (ARRAY['theirs'::text, 'mine'::text, 'same'::text])))
);
create index visit_clashes_visit_idx ON visit_clashes USING btree (visit_id, customer_id);
alter table visit_clashes enable row level security;
create policy app_all on visit_clashes for all to copperpea_app
  using (true)
  with check (true);
grant insert, select, update on visit_clashes to copperpea_app;

-- owner: copperpea_owner
create table visit_findings (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  what text not null,
  risk text not null,
  standard text not null,
  evidence text not null,
  advice text not null,
  cheaper_advice text not null,
  obstacle text not null,
  reaction text,
  reaction_words text not null,
  photos jsonb not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint visit_findings_pkey PRIMARY KEY (id),
  constraint visit_findings_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_findings_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_findings_advice_check CHECK ((length(advice) <= 4000)),
  constraint visit_findings_cheaper_advice_check CHECK ((length(cheaper_advice) <= 4000)),
  constraint visit_findings_evidence_check CHECK ((length(evidence) <= 4000)),
  constraint visit_findings_obstacle_check CHECK ((length(obstacle) <= 1000)),
  constraint visit_findings_photos_check CHECK (((jsonb_typeof(photos) = 'array'::text) AND (jsonb_array_length(photos) <= 20))),
  constraint visit_findings_reaction_check CHECK ((reaction = ANY (ARRAY['agrees'::text, 'disagrees'::text, 'later'::text]))),
  constraint visit_findings_reaction_words_check CHECK ((length(reaction_words) <= 1000)),
  constraint visit_findings_risk_check CHECK ((risk = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
  constraint visit_findings_standard_check CHECK ((length(standard) <= 1000)),
  constraint visit_findings_what_check CHECK (((length(what) >= 1) AND (length(what) <= 2000)))
);
create index visit_findings_visit_idx ON visit_findings USING btree (visit_id, customer_id);
alter table visit_findings enable row level security;
create policy app_all on visit_findings for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on visit_findings for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM visits WHERE (visits.id = visit_findings.visit_id)))));
grant insert, select, update on visit_findings to copperpea_app;
grant select (id, visit_id, customer_id, what, risk, advice, reaction, photos, happened_at, created_at) on visit_findings to copperpea_portal;

-- owner: copperpea_owner
create table visit_log_entries (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  line text not null,
  customer_line text not null,
  waiting_for text not null,
  waiting_on_contact_id uuid,
  photos jsonb not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint visit_log_entries_pkey PRIMARY KEY (id),
  constraint visit_log_entries_customer_id_waiting_on_contact_id_fkey FOREIGN KEY (customer_id, waiting_on_contact_id) REFERENCES contacts(customer_id, id),
  constraint visit_log_entries_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_log_entries_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_log_entries_check CHECK (((ended_at IS NULL) OR (started_at <= ended_at))),
  constraint visit_log_entries_check1 CHECK (((kind <> 'waiting'::text) OR ((waiting_on_contact_id IS NOT NULL) AND (waiting_for <> ''::text)))),
  constraint visit_log_entries_customer_line_check CHECK ((length(customer_line) <= 2000)),
  constraint visit_log_entries_kind_check CHECK ((kind = ANY (ARRAY['travel'::text, 'waiting'::text, 'work'::text, 'night'::text, 'verification'::text, 'report'::text, 'out_of_contract'::text]))),
  constraint visit_log_entries_line_check CHECK ((length(line) <= 4000)),
  constraint visit_log_entries_photos_check CHECK (((jsonb_typeof(photos) = 'array'::text) AND (jsonb_array_length(photos) <= 20))),
  constraint visit_log_entries_waiting_for_check CHECK ((length(waiting_for) <= 500))
);
create index visit_log_entries_visit_idx ON visit_log_entries USING btree (visit_id, customer_id, started_at);
create index visit_log_entries_waiting_idx ON visit_log_entries USING btree (customer_id, waiting_on_contact_id) WHERE (waiting_on_contact_id IS NOT NULL);
alter table visit_log_entries enable row level security;
create policy app_all on visit_log_entries for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on visit_log_entries for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (btrim(customer_line) <> ''::text) AND (EXISTS ( SELECT 1 FROM visits WHERE (visits.id = visit_log_entries.visit_id)))));
grant insert, select, update on visit_log_entries to copperpea_app;
grant select (id, visit_id, customer_id, kind, started_at, ended_at, customer_line, photos, done_by_name, happened_at, created_at) on visit_log_entries to copperpea_portal;

-- owner: copperpea_owner
create table visit_notes (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  body text not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  photos jsonb not null default '[]'::jsonb,
  constraint visit_notes_pkey PRIMARY KEY (id),
  constraint visit_notes_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_notes_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_notes_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000))),
  constraint visit_notes_photos_check CHECK (((jsonb_typeof(photos) = 'array'::text) AND (jsonb_array_length(photos) <= 20)))
);
create index visit_notes_visit_idx ON visit_notes USING btree (visit_id, customer_id);
alter table visit_notes enable row level security;
create policy app_all on visit_notes for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on visit_notes to copperpea_app;

-- owner: copperpea_owner
create table visit_readiness (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  item text not null,
  state text not null,
  reason text,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint visit_readiness_pkey PRIMARY KEY (id),
  constraint visit_readiness_visit_id_item_key UNIQUE (visit_id, item),
  constraint visit_readiness_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_readiness_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_readiness_check CHECK (((state <> 'waived'::text) OR (reason IS NOT NULL))),
  constraint visit_readiness_item_check CHECK ((item = ANY (ARRAY['rehearsal'::text, 'backup'::text, 'way_back'::text, 'kit'::text, 'access'::text, 'offline_pack'::text]))),
  constraint visit_readiness_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint visit_readiness_state_check CHECK ((state = ANY (ARRAY['ticked'::text, 'waived'::text])))
);
create index visit_readiness_visit_idx ON visit_readiness USING btree (visit_id, customer_id);
alter table visit_readiness enable row level security;
create policy app_all on visit_readiness for all to copperpea_app
  using (true)
  with check (true);
grant delete, insert, select, update on visit_readiness to copperpea_app;

-- owner: copperpea_owner
create table visit_signatures (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  name text not null,
  role text not null,
  strokes jsonb not null,
  shown text not null,
  shown_sha256 text not null,
  as_shown boolean not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  visit jsonb,
  constraint visit_signatures_pkey PRIMARY KEY (id),
  constraint visit_signatures_customer_id_contact_id_fkey FOREIGN KEY (customer_id, contact_id) REFERENCES contacts(customer_id, id),
  constraint visit_signatures_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_signatures_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_signatures_check CHECK (((shown_sha256 ~ '^[0-9a-f]{64}$'::text) AND (shown_sha256 = encode(sha256(convert_to(shown, 'UTF8'::name)), 'hex'::text)))),
  constraint visit_signatures_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint visit_signatures_role_check CHECK (((length(role) >= 1) AND (length(role) <= 100))),
  constraint visit_signatures_shown_check CHECK (((length(shown) >= 1) AND (length(shown) <= 200000))),
  constraint visit_signatures_strokes_check CHECK (((jsonb_typeof(strokes) = 'array'::text) AND (jsonb_array_length(strokes) > 0))),
  constraint visit_signatures_visit_check CHECK ((jsonb_typeof(visit) = 'object'::text))
);
create index visit_signatures_contact_idx ON visit_signatures USING btree (customer_id, contact_id);
create index visit_signatures_visit_idx ON visit_signatures USING btree (visit_id, customer_id);
alter table visit_signatures enable row level security;
create policy app_all on visit_signatures for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on visit_signatures to copperpea_app;

-- owner: copperpea_owner
create table visit_wrap_ups (
  id uuid not null,
  visit_id uuid not null,
  customer_id uuid not null,
  rested_on text not null,
  problems text not null,
  advice text not null,
  support_needed text not null,
  tomorrow text not null,
  reaction text not null,
  promised_today text not null,
  minutes smallint not null,
  done_by_id uuid not null,
  done_by_name text not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint visit_wrap_ups_pkey PRIMARY KEY (id),
  constraint visit_wrap_ups_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES users(id),
  constraint visit_wrap_ups_visit_id_customer_id_fkey FOREIGN KEY (visit_id, customer_id) REFERENCES visits(id, customer_id),
  constraint visit_wrap_ups_advice_check CHECK ((length(advice) <= 8000)),
  constraint visit_wrap_ups_minutes_check CHECK (((minutes >= 0) AND (minutes <= 600))),
  constraint visit_wrap_ups_problems_check CHECK ((length(problems) <= 8000)),
  constraint visit_wrap_ups_promised_today_check CHECK ((promised_today = ANY (ARRAY['nothing'::text, 'noted'::text]))),
  constraint visit_wrap_ups_reaction_check CHECK ((length(reaction) <= 2000)),
  constraint visit_wrap_ups_rested_on_check CHECK (((length(rested_on) >= 1) AND (length(rested_on) <= 4000))),
  constraint visit_wrap_ups_support_needed_check CHECK ((length(support_needed) <= 4000)),
  constraint visit_wrap_ups_tomorrow_check CHECK ((length(tomorrow) <= 4000))
);
create index visit_wrap_ups_visit_idx ON visit_wrap_ups USING btree (visit_id, customer_id);
alter table visit_wrap_ups enable row level security;
create policy app_all on visit_wrap_ups for all to copperpea_app
  using (true)
  with check (true);
grant insert, select on visit_wrap_ups to copperpea_app;

-- owner: copperpea_owner
create table visits (
  id uuid not null,
  number bigint not null default nextval('visit_numbers'::regclass),
  version integer not null,
  ticket_id uuid not null,
  customer_id uuid not null,
  site_id uuid,
  engineer_id uuid not null,
  kind text not null,
  is_emergency boolean not null,
  state text not null,
  planned_from timestamp with time zone not null,
  planned_to timestamp with time zone not null,
  goal text not null,
  done_when text not null,
  not_today text not null,
  today_confirmed_at timestamp with time zone,
  today_confirmed_contact_id uuid,
  today_confirmed_name text,
  interface_contact_id uuid,
  signer_ids uuid[] not null default '{}'::uuid[],
  scope_sales jsonb,
  scope_customer jsonb,
  scope_interface jsonb,
  dispatched_at timestamp with time zone,
  dispatched_by_id uuid,
  dispatched_by_name text,
  overridden text[] not null default '{}'::text[],
  override_reason text,
  departed_at timestamp with time zone,
  arrived_at timestamp with time zone,
  started_at timestamp with time zone,
  left_at timestamp with time zone,
  no_wrap_up_reason text,
  cancelled_at timestamp with time zone,
  cancelled_by_id uuid,
  cancelled_by_name text,
  cancel_reason text,
  kick_off jsonb not null,
  created_by_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  scope_owed_noted_at timestamp with time zone,
  scope_owed_climbed_at timestamp with time zone,
  today_confirmed_read jsonb,
  last_changed jsonb not null default '{}'::jsonb,
  emergency_reason text not null default ''::text,
  days jsonb not null default '[]'::jsonb,
  constraint visits_pkey PRIMARY KEY (id),
  constraint visits_id_customer_id_key UNIQUE (id, customer_id),
  constraint visits_number_key UNIQUE (number),
  constraint visits_cancelled_by_id_fkey FOREIGN KEY (cancelled_by_id) REFERENCES users(id),
  constraint visits_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES users(id),
  constraint visits_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint visits_customer_id_interface_contact_id_fkey FOREIGN KEY (customer_id, interface_contact_id) REFERENCES contacts(customer_id, id),
  constraint visits_customer_id_site_id_fkey FOREIGN KEY (customer_id, site_id) REFERENCES sites(customer_id, id),
  constraint visits_customer_id_ticket_id_fkey FOREIGN KEY (customer_id, ticket_id) REFERENCES tickets(customer_id, id),
  constraint visits_customer_id_today_confirmed_contact_id_fkey FOREIGN KEY (customer_id, today_confirmed_contact_id) REFERENCES contacts(customer_id, id),
  constraint visits_dispatched_by_id_fkey FOREIGN KEY (dispatched_by_id) REFERENCES users(id),
  constraint visits_engineer_id_fkey FOREIGN KEY (engineer_id) REFERENCES users(id),
  constraint visits_cancel_reason_check CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 500))),
  constraint visits_check CHECK ((planned_from < planned_to)),
  constraint visits_check1 CHECK (((today_confirmed_at IS NULL) = (today_confirmed_contact_id IS NULL))),
  constraint visits_check2 CHECK (((today_confirmed_at IS NULL) = (today_confirmed_name IS NULL))),
  constraint visits_check3 CHECK (((dispatched_at IS NULL) = (dispatched_by_name IS NULL))),
  constraint visits_check4 CHECK (((state = ANY (ARRAY['planned'::text, 'cancelled'::text])) OR (dispatched_at IS NOT NULL))),
  constraint visits_check5 CHECK (((cardinality(overridden) = 0) OR (override_reason IS NOT NULL))),
  constraint visits_check6 CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
  constraint visits_check7 CHECK (((cancelled_at IS NULL) OR ((cancelled_by_name IS NOT NULL) AND (cancel_reason IS NOT NULL)))),
  constraint visits_check8 CHECK (((state <> 'done'::text) OR (left_at IS NOT NULL))),
  constraint visits_check9 CHECK (((today_confirmed_read IS NULL) OR ((jsonb_typeof(today_confirmed_read) = 'object'::text) AND (today_confirmed_read ?& ARRAY['goal'::text, 'done_when'::text, 'not_today'::text]) AND (today_confirmed_at IS NOT NULL)))),
  constraint visits_days_check CHECK ((jsonb_typeof(days) = 'array'::text)),
  constraint visits_done_when_check CHECK ((length(done_when) <= 2000)),
  constraint visits_emergency_reason_check CHECK ((length(emergency_reason) <= 500)),
  constraint visits_engineer_span_excl EXCLUDE USING gist (numrange((((uuid_hash_extended(engineer_id, (0)::bigint))::numeric * ('100000000000000'::bigint)::numeric) + (EXTRACT(epoch FROM (planned_from AT TIME ZONE 'UTC'::text)) * (1000)::numeric)), (((uuid_hash_extended(engineer_id, (0)::bigint))::numeric * ('100000000000000'::bigint)::numeric) + (EXTRACT(epoch FROM (planned_to AT TIME ZONE 'UTC'::text)) * (1000)::numeric))) WITH &&) WHERE ((state <> ALL (ARRAY['done'::text, 'cancelled'::text]))),
  constraint visits_goal_check CHECK ((length(goal) <= 2000)),
  constraint visits_kick_off_check CHECK (((jsonb_typeof(kick_off) = 'object'::text) AND (kick_off ?& ARRAY['our_people'::text, 'their_people'::text, 'need'::text, 'expectations'::text, 'cooperation'::text, 'cooperation_ordered_by'::text, 'plan'::text, 'cautions'::text, 'acknowledged'::text]))),
  constraint visits_kind_check CHECK ((kind = ANY (ARRAY['repair'::text, 'inspection'::text, 'installation'::text, 'upgrade'::text, 'training'::text, 'survey'::text]))),
  constraint visits_last_changed_check CHECK ((jsonb_typeof(last_changed) = 'object'::text)),
  constraint visits_no_wrap_up_reason_check CHECK ((length(no_wrap_up_reason) <= 500)),
  constraint visits_not_today_check CHECK ((length(not_today) <= 2000)),
  constraint visits_override_reason_check CHECK ((length(override_reason) <= 500)),
  constraint visits_scope_customer_check CHECK (is_scope_column(scope_customer)),
  constraint visits_scope_interface_check CHECK (is_scope_column(scope_interface)),
  constraint visits_scope_sales_check CHECK (is_scope_column(scope_sales)),
  constraint visits_signer_ids_check CHECK ((cardinality(signer_ids) <= 10)),
  constraint visits_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'dispatched'::text, 'travelling'::text, 'on_site'::text, 'working'::text, 'wrapped_up'::text, 'signed'::text, 'done'::text, 'cancelled'::text]))),
  constraint visits_today_confirmed_name_check CHECK ((length(today_confirmed_name) <= 100)),
  constraint visits_version_check CHECK ((version > 0))
);
create index visits_active_idx ON visits USING btree (planned_from, id) WHERE (state <> ALL (ARRAY['done'::text, 'cancelled'::text]));
create index visits_confirmed_idx ON visits USING btree (customer_id, today_confirmed_contact_id) WHERE (today_confirmed_contact_id IS NOT NULL);
create index visits_customer_idx ON visits USING btree (customer_id, planned_from, id);
create index visits_engineer_idx ON visits USING btree (engineer_id, planned_from, id);
create index visits_interface_idx ON visits USING btree (customer_id, interface_contact_id) WHERE (interface_contact_id IS NOT NULL);
create index visits_of_ticket_idx ON visits USING btree (ticket_id, planned_from);
create index visits_planned_idx ON visits USING btree (planned_from, id);
create index visits_scope_owed ON visits USING btree (dispatched_at) WHERE (is_emergency AND (dispatched_at IS NOT NULL) AND (scope_owed_climbed_at IS NULL) AND ((scope_sales IS NULL) OR (scope_customer IS NULL) OR (scope_interface IS NULL)));
create index visits_site_idx ON visits USING btree (customer_id, site_id) WHERE (site_id IS NOT NULL);
create index visits_ticket_idx ON visits USING btree (customer_id, ticket_id);
alter table visits enable row level security;
create policy app_all on visits for all to copperpea_app
  using (true)
  with check (true);
create policy portal_own on visits for select to copperpea_portal
  using (((customer_id = portal_customer_id()) AND (EXISTS ( SELECT 1 FROM tickets WHERE (tickets.id = visits.ticket_id)))));
grant insert, select, update on visits to copperpea_app;
grant select (id, number, ticket_id, customer_id, site_id, engineer_id, kind, state, planned_from, planned_to, goal, done_when, not_today, today_confirmed_at, today_confirmed_name, departed_at, arrived_at, started_at, left_at, cancelled_at, created_at, updated_at) on visits to copperpea_portal;
