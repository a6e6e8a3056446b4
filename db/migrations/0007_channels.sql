-- Channels: outgoing mail, and which files the portal may show.

-- One row per mail, from before it is sent until the firm forgets it. Without a mail server it simply waits here.
create table mails (
  id uuid primary key,
  -- What it is about and to whom: the same occasion makes one mail, however often a job runs.
  occasion text not null unique check (length(occasion) between 1 and 300),
  to_email text not null check (length(to_email) between 3 and 254 and to_email !~ '[\r\n]'),
  to_name text check (length(to_name) between 1 and 200 and to_name !~ '[\r\n]'),
  locale text not null check (locale in ('zh-CN', 'en')),
  template text not null check (length(template) between 1 and 60),
  subject text not null check (length(subject) between 1 and 300 and subject !~ '[\r\n]'),
  text text not null check (length(text) between 1 and 60000),
  html text not null check (length(html) between 1 and 200000),
  -- A link that opens a door (invitation, reset): struck out of the texts once the mail has left.
  secret text check (length(secret) between 8 and 2000),
  state text not null check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  -- Why the last attempt failed: a word of ours, and what the other side said.
  failure text check (failure in ('refused', 'put_off', 'unreachable', 'sign_in_refused', 'timed_out', 'stale',
    'other')),
  last_error text check (length(last_error) <= 1000),
  -- While an attempt runs it lies a little ahead, so that nobody else takes the mail and a killed attempt is repeated.
  next_try_at timestamptz,
  message_id text not null unique check (length(message_id) between 5 and 300),
  thread_id text check (length(thread_id) between 5 and 300),
  ticket_id uuid references tickets (id),
  customer_id uuid references customers (id),
  created_at timestamptz not null,
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null)),
  check ((state = 'waiting') = (next_try_at is not null)),
  check (state <> 'failed' or failure is not null),
  check (ticket_id is null or customer_id is not null)
);
create index mails_due_idx on mails (next_try_at, id) where state = 'waiting';
create index mails_state_idx on mails (state, id);
create index mails_ticket_idx on mails (ticket_id) where ticket_id is not null;
create index mails_customer_idx on mails (customer_id) where customer_id is not null;

alter table mails enable row level security;
create policy app_all on mails to copperpea_app using (true) with check (true);
grant select, insert, update, delete on mails to copperpea_app;

alter table files add constraint files_customer_id_fkey foreign key (customer_id) references customers (id);

-- A file stands in a message; who may read the message may see the file (see the policies of 0006).
create policy portal_in_message on files for select to copperpea_portal
  using (customer_id = portal_customer_id() and visible_to_customer and subject_kind = 'message'
    and exists (select 1 from messages where messages.id = files.subject_id));
