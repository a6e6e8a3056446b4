-- R9: what we owe, to whom, by whom, until when, and where it was said. A promise caught in passing may lack
-- parts; it can then be neither kept nor carried over until somebody completes it.
create table promises (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  -- Where it was given: kind and id of the thing, and of the message when it was a sentence.
  subject_kind text not null check (subject_kind in ('ticket')),
  subject_id uuid not null,
  message_id uuid,
  words text not null check (length(words) between 1 and 1000),
  to_contact_id uuid,
  owner_id uuid references users (id),
  due_at timestamptz,
  state text not null check (state in ('open', 'kept', 'declined')),
  settled_at timestamptz,
  settled_by_id uuid references users (id),
  -- How the customer was told; nothing is settled without it.
  told_how text check (told_how in ('message', 'phone', 'in_person', 'im', 'email')),
  told_at timestamptz,
  told_note text check (length(told_note) <= 1000),
  decline_reason text check (length(decline_reason) between 1 and 1000),
  moved_count integer not null default 0,
  first_due_at timestamptz,
  overdue_noted_at timestamptz,
  overdue_climbed_at timestamptz,
  created_by_id uuid references users (id),
  created_at timestamptz not null,
  foreign key (customer_id, to_contact_id) references contacts (customer_id, id),
  check ((state = 'open') = (settled_at is null)),
  check (state = 'open' or (told_how is not null and told_at is not null)),
  check (state <> 'declined' or decline_reason is not null)
);
create index promises_subject_idx on promises (subject_kind, subject_id);
-- In the order of the ledger: without a due time comes last.
create index promises_open_idx on promises (coalesce(due_at, 'infinity'::timestamptz), id) where state = 'open';
create index promises_owner_open_idx on promises (owner_id, coalesce(due_at, 'infinity'::timestamptz), id) where state = 'open';
create index promises_customer_idx on promises (customer_id, created_at);
create index promises_contact_idx on promises (customer_id, to_contact_id);

-- Each change of the due time with the customer's agreement; the first word stays on record.
create table promise_moves (
  id uuid primary key,
  promise_id uuid not null references promises (id),
  customer_id uuid not null,
  from_due_at timestamptz not null,
  to_due_at timestamptz not null,
  agreed_by text not null check (length(agreed_by) between 1 and 200),
  reason text not null check (length(reason) between 1 and 1000),
  moved_by_id uuid references users (id),
  created_at timestamptz not null
);
create index promise_moves_promise_idx on promise_moves (promise_id);

alter table promises enable row level security;
alter table promise_moves enable row level security;
create policy app_all on promises to copperpea_app using (true) with check (true);
create policy app_all on promise_moves to copperpea_app using (true) with check (true);
grant select, insert, update on promises to copperpea_app;
grant select, insert on promise_moves to copperpea_app;
grant select (id, customer_id, subject_kind, subject_id, words, to_contact_id, due_at, state, settled_at, told_at,
  told_how, created_at) on promises to copperpea_portal;
