-- R28: what an engineer did who lost the permission meanwhile is kept as well, and says why.

alter table quarantined_acts drop constraint quarantined_acts_reason_check;
alter table quarantined_acts add constraint quarantined_acts_reason_check
  check (reason in ('reassigned', 'permission_withdrawn'));
