-- R7: working time. Calendars of contracts, and the public holidays that are put into them.
create table calendars (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  archived_at timestamptz,
  archived_by_id uuid references users (id),
  created_at timestamptz not null
);
create unique index calendars_name_key on calendars (lower(name)) where archived_at is null;
create index calendars_archived_by_idx on calendars (archived_by_id) where archived_by_id is not null;

-- An edit, or holidays that change, make a new version: what was counted under the old one stays as it was counted.
create table calendar_versions (
  id uuid primary key,
  calendar_id uuid not null references calendars (id),
  version integer not null check (version >= 1),
  why text not null default 'created' check (why in ('created', 'edited', 'holidays')),
  -- Resolved and whole (src/domain/calendar/definition.ts): holidays are already in `off` and `workdays`.
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  -- Whose holidays; null for none. `day_names`: the days that came from them, date → name.
  region text check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'),
  day_names jsonb not null default '{}' check (jsonb_typeof(day_names) = 'object'),
  effective_at timestamptz not null,
  created_by_id uuid references users (id),
  created_at timestamptz not null,
  unique (calendar_id, version)
);
create index calendar_versions_created_by_idx on calendar_versions (created_by_id) where created_by_id is not null;

-- One day that a region has off, or works to make up for one (then `follows` names the weekday whose hours it has).
create table holidays (
  id uuid primary key,
  region text not null check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'),
  holiday_on date not null,
  name text not null check (length(name) between 1 and 60),
  is_off boolean not null,
  follows text check (follows in ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')),
  source text not null check (source in ('import', 'person')),
  created_at timestamptz not null,
  unique (region, holiday_on),
  check (is_off = (follows is null))
);

-- Years of which all holidays are known. A year without a row here is unknown, not a year without holidays.
create table holiday_years (
  id uuid primary key,
  region text not null check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,8})?$'),
  year integer not null check (year between 2000 and 2199),
  completed_by_id uuid references users (id),
  created_at timestamptz not null,
  unique (region, year)
);
create index holiday_years_completed_by_idx on holiday_years (completed_by_id) where completed_by_id is not null;

do $$ declare t text; begin
  foreach t in array array['calendars', 'calendar_versions', 'holidays', 'holiday_years'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on calendars, holiday_years to copperpea_app;
grant select, insert on calendar_versions to copperpea_app;
grant select, insert, update, delete on holidays to copperpea_app;
