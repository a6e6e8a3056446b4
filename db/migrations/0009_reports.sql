-- Reports: versions of what a visit's report says, the papers printed from them, and stamped paper that came back.

-- The whole visit as it was when it was signed, so that its report can be made whenever the job runs.
alter table visit_signatures add column visit jsonb check (jsonb_typeof(visit) = 'object');

-- R27: facts frozen under their hash. A later change makes a new version; none is ever changed: the app has no right to.
create table report_versions (
  id uuid primary key,
  visit_id uuid not null,
  customer_id uuid not null,
  version integer not null check (version > 0),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'),
  -- Of the facts as canonical JSON.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  reason text not null check (reason in ('made', 'signed')),
  -- A person, or nobody where a signature made it by itself.
  made_by_id uuid references users (id),
  made_by_name text check (length(made_by_name) between 1 and 200),
  made_at timestamptz not null,
  signature_id uuid unique references visit_signatures (id),
  created_at timestamptz not null,
  unique (visit_id, version),
  unique (id, sha256),
  unique (id, customer_id),
  foreign key (visit_id, customer_id) references visits (id, customer_id),
  check ((reason = 'signed') = (signature_id is not null)),
  check ((reason = 'made') = (made_by_id is not null)),
  check ((made_by_id is null) = (made_by_name is null))
);
create index report_versions_visit_idx on report_versions (visit_id, customer_id);

-- What was printed is kept, so that the same download gives the same bytes. `look` counts what papers look like.
create table report_prints (
  id uuid primary key,
  version_id uuid not null,
  customer_id uuid not null,
  format text not null check (format in ('pdf', 'docx')),
  language text not null check (language in ('zh-CN', 'en')),
  look integer not null check (look > 0),
  file_id uuid not null unique references files (id),
  created_at timestamptz not null,
  unique (version_id, format, language, look),
  foreign key (version_id, customer_id) references report_versions (id, customer_id)
);
create index report_prints_version_idx on report_prints (version_id, customer_id);

-- Printed, stamped and photographed: bound to the version it was printed from, by that version's own hash.
create table stamped_papers (
  id uuid primary key,
  version_id uuid not null,
  customer_id uuid not null,
  sha256 text not null,
  file_id uuid not null unique references files (id),
  bound_by_id uuid not null references users (id),
  bound_by_name text not null check (length(bound_by_name) between 1 and 200),
  bound_at timestamptz not null,
  created_at timestamptz not null,
  foreign key (version_id, customer_id) references report_versions (id, customer_id),
  foreign key (version_id, sha256) references report_versions (id, sha256)
);
create index stamped_papers_version_idx on stamped_papers (version_id, customer_id);
create index stamped_papers_hash_idx on stamped_papers (version_id, sha256);

do $$ declare t text; begin
  foreach t in array array['report_versions', 'report_prints', 'stamped_papers'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy app_all on %I to copperpea_app using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert on report_versions, report_prints, stamped_papers to copperpea_app;

-- The portal: which reports there are of visits that one may see. What they say leaves as paper only.
create policy portal_own on report_versions for select to copperpea_portal
  using (customer_id = portal_customer_id() and exists (select 1 from visits where visits.id = report_versions.visit_id));
grant select (id, visit_id, customer_id, version, sha256, reason, made_at, signature_id, created_at)
  on report_versions to copperpea_portal;

create policy portal_own on stamped_papers for select to copperpea_portal
  using (customer_id = portal_customer_id()
    and exists (select 1 from report_versions where report_versions.id = stamped_papers.version_id));
grant select (id, version_id, customer_id, sha256, file_id, bound_at, created_at) on stamped_papers to copperpea_portal;

create policy portal_stamped_paper on files for select to copperpea_portal
  using (customer_id = portal_customer_id() and visible_to_customer and subject_kind = 'stamped_paper'
    and exists (select 1 from stamped_papers where stamped_papers.id = files.subject_id));
