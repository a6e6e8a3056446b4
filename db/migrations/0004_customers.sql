-- Whom we serve: customers, their sites, people, assets and contracts.

create table customers (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  short_name text check (length(short_name) between 1 and 60),
  trade text check (length(trade) <= 60),
  zone text not null default 'Asia/Shanghai',
  notes text check (length(notes) <= 4000),
  -- The account owner: sales, answers for the account.
  owner_id uuid references users (id),
  archived_at timestamptz,
  archived_by_id uuid references users (id),
  created_at timestamptz not null,
  check ((archived_at is null) = (archived_by_id is null))
);
create unique index customers_name_key on customers (lower(name));
create index customers_owner_idx on customers (owner_id) where owner_id is not null;
create index customers_archived_by_idx on customers (archived_by_id) where archived_by_id is not null;

create table sites (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  name text not null check (length(name) between 1 and 200),
  address text check (length(address) <= 500),
  city text check (length(city) <= 60),
  zone text not null default 'Asia/Shanghai',
  created_at timestamptz not null,
  unique (customer_id, name),
  unique (customer_id, id)
);

-- roles: R35's stakeholder roles: pays, approves, uses, runs (IT), interface. reader_level: for whom we write.
create table contacts (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  site_id uuid,
  user_id uuid unique references users (id),
  name text not null check (length(name) between 1 and 100),
  form_of_address text check (length(form_of_address) <= 60),
  title text check (length(title) <= 100),
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 40),
  preferred_channel text check (preferred_channel in ('portal', 'email', 'phone', 'im')),
  roles text[] not null default '{}' check (roles <@ array['pays', 'approves', 'uses', 'runs', 'interface']),
  reader_level text not null default 'lay' check (reader_level in ('lay', 'semi_professional', 'expert')),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  portal_sees text not null default 'own' check (portal_sees in ('own', 'all')),
  is_customer_administrator boolean not null default false,
  -- The last invitation to the portal; it is accepted once user_id stands.
  invitation_id uuid references invitations (id),
  invitation_ends_at timestamptz,
  -- Still with the customer, but no longer let in.
  portal_ended_at timestamptz,
  left_at timestamptz,
  created_at timestamptz not null,
  unique (customer_id, id),
  foreign key (customer_id, site_id) references sites (customer_id, id),
  check ((invitation_id is null) = (invitation_ends_at is null))
);
create index contacts_customer_idx on contacts (customer_id, name);
create index contacts_invitation_idx on contacts (invitation_id) where invitation_id is not null;
create index contacts_site_idx on contacts (customer_id, site_id) where site_id is not null;
create unique index contacts_email_key on contacts (customer_id, lower(email)) where email is not null and left_at is null;

create table assets (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  site_id uuid,
  name text not null check (length(name) between 1 and 200),
  kind text check (length(kind) <= 60),
  model text check (length(model) <= 100),
  serial text check (length(serial) <= 100),
  version text check (length(version) <= 100),
  notes text check (length(notes) <= 2000),
  retired_at timestamptz,
  created_at timestamptz not null,
  unique (customer_id, id),
  foreign key (customer_id, site_id) references sites (customer_id, id)
);
create index assets_site_idx on assets (customer_id, site_id);
create index assets_serial_idx on assets (lower(serial)) where serial is not null;

-- targets: minutes of working time by priority: {"p1":{"first_response":30,"resolution":240}, …}.
create table contracts (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  name text not null check (length(name) between 1 and 200),
  calendar_id uuid not null references calendars (id),
  targets jsonb not null,
  starts_on date not null,
  ends_on date,
  hours_included integer check (hours_included >= 0),
  cases_included integer check (cases_included >= 0),
  created_at timestamptz not null,
  unique (customer_id, id),
  check (ends_on is null or ends_on >= starts_on),
  check (jsonb_typeof(targets) = 'object' and targets ?& array['p1', 'p2', 'p3', 'p4'])
);
create index contracts_customer_idx on contracts (customer_id, starts_on);
create index contracts_calendar_idx on contracts (calendar_id);

-- What a contract covers: a product, a kind of work, a site; in words that both sides signed.
create table covered_items (
  id uuid primary key,
  customer_id uuid not null references customers (id),
  contract_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('product', 'work', 'site')),
  covered boolean not null default true,
  remark text check (length(remark) <= 500),
  created_at timestamptz not null,
  foreign key (customer_id, contract_id) references contracts (customer_id, id)
);
create index covered_items_contract_idx on covered_items (customer_id, contract_id);

alter table customers enable row level security;
alter table sites enable row level security;
alter table contacts enable row level security;
alter table assets enable row level security;
alter table contracts enable row level security;
alter table covered_items enable row level security;
create policy app_all on customers to copperpea_app using (true) with check (true);
create policy app_all on sites to copperpea_app using (true) with check (true);
create policy app_all on contacts to copperpea_app using (true) with check (true);
create policy app_all on assets to copperpea_app using (true) with check (true);
create policy app_all on contracts to copperpea_app using (true) with check (true);
create policy app_all on covered_items to copperpea_app using (true) with check (true);
grant select, insert, update on customers, sites, contacts, assets, contracts, covered_items to copperpea_app;
grant delete on covered_items to copperpea_app;

-- True while the portal speaks for somebody who manages the people of their own customer. It reads past row
-- security (a policy on contacts cannot ask contacts itself), and answers with nothing but yes or no.
create function portal_is_administrator() returns boolean language sql stable security definer
  set search_path = public, pg_temp
  as $$ select exists (select 1 from contacts where id = portal_contact_id()
    and customer_id = portal_customer_id() and is_customer_administrator
    and left_at is null and portal_ended_at is null) $$;

-- The portal knows its own customer by name, its sites, and the names of its own colleagues. Reader level,
-- stakeholder roles, notes and the contract's figures are not theirs to read: no column grant, no row.
create policy portal_own on customers for select to copperpea_portal using (id = portal_customer_id());
create policy portal_own on sites for select to copperpea_portal using (customer_id = portal_customer_id());
create policy portal_own on contacts for select to copperpea_portal using (customer_id = portal_customer_id());
grant select (id, name, short_name, zone) on customers to copperpea_portal;
grant select (id, customer_id, name, city, zone) on sites to copperpea_portal;
grant select (id, customer_id, site_id, user_id, name, form_of_address, title, email, locale, portal_sees,
  is_customer_administrator, invitation_id, invitation_ends_at, portal_ended_at, left_at, created_at)
  on contacts to copperpea_portal;

-- Who manages their customer's people adds colleagues, says how much they see, and ends their access.
create policy portal_administers_new on contacts for insert to copperpea_portal
  with check (customer_id = portal_customer_id() and portal_is_administrator());
create policy portal_administers on contacts for update to copperpea_portal
  using (customer_id = portal_customer_id() and portal_is_administrator())
  with check (customer_id = portal_customer_id() and portal_is_administrator());
grant insert (id, customer_id, name, title, email, locale, portal_sees, created_at) on contacts to copperpea_portal;
grant update (portal_sees, portal_ended_at) on contacts to copperpea_portal;
