import type { Migration } from './migration.ts';

/** What was taken back and not yet told so; who began a case, whether in private, and beside the case of which thread. */
export const UNTOLD: Migration = {
  id: '020-untold',
  sql: [
    "create index inbox_untold on inbox (position, key) where finish = 'cancelled' and finished_at_ms is null",
    'alter table kept_cases add column asker text',
    'alter table kept_cases add column is_private bigint not null default 0',
    'alter table kept_cases add column beside text',
    'create index kept_cases_beside on kept_cases (beside, asker) where beside is not null',
  ],
};
