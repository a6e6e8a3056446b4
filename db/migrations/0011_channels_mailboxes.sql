-- E-mail, both ways: mailboxes, what came into them and where it belongs, from where answers leave.

alter table tickets drop constraint tickets_channel_check;
alter table tickets add constraint tickets_channel_check
  check (channel in ('portal', 'desk', 'api', 'phone', 'mail'));

-- By the part behind the @ a customer's people are known who have not written before. Senders whom nobody knows yet
-- are contacts of the one customer that stands for them all, until somebody decides whose they are.
alter table customers add column mail_domains text[] not null default '{}';
alter table customers add column stands_for text check (stands_for in ('unknown_senders'));
create unique index customers_stands_for_key on customers (stands_for) where stands_for is not null;
create index customers_mail_domains_idx on customers using gin (mail_domains);
create index contacts_any_email_idx on contacts (lower(email)) where email is not null;

-- A ticket moves with its sender; its messages follow, with the name of the one who now stands for their author.
alter table messages drop constraint messages_customer_id_ticket_id_fkey;
alter table messages add foreign key (customer_id, ticket_id) references tickets (customer_id, id) on update cascade;
grant update (author_id) on messages to copperpea_app;
grant update (customer_id) on promise_moves to copperpea_app;

create table mailboxes (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- To which customers write, and from which answers come.
  address text not null check (length(address) between 3 and 254 and address !~ '[\r\n]'),
  sender_name text check (length(sender_name) between 1 and 100 and sender_name !~ '[\r\n]'),
  signature text not null default '' check (length(signature) <= 1000),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  -- The queue: what a new ticket begins as, and whose it is (null: whoever takes it).
  ticket_kind text not null check (ticket_kind in ('incident', 'question', 'how_to', 'wish', 'service_request')),
  assignee_id uuid references users (id),
  -- What a word after closing does.
  after_closing text not null check (after_closing in ('reopen', 'new_ticket')),
  sends_receipts boolean not null default true,
  imap_host text check (length(imap_host) between 1 and 253),
  imap_port integer check (imap_port between 1 and 65535),
  imap_security text check (imap_security in ('tls', 'starttls', 'plain')),
  imap_user text check (length(imap_user) between 1 and 254),
  imap_folder text not null default 'INBOX' check (length(imap_folder) between 1 and 200),
  -- Passwords are sealed with the installation's secret.
  imap_password text check (length(imap_password) <= 2000),
  takes_existing boolean not null default false,
  smtp_host text check (length(smtp_host) between 1 and 253),
  smtp_port integer check (smtp_port between 1 and 65535),
  smtp_security text check (smtp_security in ('tls', 'starttls', 'plain')),
  smtp_user text check (length(smtp_user) between 1 and 254),
  smtp_password text check (length(smtp_password) <= 2000),
  -- Somebody answers for it that passwords and mails pass a network unsealed.
  plain_allowed boolean not null default false,
  paused_at timestamptz,
  paused_by_id uuid references users (id),
  -- Counts the changes of what a connection depends on; a connection made with an earlier one is made anew.
  settings_version integer not null default 1,
  -- One worker at a time holds the connection; the lease of a killed one ends.
  held_by text check (length(held_by) <= 60),
  held_until timestamptz,
  state text not null default 'new' check (state in ('new', 'connected', 'failing')),
  failure text check (failure in ('sign_in_refused', 'unreachable', 'timed_out', 'certificate', 'encryption_missing',
    'folder_missing', 'quota', 'password_unreadable', 'other')),
  last_error text check (length(last_error) <= 1000),
  failing_since timestamptz,
  tries integer not null default 0,
  next_try_at timestamptz,
  connected_at timestamptz,
  looked_at timestamptz,
  last_mail_at timestamptz,
  waits_by text check (waits_by in ('idle', 'polling')),
  quota_percent smallint,
  -- How far it was read: uids count within a uidvalidity. Nothing older than receives_since is taken.
  uidvalidity bigint,
  last_uid bigint,
  receives_since timestamptz,
  created_at timestamptz not null,
  check ((imap_host is null) = (imap_port is null)),
  check ((imap_host is null) = (imap_security is null)),
  check ((imap_host is null) = (imap_user is null)),
  check ((smtp_host is null) = (smtp_port is null)),
  check ((smtp_host is null) = (smtp_security is null)),
  check ((paused_at is null) = (paused_by_id is null)),
  check ((state = 'failing') = (failure is not null))
);
create unique index mailboxes_name_key on mailboxes (lower(name));
create unique index mailboxes_address_key on mailboxes (lower(address));
create index mailboxes_assignee_idx on mailboxes (assignee_id) where assignee_id is not null;
create index mailboxes_paused_by_idx on mailboxes (paused_by_id) where paused_by_id is not null;

