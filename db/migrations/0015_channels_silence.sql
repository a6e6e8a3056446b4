-- A mail whose sender gets no answer that no person wrote: a program's, one that came through a list, or one that asks for it.
alter table received_mails add column wants_no_answer boolean not null default false;
