-- R28: what was refused is kept as a note with the photos that belonged to it.

alter table visit_notes add column photos jsonb not null default '[]' check (jsonb_typeof(photos) = 'array'
    and jsonb_array_length(photos) <= 20);