-- Every mail that came in: first the row and the raw bytes (a file), then, in a transaction of its own, what it means.
create table received_mails (
  id uuid primary key,
  mailbox_id uuid not null references mailboxes (id),
  uidvalidity bigint not null,
  uid bigint not null,
  -- Null for one that is too large to be taken: it is read in the mailbox.
  file_id uuid references files (id),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  outcome text check (outcome in ('ticket', 'message', 'repeat', 'auto_reply', 'bounce', 'own_loop', 'set_aside')),
  attempts integer not null default 0,
  next_try_at timestamptz,
  failure text check (failure in ('too_large', 'unreadable', 'bytes_missing', 'other')),
  last_error text check (length(last_error) <= 1000),
  -- What makes it the same mail again, however it came: its Message-ID and a hash of what it says.
  fingerprint text,
  message_id text check (length(message_id) <= 1000),
  from_email text check (length(from_email) <= 320),
  from_name text check (length(from_name) <= 500),
  subject text check (length(subject) <= 1000),
  mailed_at timestamptz,
  problems text[] not null default '{}',
  customer_id uuid references customers (id),
  ticket_id uuid references tickets (id),
  about_message_id uuid references messages (id),
  -- The ticket that it says it belongs to, where the sender had no business there.
  claims_ticket_id uuid references tickets (id),
  same_as_id uuid references received_mails (id),
  arrived_at timestamptz not null,
  read_at timestamptz,
  created_at timestamptz not null,
  unique (mailbox_id, uidvalidity, uid),
  check ((state = 'done') = (outcome is not null)),
  check ((state = 'waiting') = (next_try_at is not null)),
  check (state <> 'failed' or failure is not null)
);
-- The same mail twice changes nothing: only a repeat may bear a fingerprint that is there already.
create unique index received_mails_once on received_mails (fingerprint)
  where fingerprint is not null and outcome is distinct from 'repeat';
create index received_mails_waiting_idx on received_mails (mailbox_id, id) where state = 'waiting';
create index received_mails_state_idx on received_mails (state, id);
create index received_mails_bytes_idx on received_mails (mailbox_id, sha256);
create index received_mails_message_idx on received_mails (message_id) where message_id is not null;
create index received_mails_ticket_idx on received_mails (ticket_id) where ticket_id is not null;
create index received_mails_about_idx on received_mails (about_message_id) where about_message_id is not null;
create index received_mails_claims_idx on received_mails (claims_ticket_id) where claims_ticket_id is not null;
create index received_mails_same_idx on received_mails (same_as_id) where same_as_id is not null;
create index received_mails_customer_idx on received_mails (customer_id) where customer_id is not null;
create index received_mails_file_idx on received_mails (file_id) where file_id is not null;

-- The conversation about a ticket in the customer's mail program: by which secret it is known, from where we answer.
create table ticket_threads (
  id uuid primary key,
  ticket_id uuid not null unique references tickets (id),
  customer_id uuid not null references customers (id),
  mailbox_id uuid references mailboxes (id),
  token text not null unique check (token ~ '^[a-z2-9]{24}$'),
  subject text not null check (length(subject) between 1 and 300 and subject !~ '[\r\n]'),
  -- The closed ticket that this one goes on from.
  follows_ticket_id uuid references tickets (id),
  created_at timestamptz not null
);
create index ticket_threads_customer_idx on ticket_threads (customer_id);
create index ticket_threads_mailbox_idx on ticket_threads (mailbox_id) where mailbox_id is not null;
create index ticket_threads_follows_idx on ticket_threads (follows_ticket_id) where follows_ticket_id is not null;

-- Whom the customer's own people brought into a thread: their answers are heard, they read nothing by it.
create table ticket_participants (
  id uuid primary key,
  ticket_id uuid not null references tickets (id),
  customer_id uuid not null references customers (id),
  email text not null check (length(email) between 3 and 320),
  name text check (length(name) <= 500),
  created_at timestamptz not null,
  unique (ticket_id, email)
);
create index ticket_participants_customer_idx on ticket_participants (customer_id);

-- Senders whom nobody knew, and what was decided about them.
create table mail_senders (
  id uuid primary key,
  -- The customer that stands for them, then the one they were given to.
  customer_id uuid not null references customers (id),
  contact_id uuid not null references contacts (id),
  email text not null check (length(email) between 3 and 320),
  name text check (length(name) <= 500),
  state text not null check (state in ('waiting', 'given', 'dismissed')),
  reason text check (length(reason) between 1 and 500),
  decided_at timestamptz,
  decided_by_id uuid references users (id),
  last_mail_at timestamptz not null,
  created_at timestamptz not null,
  check ((state = 'waiting') = (decided_at is null)),
  check ((state = 'dismissed') = (reason is not null))
);
create unique index mail_senders_email_key on mail_senders (email) where state <> 'given';
create index mail_senders_state_idx on mail_senders (state, id);
create index mail_senders_customer_idx on mail_senders (customer_id);
create index mail_senders_contact_idx on mail_senders (contact_id);
create index mail_senders_decided_by_idx on mail_senders (decided_by_id) where decided_by_id is not null;

-- Outgoing: from which mailbox, about which message, and what came back.
alter table mails add column mailbox_id uuid references mailboxes (id);
alter table mails add column about_message_id uuid references messages (id);
alter table mails add column in_reply_to text check (length(in_reply_to) <= 1000 and in_reply_to !~ '[\r\n]');
alter table mails add column refers_to text[] not null default '{}';
alter table mails add column bounced_at timestamptz;
alter table mails drop constraint mails_state_check;
alter table mails add constraint mails_state_check check (state in ('waiting', 'sent', 'failed', 'bounced'));
alter table mails drop constraint mails_check;
alter table mails add constraint mails_sent_check check ((state in ('sent', 'bounced')) = (sent_at is not null));
alter table mails add constraint mails_bounced_check check ((state = 'bounced') = (bounced_at is not null));
create index mails_mailbox_idx on mails (mailbox_id) where mailbox_id is not null;
create index mails_about_idx on mails (about_message_id) where about_message_id is not null;
create index mails_receipts_idx on mails (lower(to_email), created_at) where template = 'ticket_received';

do $$ declare t text; begin
  foreach t in array array['mailboxes','received_mails','ticket_threads','ticket_participants','mail_senders'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on mailboxes, received_mails, ticket_threads, ticket_participants, mail_senders to copperpea_app;
