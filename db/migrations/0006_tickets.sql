-- Tickets: whatever a customer asked, the conversation about it in two voices, and its clocks.

create sequence ticket_numbers as bigint start 1001;
grant usage on sequence ticket_numbers to copperpea_app;

create table tickets (
  id uuid primary key,
  number bigint not null unique default nextval('ticket_numbers'),
  customer_id uuid not null references customers (id),
  requester_id uuid not null,
  site_id uuid,
  asset_id uuid,
  contract_id uuid,
  kind text not null check (kind in ('incident', 'question', 'how_to', 'wish', 'service_request')),
  title text not null check (length(title) between 1 and 200),
  state text not null check (state in ('new', 'open', 'waiting_on_customer', 'closed')),
  -- Technical severity: priority is impact × urgency. Felt severity stands beside it, as the customer says it.
  impact smallint not null check (impact between 1 and 3),
  urgency smallint not null check (urgency between 1 and 3),
  priority smallint not null check (priority between 1 and 4),
  felt_severity smallint check (felt_severity between 1 and 4),
  -- R6: the customer's own first words, kept as they were said.
  customer_words text check (length(customer_words) <= 20000),
  assignee_id uuid references users (id),
  channel text not null check (channel in ('portal', 'desk', 'api', 'phone')),
  waiting_for text check (length(waiting_for) <= 500),
  waiting_on_contact_id uuid,
  waiting_since timestamptz,
  -- R7: long waiting climbs to both superiors, once per waiting.
  waiting_climbed_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  closed_by_id uuid references users (id),
  -- What was done, in the customer's words; shown in the portal, asked for at closing.
  done_for_customer text check (length(done_for_customer) between 1 and 4000),
  outcome text check (outcome in ('solved', 'answered', 'known_limit', 'declined', 'duplicate')),
  -- The earliest due time of its running clocks; null when none runs. The queue is ordered by it.
  next_due_at timestamptz,
  last_customer_message_at timestamptz,
  last_reply_at timestamptz,
  created_by_kind text not null check (created_by_kind in ('staff', 'contact', 'system')),
  created_by_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  foreign key (customer_id, requester_id) references contacts (customer_id, id),
  foreign key (customer_id, site_id) references sites (customer_id, id),
  foreign key (customer_id, asset_id) references assets (customer_id, id),
  foreign key (customer_id, contract_id) references contracts (customer_id, id),
  unique (customer_id, id),
  check ((state = 'closed') = (closed_at is not null)),
  check (state <> 'closed' or (done_for_customer is not null and outcome is not null)),
  check ((state = 'waiting_on_customer') = (waiting_since is not null)),
  check (state <> 'waiting_on_customer' or waiting_for is not null)
);
create index tickets_queue_idx on tickets (coalesce(next_due_at, 'infinity'::timestamptz), id) where state <> 'closed';
create index tickets_assignee_queue_idx on tickets (assignee_id, coalesce(next_due_at, 'infinity'::timestamptz), id) where state <> 'closed';
create index tickets_customer_idx on tickets (customer_id, id);
create index tickets_requester_idx on tickets (customer_id, requester_id, id);
create index tickets_waiting_idx on tickets (waiting_since) where state = 'waiting_on_customer' and waiting_climbed_at is null;
create index tickets_closed_idx on tickets (coalesce(closed_at, '-infinity'::timestamptz) desc, id desc) where state = 'closed';
create index tickets_site_idx on tickets (customer_id, site_id) where site_id is not null;
create index tickets_asset_idx on tickets (customer_id, asset_id) where asset_id is not null;
create index tickets_contract_idx on tickets (customer_id, contract_id) where contract_id is not null;

-- Two voices: `customer` is read by the customer, `internal` never is. The voice of a message never changes.
create table messages (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  customer_id uuid not null,
  voice text not null check (voice in ('customer', 'internal')),
  author_kind text not null check (author_kind in ('staff', 'contact', 'system')),
  author_id uuid,
  author_name text not null check (length(author_name) between 1 and 200),
  body text not null check (length(body) between 1 and 20000),
  -- "No answer yet" counts as an update only with the next time in it.
  no_answer_yet boolean not null default false,
  next_update_at timestamptz,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (customer_id, ticket_id) references tickets (customer_id, id),
  check (not no_answer_yet or next_update_at is not null),
  check (author_kind <> 'contact' or voice = 'customer')
);
create index messages_ticket_idx on messages (ticket_id, id);
create index messages_customer_idx on messages (customer_id, ticket_id);

-- R7: the three clocks. `facts` is the clock's life (see sla-clock.ts); the columns are what restating them gave.
create table ticket_clocks (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  customer_id uuid not null,
  kind text not null check (kind in ('first_response', 'next_update', 'resolution')),
  state text not null check (state in ('running', 'paused', 'met', 'stopped')),
  facts jsonb not null,
  restatements jsonb not null default '[]',
  due_at timestamptz,
  met_at timestamptz,
  breached_at timestamptz,
  -- When the tick has to look at it next: a warning share or the breach; null when it has no more to say.
  next_check_at timestamptz,
  warned_share smallint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (ticket_id, kind)
);
create index ticket_clocks_check_idx on ticket_clocks (next_check_at) where next_check_at is not null;
create index ticket_clocks_customer_idx on ticket_clocks (customer_id);

