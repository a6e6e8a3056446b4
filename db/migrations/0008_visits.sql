-- Visits: what was agreed before the road, what was done on site, and what the customer signed.

create sequence visit_numbers as bigint start 101;
grant usage on sequence visit_numbers to copperpea_app;

-- One column of the scope sheet: what one side says the visit is to be (see scopeColumn in src/domain/visits/visit.ts).
create function is_scope_column(scope jsonb) returns boolean language sql immutable parallel safe
  as $$ select scope is null or (jsonb_typeof(scope) = 'object'
    and scope ?& array['what', 'hours', 'night', 'verification', 'said_by', 'said_at']) $$;

create table visits (
  id uuid primary key,
  number bigint not null unique default nextval('visit_numbers'),
  -- Counts the acts on it.
  version integer not null check (version > 0),
  ticket_id uuid not null,
  customer_id uuid not null references customers (id),
  site_id uuid,
  engineer_id uuid not null references users (id),
  kind text not null check (kind in ('repair', 'inspection', 'installation', 'upgrade', 'training', 'survey')),
  is_emergency boolean not null,
  state text not null check (state in ('planned', 'dispatched', 'travelling', 'on_site', 'working', 'wrapped_up',
    'signed', 'done', 'cancelled')),
  planned_from timestamptz not null,
  planned_to timestamptz not null,
  -- R33: the card of the day.
  goal text not null check (length(goal) <= 2000),
  done_when text not null check (length(done_when) <= 2000),
  not_today text not null check (length(not_today) <= 2000),
  today_confirmed_at timestamptz,
  today_confirmed_contact_id uuid,
  today_confirmed_name text check (length(today_confirmed_name) <= 100),
  interface_contact_id uuid,
  signer_ids uuid[] not null default '{}' check (cardinality(signer_ids) <= 10),
  -- R20: three columns, each by another side.
  scope_sales jsonb check (is_scope_column(scope_sales)),
  scope_customer jsonb check (is_scope_column(scope_customer)),
  scope_interface jsonb check (is_scope_column(scope_interface)),
  dispatched_at timestamptz,
  dispatched_by_id uuid references users (id),
  dispatched_by_name text,
  -- What spoke against dispatching, and why it was done all the same.
  overridden text[] not null default '{}',
  override_reason text check (length(override_reason) <= 500),
  departed_at timestamptz,
  arrived_at timestamptz,
  started_at timestamptz,
  left_at timestamptz,
  no_wrap_up_reason text check (length(no_wrap_up_reason) <= 500),
  cancelled_at timestamptz,
  cancelled_by_id uuid references users (id),
  cancelled_by_name text,
  cancel_reason text check (length(cancel_reason) between 1 and 500),
  -- R22: the minutes of the kick-off and who acknowledged them.
  kick_off jsonb not null check (jsonb_typeof(kick_off) = 'object' and kick_off ?& array['our_people', 'their_people',
    'need', 'expectations', 'cooperation', 'cooperation_ordered_by', 'plan', 'cautions', 'acknowledged']),
  created_by_id uuid references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (id, customer_id),
  foreign key (customer_id, ticket_id) references tickets (customer_id, id),
  foreign key (customer_id, site_id) references sites (customer_id, id),
  foreign key (customer_id, interface_contact_id) references contacts (customer_id, id),
  foreign key (customer_id, today_confirmed_contact_id) references contacts (customer_id, id),
  check (planned_from < planned_to),
  check ((today_confirmed_at is null) = (today_confirmed_contact_id is null)),
  check ((today_confirmed_at is null) = (today_confirmed_name is null)),
  check ((dispatched_at is null) = (dispatched_by_name is null)),
  check (state in ('planned', 'cancelled') or dispatched_at is not null),
  check (cardinality(overridden) = 0 or override_reason is not null),
  check ((state = 'cancelled') = (cancelled_at is not null)),
  check (cancelled_at is null or (cancelled_by_name is not null and cancel_reason is not null)),
  check (state <> 'done' or left_at is not null),
  -- Nobody is planned in two places at once. Ranges of numbers, one long stretch of them for each engineer, because a
  -- range and an equality in one such constraint would need an extension. In milliseconds, of which 1e14 are 3,000 years.
  constraint visits_engineer_span_excl exclude using gist (numrange(
    uuid_hash_extended(engineer_id, 0)::numeric * 100000000000000 + extract(epoch from planned_from at time zone 'UTC') * 1000,
    uuid_hash_extended(engineer_id, 0)::numeric * 100000000000000 + extract(epoch from planned_to at time zone 'UTC') * 1000) with &&)
    where (state not in ('done', 'cancelled'))
);
create index visits_active_idx on visits (planned_from, id) where state not in ('done', 'cancelled');
create index visits_planned_idx on visits (planned_from, id);
create index visits_engineer_idx on visits (engineer_id, planned_from, id);
create index visits_ticket_idx on visits (customer_id, ticket_id);
create index visits_of_ticket_idx on visits (ticket_id, planned_from);
create index visits_customer_idx on visits (customer_id, planned_from, id);
create index visits_site_idx on visits (customer_id, site_id) where site_id is not null;
create index visits_interface_idx on visits (customer_id, interface_contact_id) where interface_contact_id is not null;
create index visits_confirmed_idx on visits (customer_id, today_confirmed_contact_id) where today_confirmed_contact_id is not null;

