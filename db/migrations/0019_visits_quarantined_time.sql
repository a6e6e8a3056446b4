-- R28: how the device's time of a quarantined act was judged when it came in, so that a lead who applies it believes no
-- more of it than was believed then. {happened_at, plausible, needs_decision, device_at, corrected_at, received_at, basis,
-- doubt}; null for acts of a desk, and for what was kept before this column.

alter table quarantined_acts add column device_time jsonb
  check (device_time is null or (jsonb_typeof(device_time) = 'object'
    and device_time ?& array['happened_at', 'device_at', 'corrected_at', 'received_at']));