-- R7: a device time outside the plausible window: both times stand, the clock uses the later, a lead decides.
create table doubtful_times (
  id uuid primary key,
  customer_id uuid not null,
  ticket_id uuid not null references tickets (id),
  act text not null,
  -- What the device's clock showed, that time made right, and the receipt; the clocks use the later of the two.
  device_at timestamptz not null,
  corrected_at timestamptz not null,
  received_at timestamptz not null,
  used_at timestamptz not null,
  doubt text not null check (doubt in ('in_future', 'before_last_contact', 'too_old')),
  decided_at timestamptz,
  decided_by_id uuid references users (id),
  decided_time timestamptz,
  created_at timestamptz not null
);
create index doubtful_times_open_idx on doubtful_times (created_at) where decided_at is null;
create index doubtful_times_ticket_idx on doubtful_times (ticket_id);

create table ratings (
  id uuid primary key,
  ticket_id uuid not null unique references tickets (id),
  customer_id uuid not null,
  contact_id uuid not null,
  score smallint not null check (score between 1 and 5),
  words text check (length(words) <= 2000),
  created_at timestamptz not null,
  foreign key (customer_id, contact_id) references contacts (customer_id, id)
);
create index ratings_customer_idx on ratings (customer_id, contact_id);

create table saved_views (
  id uuid primary key,
  owner_id uuid not null references users (id),
  name text not null check (length(name) between 1 and 60),
  filters jsonb not null,
  is_shared boolean not null default false,
  position integer not null default 0,
  created_at timestamptz not null
);
create index saved_views_owner_idx on saved_views (owner_id, position);

do $$ declare t text; begin
  foreach t in array array['tickets','messages','ticket_clocks','doubtful_times','ratings','saved_views'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on tickets, ticket_clocks, doubtful_times to copperpea_app;
grant select, insert on messages, ratings to copperpea_app;
grant select, insert, update, delete on saved_views to copperpea_app;

-- The portal: one's own tickets, or all of the customer's where the setting says so; never a word of the
-- internal voice, never impact, urgency or priority.
create policy portal_own on tickets for select to copperpea_portal
  using (customer_id = portal_customer_id() and (portal_sees_all() or requester_id = portal_contact_id()));
create policy portal_ask on tickets for insert to copperpea_portal
  with check (customer_id = portal_customer_id() and requester_id = portal_contact_id() and channel = 'portal'
    and created_by_kind = 'contact');
-- Locking a row needs the right to update; a contact may change nothing but the moment of the last change.
create policy portal_lock on tickets for update to copperpea_portal
  using (customer_id = portal_customer_id() and (portal_sees_all() or requester_id = portal_contact_id()));
grant select (id, number, customer_id, requester_id, site_id, kind, title, state, felt_severity, customer_words,
  assignee_id, channel, waiting_for, waiting_on_contact_id, waiting_since, resolved_at, closed_at, done_for_customer,
  outcome, created_at, updated_at) on tickets to copperpea_portal;
grant insert on tickets to copperpea_portal;
grant usage on sequence ticket_numbers to copperpea_portal;
grant update (updated_at) on tickets to copperpea_portal;

create policy portal_own on messages for select to copperpea_portal
  using (voice = 'customer' and customer_id = portal_customer_id()
    and exists (select 1 from tickets where tickets.id = messages.ticket_id));
create policy portal_say on messages for insert to copperpea_portal
  with check (voice = 'customer' and author_kind = 'contact' and customer_id = portal_customer_id()
    and author_id = portal_contact_id() and exists (select 1 from tickets where tickets.id = messages.ticket_id));
grant select, insert on messages to copperpea_portal;

create policy portal_own on ratings for select to copperpea_portal
  using (customer_id = portal_customer_id() and exists (select 1 from tickets where tickets.id = ratings.ticket_id));
create policy portal_rate on ratings for insert to copperpea_portal
  with check (customer_id = portal_customer_id() and contact_id = portal_contact_id()
    and exists (select 1 from tickets where tickets.id = ratings.ticket_id));
grant select, insert on ratings to copperpea_portal;

create policy portal_own on promises for select to copperpea_portal
  using (customer_id = portal_customer_id()
    and (to_contact_id = portal_contact_id()
      or exists (select 1 from tickets where tickets.id = promises.subject_id)));

-- When to expect the next word: only the due time of the next-update clock is the customer's to see.
create policy portal_own on ticket_clocks for select to copperpea_portal
  using (customer_id = portal_customer_id() and kind = 'next_update'
    and exists (select 1 from tickets where tickets.id = ticket_clocks.ticket_id));
grant select (id, ticket_id, customer_id, kind, state, due_at) on ticket_clocks to copperpea_portal;
