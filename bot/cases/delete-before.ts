import type { Cell, Database } from './database/database.ts';
import { openKeptCases } from './kept-cases/open-kept-cases.ts';

/** Rows deleted in one transaction: nobody waits long behind it. */
const BATCH = 500;
/** Slack delivers an event again for hours: until then its key is kept, however short the retention is. */
const KEYS_KEPT_MS = 25 * 3_600_000;

/** How much was deleted. */
export interface Deleted {
  messages: number;
  cases: number;
  posts: number;
  threads: number;
}

/**
 * Deletes what was last touched before a time (milliseconds since the epoch): finished messages, cases with their feedback, what is noted
 * of posts, and threads with nothing left in them. What waits or is under way stays. In small steps, so that work goes on meanwhile.
 */
export async function deleteBefore(database: Database, ms: number, now: () => number = Date.now): Promise<Deleted> {
  const before = Math.round(ms);
  const cases = await openKeptCases(database).removeBefore(before);
  await inBatches(
    database,
    'feedback',
    'case_id',
    'at_ms < $1 and not exists (select 1 from kept_cases k where k.id = case_id)',
    [before],
  );
  const keysBefore = Math.min(before, Math.round(now() - KEYS_KEPT_MS));
  const messages = await inBatches(
    database,
    'inbox',
    'key',
    'finish is not null and lease_until_ms <= $1 and finished_at_ms < $1',
    [keysBefore],
  );
  const posts = await inBatches(database, 'posts', 'key', 'touched_at_ms < $1', [before]);
  const empty = `touched_at_ms < $1 and not exists (select 1 from inbox m where m.thread_id = threads.id)
    and not exists (select 1 from kept_cases k where k.thread_id = threads.id)
    and not exists (select 1 from threads o where o.merged_into = threads.id)`;
  const threads = await inBatches(database, 'threads', 'id', empty, [before]);
  return { messages, cases, posts, threads };
}

async function inBatches(database: Database, table: string, key: string, which: string, values: readonly Cell[]) {
  for (let deleted = 0; ; ) {
    const rows = await database.query(
      `delete from ${table} where ${key} in (select ${key} from ${table} where ${which} limit ${BATCH}) returning ${key}`,
      values,
    );
    deleted += rows.length;
    if (rows.length === 0) return deleted;
  }
}