-- Who had it since when; what somebody does who no longer has it is kept in quarantine.
create table visit_assignments (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  engineer_id uuid not null references users (id),
  assigned_at timestamptz not null,
  assigned_by_id uuid references users (id),
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id)
);
create index visit_assignments_visit_idx on visit_assignments (visit_id, customer_id, engineer_id);
create index visit_assignments_engineer_idx on visit_assignments (engineer_id);

-- R21: one row for each item that was ticked or waived; whoever takes that back takes the row away.
create table visit_readiness (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  item text not null check (item in ('rehearsal', 'backup', 'way_back', 'kit', 'access', 'offline_pack')),
  state text not null check (state in ('ticked', 'waived')),
  reason text check (length(reason) between 1 and 500),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  created_at timestamptz not null,
  unique (visit_id, item),
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  check (state <> 'waived' or reason is not null)
);
create index visit_readiness_visit_idx on visit_readiness (visit_id, customer_id);

-- R23: work by kinds of time, with a line for colleagues and one for the customer. photos: [{file_id, caption}].
create table visit_log_entries (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('travel', 'waiting', 'work', 'night', 'verification', 'report', 'out_of_contract')),
  started_at timestamptz not null,
  ended_at timestamptz,
  line text not null check (length(line) <= 4000),
  customer_line text not null check (length(customer_line) <= 2000),
  waiting_for text not null check (length(waiting_for) <= 500),
  waiting_on_contact_id uuid,
  photos jsonb not null check (jsonb_typeof(photos) = 'array' and jsonb_array_length(photos) <= 20),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  foreign key (customer_id, waiting_on_contact_id) references contacts (customer_id, id),
  check (ended_at is null or started_at <= ended_at),
  check (kind <> 'waiting' or (waiting_on_contact_id is not null and waiting_for <> ''))
);
create index visit_log_entries_visit_idx on visit_log_entries (visit_id, customer_id, started_at);
create index visit_log_entries_waiting_idx on visit_log_entries (customer_id, waiting_on_contact_id)
  where waiting_on_contact_id is not null;

-- R24
create table visit_findings (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  what text not null check (length(what) between 1 and 2000),
  risk text not null check (risk in ('low', 'medium', 'high', 'critical')),
  standard text not null check (length(standard) <= 1000),
  evidence text not null check (length(evidence) <= 4000),
  advice text not null check (length(advice) <= 4000),
  cheaper_advice text not null check (length(cheaper_advice) <= 4000),
  obstacle text not null check (length(obstacle) <= 1000),
  reaction text check (reaction in ('agrees', 'disagrees', 'later')),
  reaction_words text not null check (length(reaction_words) <= 1000),
  photos jsonb not null check (jsonb_typeof(photos) = 'array' and jsonb_array_length(photos) <= 20),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id)
);
create index visit_findings_visit_idx on visit_findings (visit_id, customer_id);

-- R26: the day's talk.
create table visit_wrap_ups (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  rested_on text not null check (length(rested_on) between 1 and 4000),
  problems text not null check (length(problems) <= 8000),
  advice text not null check (length(advice) <= 8000),
  support_needed text not null check (length(support_needed) <= 4000),
  tomorrow text not null check (length(tomorrow) <= 4000),
  reaction text not null check (length(reaction) <= 2000),
  promised_today text not null check (promised_today in ('nothing', 'noted')),
  minutes smallint not null check (minutes between 0 and 600),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id)
);
create index visit_wrap_ups_visit_idx on visit_wrap_ups (visit_id, customer_id);

-- R27: `shown` is what was signed, word for word, bound by its hash. Never changed: the app has no right to.
create table visit_signatures (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  role text not null check (length(role) between 1 and 100),
  strokes jsonb not null check (jsonb_typeof(strokes) = 'array' and jsonb_array_length(strokes) > 0),
  shown text not null check (length(shown) between 1 and 200000),
  shown_sha256 text not null check (shown_sha256 ~ '^[0-9a-f]{64}$'
    and shown_sha256 = encode(sha256(convert_to(shown, 'UTF8')), 'hex')),
  as_shown boolean not null,
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  foreign key (customer_id, contact_id) references contacts (customer_id, id)
);
create index visit_signatures_visit_idx on visit_signatures (visit_id, customer_id);
create index visit_signatures_contact_idx on visit_signatures (customer_id, contact_id);

