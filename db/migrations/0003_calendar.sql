-- R7: working time. DRAFT by the lead so that others can migrate; the calendar module's author completes it.
create table calendars (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  archived_at timestamptz,
  created_at timestamptz not null
);
create unique index calendars_name_key on calendars (lower(name)) where archived_at is null;

-- An edit makes a new version: what was counted under the old one stays as it was counted.
create table calendar_versions (
  id uuid primary key,
  calendar_id uuid not null references calendars (id),
  version integer not null check (version >= 1),
  -- Resolved and whole (src/domain/calendar/definition.ts): holidays are already in `off` and `workdays`.
  definition jsonb not null,
  effective_at timestamptz not null,
  created_by_id uuid references users (id),
  created_at timestamptz not null,
  unique (calendar_id, version)
);

alter table calendars enable row level security;
alter table calendar_versions enable row level security;
create policy app_all on calendars to copperpea_app using (true) with check (true);
create policy app_all on calendar_versions to copperpea_app using (true) with check (true);
grant select, insert, update on calendars to copperpea_app;
grant select, insert on calendar_versions to copperpea_app;
