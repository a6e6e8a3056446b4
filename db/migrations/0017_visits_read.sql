-- R22, R33: what was on the screen when the customer confirmed; null where nobody kept it. What was read of the kick-off
-- stands beside who acknowledged it, in kick_off.
alter table visits
  add column today_confirmed_read jsonb check (today_confirmed_read is null or (jsonb_typeof(today_confirmed_read) = 'object'
    and today_confirmed_read ?& array['goal', 'done_when', 'not_today'] and today_confirmed_at is not null)),
  -- By path, who last changed what customers confirm, or why it is an emergency: {by_id, by_name, at}.
  add column last_changed jsonb not null default '{}' check (jsonb_typeof(last_changed) = 'object'),
  -- R20: an emergency's reason; empty where it is none, or was one before anybody was asked.
  add column emergency_reason text not null default '' check (length(emergency_reason) <= 500);

-- R28: a clash is settled, too, when the record comes to say what waited beside it.
alter table visit_clashes drop constraint visit_clashes_settled_keep_check,
  add constraint visit_clashes_settled_keep_check check (settled_keep in ('theirs', 'mine', 'same'));
