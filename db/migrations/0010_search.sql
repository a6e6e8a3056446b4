-- R51: one index over everything that is found by its words. A document is what one audience may read of one thing:
-- what a customer may read and what only colleagues may read never share a row.
create table search_documents (
  id uuid primary key,
  kind text not null check (kind in ('ticket', 'message', 'customer', 'site', 'contact', 'asset', 'promise', 'visit',
    'finding', 'log_entry', 'wrap_up', 'visit_note')),
  subject_id uuid not null,
  audience text not null check (audience in ('customer', 'internal')),
  -- Only a customer who came by an import and is taken back ever goes; what is found of them goes along.
  customer_id uuid not null references customers (id) on delete cascade,
  -- What it stands in, so that a find leads there and row security can ask.
  ticket_id uuid,
  visit_id uuid,
  number bigint,
  state text,
  happened_at timestamptz not null,
  title text not null,
  body text not null,
  -- In tokens; documents of more words need more finds.
  length integer not null check (length >= 0),
  -- The tokens of src/domain/search, and what is filtered by as tokens that begin with "=".
  tokens tsvector not null,
  created_at timestamptz not null,
  unique (kind, subject_id, audience)
);
-- Tokens are read for every candidate: kept in the row and not compressed, up to a page.
alter table search_documents alter column tokens set storage external;
alter table search_documents set (toast_tuple_target = 8160);
create index search_documents_tokens_idx on search_documents using gin (tokens) with (gin_pending_list_limit = 512);
create index search_documents_number_idx on search_documents (number) where number is not null;
create index search_documents_customer_idx on search_documents (customer_id, id);
create index search_documents_ticket_idx on search_documents (ticket_id) where ticket_id is not null;
create index search_documents_visit_idx on search_documents (visit_id) where visit_id is not null;

-- How many documents have a token, counted now and then over all or over a sample; a token that is rare stands not here
-- and is counted when it is asked for. With numbers of documents only, never whose.
create table search_terms (
  id uuid primary key default gen_random_uuid(),
  term text collate "C" not null unique,
  documents integer not null check (documents > 0),
  created_at timestamptz not null
);
create table search_counts (
  id uuid primary key,
  documents bigint not null check (documents >= 0),
  mean_length double precision not null check (mean_length >= 0),
  -- What PostgreSQL thought the number of rows was; when it thinks otherwise by a tenth, it is time to count again.
  live_rows bigint not null,
  created_at timestamptz not null
);

-- Which kinds still have to be indexed from the things themselves, and how far that has come.
create table search_backlogs (
  id uuid primary key,
  kind text not null unique,
  after_id uuid,
  done_at timestamptz,
  created_at timestamptz not null
);
insert into search_backlogs (id, kind, created_at)
  select gen_random_uuid(), kind, now()
  from unnest(array['customer', 'site', 'contact', 'asset', 'ticket', 'message', 'promise', 'visit']) kind;

do $$ declare t text; begin
  foreach t in array array['search_documents', 'search_terms', 'search_counts', 'search_backlogs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on search_documents, search_terms, search_counts to copperpea_app;
grant select, update on search_backlogs to copperpea_app;

-- The portal: what is written for the customer, of things that this contact may see; each table's own policy decides.
create policy portal_own on search_documents for select to copperpea_portal
  using (audience = 'customer' and customer_id = portal_customer_id() and case
    when kind in ('ticket', 'message') then exists (select 1 from tickets where tickets.id = search_documents.ticket_id)
    when kind = 'promise' then exists (select 1 from promises where promises.id = search_documents.subject_id)
    else exists (select 1 from visits where visits.id = search_documents.visit_id) end);
grant select (id, kind, subject_id, audience, customer_id, ticket_id, visit_id, number, state, happened_at, title, body,
  length) on search_documents to copperpea_portal;
