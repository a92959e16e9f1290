import type { Migration } from './migration.ts';

/** Threads, what arrived in them, and who was served when. */
export const INBOX: Migration = {
  id: '001-inbox',
  sql: [
    // `merged_into`: the two were one from the start, and both ids stand for it.
    `create table threads (
      id text primary key,
      team text not null,
      channel text not null,
      thread_ts text,
      merged_into text references threads (id),
      created_at_ms bigint not null,
      touched_at_ms bigint not null
    )`,
    'create unique index threads_place on threads (team, channel, thread_ts)',
    'create index threads_merged on threads (merged_into) where merged_into is not null',
    'create index threads_touched on threads (touched_at_ms)',
    // `lease_until_ms` in the future: a worker is at it. `finish` null: it is open. `position`: its order within the thread.
    `create table inbox (
      key text primary key,
      thread_id text not null references threads (id),
      lane text not null,
      user_key text not null,
      channel_key text not null,
      position bigint not null,
      incoming text not null,
      worker text,
      lease_until_ms bigint not null default 0,
      not_before_ms bigint not null default 0,
      attempt bigint not null default 0,
      finish text,
      received_at_ms bigint not null,
      finished_at_ms bigint
    )`,
    'create index inbox_thread on inbox (thread_id, lane, position, key) where finish is null',
    'create index inbox_open on inbox (user_key, lane, position, key) where finish is null',
    'create index inbox_live on inbox (lease_until_ms) where lease_until_ms > 0',
    'create index inbox_finished on inbox (finished_at_ms) where finish is not null',
    'create index inbox_of_thread on inbox (thread_id)',
    // `served`: a number that grows with each claim of all users.
    'create table served_users (user_key text primary key, served bigint not null)',
    'create index served_users_served on served_users (served)',
  ],
};
