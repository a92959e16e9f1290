import type { Transaction } from '../database/database.ts';
import type { FairShares } from './inbox.ts';
import type { Lane } from './lane.ts';

/** Waits: open, under no lease that still runs. */
const WAITING = 'm.finish is null and m.lease_until_ms <= $1';
/**
 * The first of its lane in its thread, and nobody works on another of them. What was taken back counts until its worker stopped. The
 * first is looked up row by row along an index: as a join, PostgreSQL without statistics compares all with all.
 */
const IS_HEAD = `
  not exists (select 1 from live l where l.thread_id = m.thread_id and l.lane = m.lane)
  and m.key = (select e.key from inbox e where e.thread_id = m.thread_id and e.lane = m.lane and e.finish is null
    order by e.position, e.key limit 1)`;
/** Begins the name of a worker that holds a message only to post its place in the queue. */
export const HOLDS = 'card:';
const LIVE = `live as (select thread_id, lane, user_key, channel_key from inbox
  where lease_until_ms > $1 and lease_until_ms > 0 and worker not like '${HOLDS}%')`;

const USERS = `users as (select user_key, count(*) as under_way from live where lane = 'answer' group by user_key)`;
const FULL_CHANNELS = `full_channels as
  (select channel_key from live where lane = 'answer' group by channel_key having count(*) >= $2)`;
const MAY_BE_TAKEN = `m.lane = 'answer' and ${WAITING} and m.not_before_ms <= $1
  and m.channel_key not in (select channel_key from full_channels) and ${IS_HEAD}`;

/** Taken back by the asker, and nobody has told so yet. */
export const UNTOLD = "(finish = 'cancelled' and finished_at_ms is null)";

/** What was taken back and is to be told so: the oldest. */
export async function nextUntold(tx: Transaction, nowMs: number): Promise<string | null> {
  const [row] = await tx.query(
    `select key from inbox where ${UNTOLD} and lease_until_ms <= $1 and not_before_ms <= $1 order by position, key limit 1`,
    [nowMs],
  );
  return row ? String(row.key) : null;
}

/** What is next in the lane of small things: the oldest. */
export async function nextAside(tx: Transaction, nowMs: number): Promise<string | null> {
  const [row] = await tx.query(
    `with ${LIVE} select m.key from inbox m
     where m.lane = 'aside' and ${WAITING} and m.not_before_ms <= $1 and ${IS_HEAD}
     order by m.position, m.key limit 1`,
    [nowMs],
  );
  return row ? String(row.key) : null;
}

/** Users looked at one by one before all are looked at at once: nearly always the first has something that nothing holds up. */
const USERS_ONE_BY_ONE = 6;

/** What is next to be answered. */
export async function nextAnswer(tx: Transaction, nowMs: number, shares: FairShares): Promise<string | null> {
  const waiting = await tx.query(
    `with ${LIVE}, ${USERS}
     select w.user_key from (
       select m.user_key, min(m.position) as since from inbox m
       where m.lane = 'answer' and ${WAITING} and m.not_before_ms <= $1 group by m.user_key) w
     left join users u on u.user_key = w.user_key
     left join served_users s on s.user_key = w.user_key
     where coalesce(u.under_way, 0) < $2
     order by coalesce(u.under_way, 0), coalesce(s.served, 0), w.since, w.user_key limit ${USERS_ONE_BY_ONE}`,
    [nowMs, shares.perUser],
  );
  for (const { user_key: user = null } of waiting) {
    // Along the index of the user's own, to the first that may be taken.
    const [row] = await tx.query(
      `with ${LIVE}, ${FULL_CHANNELS} select m.key from inbox m
       where m.user_key = $3 and ${MAY_BE_TAKEN} order by m.position, m.key limit 1`,
      [nowMs, shares.perChannel, user],
    );
    if (row) return String(row.key);
  }
  if (waiting.length < USERS_ONE_BY_ONE) return null;
  const [row] = await tx.query(
    `with ${LIVE}, ${USERS}, ${FULL_CHANNELS} select m.key from inbox m
     left join users u on u.user_key = m.user_key
     left join served_users s on s.user_key = m.user_key
     where ${MAY_BE_TAKEN} and coalesce(u.under_way, 0) < $3
     order by coalesce(u.under_way, 0), coalesce(s.served, 0), m.position, m.key limit 1`,
    [nowMs, shares.perChannel, shares.perUser],
  );
  return row ? String(row.key) : null;
}

/**
 * How many would be answered before it if nothing ended: users take turns, whoever has something under way has had that many turns.
 * Within a turn those who came to it first stand behind those who have had fewer turns, and else whoever was served least lately first.
 * Null: it does not wait. That one waits for another user's in its thread, or for a full channel, is not foreseen.
 */
export async function countAhead(tx: Transaction, key: string, lane: Lane, nowMs: number): Promise<number | null> {
  if (lane === 'aside') {
    const [row] = await tx.query(
      `select (select count(*) from inbox e where e.lane = 'aside' and e.finish is null and e.lease_until_ms <= $1
         and e.position <= m.position and (e.position < m.position or e.key < m.key)) as ahead
       from inbox m where m.key = $2 and ${WAITING}`,
      [nowMs, key],
    );
    return row ? Number(row.ahead) : null;
  }
  const [row] = await tx.query(
    `with ${LIVE}, ${USERS},
       queue as (
         select m.key, coalesce(u.under_way, 0) as had, coalesce(s.served, 0) as served, m.user_key,
           coalesce(u.under_way, 0) + row_number() over (partition by m.user_key order by m.position, m.key) as turn,
           min(m.position) over (partition by m.user_key) as since
         from inbox m
         left join users u on u.user_key = m.user_key
         left join served_users s on s.user_key = m.user_key
         where m.lane = 'answer' and ${WAITING}),
       ranked as (
         select key, row_number() over (order by turn, had desc, served, since, user_key) - 1 as ahead from queue)
     select ahead from ranked where key = $2`,
    [nowMs, key],
  );
  return row ? Number(row.ahead) : null;
}
