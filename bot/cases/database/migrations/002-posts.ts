import type { Migration } from './migration.ts';

/** What the bot has posted. */
export const POSTS: Migration = {
  id: '002-posts',
  sql: [
    `create table posts (
      key text primary key,
      team text not null,
      channel text not null,
      thread_ts text,
      ts text,
      digest text,
      touched_at_ms bigint not null
    )`,
    'create index posts_place on posts (team, channel, thread_ts)',
    'create index posts_touched on posts (touched_at_ms)',
  ],
};
