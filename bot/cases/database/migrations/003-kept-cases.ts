import type { Migration } from './migration.ts';

/** Conversations and what people thought of their answers. */
export const KEPT_CASES: Migration = {
  id: '003-kept-cases',
  sql: [
    `create table kept_cases (
      id text primary key,
      thread_id text,
      body text not null,
      about text not null,
      turns text not null,
      updated_at_ms bigint not null
    )`,
    'create index kept_cases_thread on kept_cases (thread_id, updated_at_ms)',
    'create index kept_cases_updated on kept_cases (updated_at_ms)',
    `create table feedback (
      case_id text not null,
      diagnosis text not null,
      user_id text not null,
      helpful bigint not null,
      reason text,
      at_ms bigint not null,
      primary key (case_id, diagnosis, user_id)
    )`,
    'create index feedback_at on feedback (at_ms)',
  ],
};
