-- R26: days on site that are over while the visit goes on. [{departed_at, arrived_at, started_at, left_at, no_wrap_up_reason,
-- held}]; `held` names the wrap-ups, promises and signatures of that day.

alter table visits add column days jsonb not null default '[]' check (jsonb_typeof(days) = 'array');
