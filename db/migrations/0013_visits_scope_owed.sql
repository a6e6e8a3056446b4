-- R20: when it was said that an emergency's scope sheet is still not complete, and that it was so for another day.

alter table visits
  add column scope_owed_noted_at timestamptz,
  add column scope_owed_climbed_at timestamptz;

create index visits_scope_owed on visits (dispatched_at) where is_emergency and dispatched_at is not null
  and scope_owed_climbed_at is null and (scope_sales is null or scope_customer is null or scope_interface is null);
