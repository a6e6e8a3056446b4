-- People and how they come in: accounts (better-auth's tables in this house's names), sessions, second
-- factors, API keys, invitations, and the one row that says who the service firm is.

create table users (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'contact')),
  name text not null check (length(name) between 1 and 100),
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  email_verified boolean not null default false,
  image text,
  phone text check (length(phone) between 3 and 40),
  roles text[] not null default '{}'
    check (roles <@ array['engineer', 'dispatcher', 'manager', 'sales', 'administrator']::text[]),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  zone text not null default 'Asia/Shanghai' check (length(zone) between 1 and 64),
  two_factor_enabled boolean not null default false,
  disabled_at timestamptz,
  disabled_by_id uuid references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- A contact holds no role here: what contacts may do stands with their customer.
  check ((kind = 'staff') = (cardinality(roles) > 0)),
  check (disabled_by_id is null or disabled_at is not null)
);
create index users_name_idx on users (kind, name, id);
create index users_disabled_by_idx on users (disabled_by_id) where disabled_by_id is not null;

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  token text not null unique check (length(token) >= 32),
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null default now(),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index sessions_user_idx on sessions (user_id, id);
create index sessions_expires_idx on sessions (expires_at);

-- How somebody proves who they are: now a password only, later a provider of the firm's.
create table accounts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index accounts_user_idx on accounts (user_id);

-- Short-lived tokens: password resets, second factors being asked for, trusted browsers.
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verifications_identifier_idx on verifications (identifier);
create index verifications_expires_idx on verifications (expires_at);

create table two_factors (
  id uuid primary key,
  user_id uuid not null unique references users (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now()
);

-- Tries counted in the database, so that a limit holds over all processes. `key` is a hash: an address that
-- somebody mistyped is nobody's business.
create table attempts (
  id uuid primary key,
  key text not null unique check (key ~ '^[0-9a-f]{64}$'),
  tries integer not null check (tries >= 0),
  window_ends_at timestamptz not null,
  created_at timestamptz not null
);
create index attempts_window_idx on attempts (window_ends_at);

create table api_keys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  -- The first characters, to tell keys apart; the secret itself is kept only as a hash.
  prefix text not null check (length(prefix) between 8 and 16),
  secret_sha256 text not null unique check (secret_sha256 ~ '^[0-9a-f]{64}$'),
  scopes text[] not null check (cardinality(scopes) between 1 and 50),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null
);
create index api_keys_user_idx on api_keys (user_id, id);

create table invitations (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'contact')),
  name text not null check (length(name) between 1 and 100),
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  roles text[] not null default '{}'
    check (roles <@ array['engineer', 'dispatcher', 'manager', 'sales', 'administrator']::text[]),
  -- The contact and customer that a portal account will belong to; their tables stand in a later module.
  contact_id uuid,
  customer_id uuid,
  locale text not null check (locale in ('zh-CN', 'en')),
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  invited_by_id uuid not null references users (id),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_user_id uuid references users (id),
  revoked_at timestamptz,
  created_at timestamptz not null,
  check ((kind = 'staff') = (cardinality(roles) > 0)),
  check ((kind = 'contact') = (contact_id is not null)),
  check ((contact_id is null) = (customer_id is null)),
  check ((accepted_at is null) = (accepted_user_id is null))
);
-- One open invitation per address: a second one replaces the first.
create unique index invitations_open_email_idx on invitations (email) where accepted_at is null and revoked_at is null;
create index invitations_contact_idx on invitations (contact_id) where contact_id is not null;
create index invitations_customer_idx on invitations (customer_id) where customer_id is not null;
create index invitations_invited_by_idx on invitations (invited_by_id);
create index invitations_accepted_user_idx on invitations (accepted_user_id) where accepted_user_id is not null;

create table firm (
  id uuid primary key,
  -- One row only: one installation serves one firm.
  only_one boolean not null unique default true check (only_one),
  name text not null check (length(name) between 1 and 100),
  name_en text check (length(name_en) between 1 and 100),
  accent_color text not null default '#1f6feb' check (accent_color ~ '^#[0-9a-f]{6}$'),
  logo_file_id uuid references files (id),
  contact_phone text check (length(contact_phone) between 3 and 40),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index firm_logo_idx on firm (logo_file_id) where logo_file_id is not null;

alter table users enable row level security;
alter table sessions enable row level security;
alter table accounts enable row level security;
alter table verifications enable row level security;
alter table two_factors enable row level security;
alter table attempts enable row level security;
alter table api_keys enable row level security;
alter table invitations enable row level security;
alter table firm enable row level security;

create policy app_all on users to copperpea_app using (true) with check (true);
create policy app_all on sessions to copperpea_app using (true) with check (true);
create policy app_all on accounts to copperpea_app using (true) with check (true);
create policy app_all on verifications to copperpea_app using (true) with check (true);
create policy app_all on two_factors to copperpea_app using (true) with check (true);
create policy app_all on attempts to copperpea_app using (true) with check (true);
create policy app_all on api_keys to copperpea_app using (true) with check (true);
create policy app_all on invitations to copperpea_app using (true) with check (true);
create policy app_all on firm to copperpea_app using (true) with check (true);
-- People are disabled, never deleted: what they did keeps its name.
grant select, insert, update on users, api_keys, invitations, firm to copperpea_app;
grant select, insert, update, delete on sessions, accounts, verifications, two_factors, attempts to copperpea_app;

-- The portal shows who of the firm speaks, by name; nothing else about people leaves here.
create policy portal_staff_names on users for select to copperpea_portal using (kind = 'staff');
grant select (id, kind, name) on users to copperpea_portal;
create policy portal_firm on firm for select to copperpea_portal using (true);
grant select (id, name, name_en, accent_color, logo_file_id, contact_phone) on firm to copperpea_portal;