create table visit_notes (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  body text not null check (length(body) between 1 and 20000),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id)
);
create index visit_notes_visit_idx on visit_notes (visit_id, customer_id);

-- R28: two people changed one field. `theirs` stood in the record, `mine` came later; a person decides which is right.
create table visit_clashes (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  -- `<id of the edit>:<name of the field>`
  key text not null check (length(key) between 1 and 200),
  -- A path: `goal`, `kick_off.need`, `log.<id>.line`.
  field text not null check (length(field) between 1 and 200),
  based_on jsonb not null,
  theirs jsonb not null,
  mine jsonb not null,
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  settled_keep text check (settled_keep in ('theirs', 'mine')),
  settled_at timestamptz,
  settled_by_id uuid references users (id),
  settled_by_name text,
  created_at timestamptz not null,
  unique (visit_id, key),
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  check ((settled_keep is null) = (settled_at is null)),
  check ((settled_keep is null) = (settled_by_name is null))
);
create index visit_clashes_visit_idx on visit_clashes (visit_id, customer_id);

-- What came from somebody whose visit it no longer was: kept as it came, until a lead decides.
create table quarantined_acts (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  act text not null check (length(act) between 1 and 60),
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  reason text not null check (reason in ('reassigned')),
  done_by_id uuid not null references users (id),
  done_by_name text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  verdict text check (verdict in ('applied', 'dropped')),
  decided_at timestamptz,
  decided_by_id uuid references users (id),
  decided_by_name text,
  decision_reason text check (length(decision_reason) <= 500),
  created_at timestamptz not null,
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  check ((verdict is null) = (decided_at is null)),
  check ((verdict is null) = (decided_by_name is null)),
  check (verdict is distinct from 'dropped' or decision_reason is not null)
);
create index quarantined_acts_visit_idx on quarantined_acts (visit_id, customer_id);

-- A promise caught on a visit is a promise of the ticket; this says where it was said.
alter table promises add column visit_id uuid references visits (id);
create index promises_visit_idx on promises (visit_id) where visit_id is not null;
grant select (visit_id) on promises to copperpea_portal;

do $$ declare t text; begin
  foreach t in array array['visits', 'visit_assignments', 'visit_readiness', 'visit_log_entries', 'visit_findings',
    'visit_wrap_ups', 'visit_signatures', 'visit_notes', 'visit_clashes', 'quarantined_acts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on visits, visit_log_entries, visit_findings, visit_clashes, quarantined_acts to copperpea_app;
grant select, insert on visit_assignments, visit_wrap_ups, visit_signatures, visit_notes to copperpea_app;
grant select, insert, update, delete on visit_readiness to copperpea_app;

-- The portal: visits of the tickets that one may see. The card of the day, the times and the lines written for the
-- customer are theirs; the line for colleagues, notes, readiness, scope, clashes and quarantine have no grant.
create policy portal_own on visits for select to copperpea_portal
  using (customer_id = portal_customer_id() and exists (select 1 from tickets where tickets.id = visits.ticket_id));
grant select (id, number, ticket_id, customer_id, site_id, engineer_id, kind, state, planned_from, planned_to, goal,
  done_when, not_today, today_confirmed_at, today_confirmed_name, departed_at, arrived_at, started_at, left_at,
  cancelled_at, created_at, updated_at) on visits to copperpea_portal;

create policy portal_own on visit_log_entries for select to copperpea_portal
  using (customer_id = portal_customer_id() and btrim(customer_line) <> ''
    and exists (select 1 from visits where visits.id = visit_log_entries.visit_id));
grant select (id, visit_id, customer_id, kind, started_at, ended_at, customer_line, photos, done_by_name, happened_at,
  created_at) on visit_log_entries to copperpea_portal;

create policy portal_own on visit_findings for select to copperpea_portal
  using (customer_id = portal_customer_id() and exists (select 1 from visits where visits.id = visit_findings.visit_id));
grant select (id, visit_id, customer_id, what, risk, advice, reaction, photos, happened_at, created_at)
  on visit_findings to copperpea_portal;

-- A photo may be looked at where the line or the finding that it stands with may be read.
create policy portal_in_visit on files for select to copperpea_portal
  using (customer_id = portal_customer_id() and subject_kind = 'visit' and visible_to_customer
    and (exists (select 1 from visit_log_entries entry where entry.visit_id = files.subject_id
        and entry.photos @> jsonb_build_array(jsonb_build_object('file_id', files.id)))
      or exists (select 1 from visit_findings finding where finding.visit_id = files.subject_id
        and finding.photos @> jsonb_build_array(jsonb_build_object('file_id', files.id)))));
