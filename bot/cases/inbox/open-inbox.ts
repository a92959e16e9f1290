import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { maskStrings } from '../../investigation/gate/mask-strings.ts';
import type { Database, Row, Transaction } from '../database/database.ts';
import { countAhead, HOLDS, nextAnswer, nextAside, nextUntold, UNTOLD } from './claim-order.ts';
import type { Claimed, Finish, Inbox, KnownThread } from './inbox.ts';
import type { Incoming } from './incoming.ts';
import { type Lane, laneOf } from './lane.ts';
import { threadPosition } from './thread-position.ts';
import { bindPlace, threadById, threadFor, threadOfPlace } from './threads.ts';

/** Claims of all replicas run one after another: who is next depends on what all of them hold. */
const CLAIMING = 'inbox.claim';
/** Threads that become one do so one after another. */
const BINDING = 'inbox.bind';
/** How often something may slip away while it is being taken. */
const TRIES = 5;

/**
 * The inbox of a store. Times are the store's own when it is PostgreSQL, so that replicas whose clocks differ agree on leases; `now`, in
 * milliseconds since the epoch, stands in for it in tests.
 */
export function openInbox(database: Database, now?: () => number): Inbox {
  const time = async (tx: Transaction) => {
    if (now || database.kind === 'sqlite') return Math.round((now ?? Date.now)());
    const [row] = await tx.query('select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms');
    return Number(row?.now_ms);
  };

  const claimed = async (tx: Transaction, key: string, worker: string, nowMs: number, leaseMs: number) => {
    const [row] = await tx.query(
      `update inbox set worker = $2, lease_until_ms = $3, attempt = attempt + 1
       where key = $1 and (finish is null or ${UNTOLD}) and lease_until_ms <= $4
       returning thread_id, lane, user_key, incoming, attempt, received_at_ms, finish`,
      [key, worker, nowMs + Math.round(leaseMs), nowMs],
    );
    // Taken back, or its worker came to life again, between the look and now.
    if (!row) return null;
    if (row.lane === 'answer' && row.finish === null)
      await tx.query(
        `insert into served_users (user_key, served) values ($1, (select coalesce(max(served), 0) + 1 from served_users))
         on conflict (user_key) do update set served = excluded.served`,
        [row.user_key ?? ''],
      );
    const thread = await threadById(tx, String(row.thread_id));
    if (!thread) throw new Error('a message without its thread');
    return claimedOf(row, thread);
  };

  return {
    receive: (incoming) =>
      database.transaction(async (tx) => {
        if ((await tx.query('select 1 as one from inbox where key = $1', [incoming.key])).length > 0) return 'known';
        const nowMs = await time(tx);
        const threadId = await threadFor(tx, incoming.place, nowMs);
        const { team, channel } = incoming.place;
        const rows = await tx.query(
          `insert into inbox (key, thread_id, lane, user_key, channel_key, position, incoming, received_at_ms)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing returning key`,
          [
            incoming.key,
            threadId,
            laneOf(incoming),
            `${team} ${incoming.user}`,
            `${team} ${channel}`,
            threadPosition(incoming),
            JSON.stringify(masked(incoming)),
            nowMs,
          ],
        );
        if (rows.length > 0) return 'new';
        // Another replica got the same at the same moment: the thread that was made for it here has nothing in it.
        if (incoming.place.threadTs === null) await tx.query('delete from threads where id = $1', [threadId]);
        return 'known';
      }),

    claim: (worker, leaseMs, shares, lane) =>
      database.transaction(async (tx) => {
        for (let tried = 0; tried < TRIES; tried += 1) {
          const nowMs = await time(tx);
          const aside = lane === 'answer' ? null : ((await nextUntold(tx, nowMs)) ?? (await nextAside(tx, nowMs)));
          const key = aside ?? (lane === 'aside' ? null : await nextAnswer(tx, nowMs, shares));
          if (key === null) return null;
          const taken = await claimed(tx, key, worker, nowMs, leaseMs);
          if (taken !== null) return taken;
        }
        return null;
      }, CLAIMING),

    hold: (key, worker, leaseMs) =>
      database.transaction(async (tx) => {
        const nowMs = await time(tx);
        const [row] = await tx.query(
          `update inbox set worker = $2, lease_until_ms = $3
           where key = $1 and lane = 'answer' and finish is null and lease_until_ms <= $4
           returning thread_id, lane, incoming, attempt, received_at_ms, finish`,
          [key, holderOf(worker), nowMs + Math.round(leaseMs), nowMs],
        );
        const thread = row ? await threadById(tx, String(row.thread_id)) : null;
        return row && thread ? claimedOf(row, thread) : null;
      }),

    async letWait(key, worker) {
      await letGo(database, key, holderOf(worker));
    },

    renew: (key, worker, leaseMs) =>
      database.transaction(async (tx) => {
        const leaseUntilMs = (await time(tx)) + Math.round(leaseMs);
        const held = await tx.query(
          `update inbox set lease_until_ms = $3 where key = $1 and worker = $2 and (finish is null or ${UNTOLD}) returning finish`,
          [key, worker, leaseUntilMs],
        );
        if (held.length > 0) return held[0]?.finish === null ? 'held' : 'cancelled';
        const [row] = await tx.query('select finish from inbox where key = $1 and worker = $2', [key, worker]);
        return row?.finish === 'cancelled' ? 'cancelled' : 'lost';
      }),

    finish: (key, worker, how) =>
      database.transaction(async (tx) => {
        const nowMs = await time(tx);
        await tx.query(
          `update inbox set finish = $3, finished_at_ms = $4 where key = $1 and worker = $2 and (finish is null or ${UNTOLD})`,
          [key, worker, how, nowMs],
        );
        return (await letGo(tx, key, worker)) === how;
      }),

    release: (key, worker, notBeforeMs) =>
      database.transaction(async (tx) => {
        const rows = await tx.query(
          `update inbox set worker = null, lease_until_ms = 0, not_before_ms = $3
           where key = $1 and worker = $2 and (finish is null or ${UNTOLD}) returning key`,
          [key, worker, Math.round(notBeforeMs)],
        );
        if (rows.length === 0) await letGo(tx, key, worker);
        return rows.length > 0;
      }),

    cancel: (threadId, by) =>
      database.transaction(async (tx) => {
        // A lease that still runs stays: its worker is told so when it renews, and until then it writes in the thread.
        const rows = await tx.query(
          `update inbox set finish = 'cancelled', finished_at_ms = null, not_before_ms = 0
           where thread_id = (select coalesce(merged_into, id) from threads where id = $1)
             and lane = 'answer' and finish is null ${by === undefined ? '' : `and (user_key like '% ' || $2 or user_key like '% B%')`}
           returning key, position`,
          by === undefined ? [threadId] : [threadId, by],
        );
        return rows
          .map(({ key, position }) => ({ key: String(key), position: Number(position) }))
          .sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1))
          .map(({ key }) => key);
      }),

    ahead: (key) =>
      database.transaction(async (tx) => {
        const [row] = await tx.query('select lane from inbox where key = $1', [key]);
        return row ? await countAhead(tx, key, row.lane as Lane, await time(tx)) : null;
      }),

    releaseGone: (isGone) =>
      database.transaction(async (tx) => {
        const nowMs = await time(tx);
        const held = 'lease_until_ms > $1 and lease_until_ms > 0 and worker is not null';
        const workers = await tx.query(`select distinct worker from inbox where ${held}`, [nowMs]);
        let released = 0;
        for (const { worker } of workers) {
          const name = String(worker);
          if (!isGone(name.startsWith(HOLDS) ? name.slice(HOLDS.length) : name)) continue;
          const rows = await tx.query(
            `update inbox set lease_until_ms = 0 where ${held} and worker = $2 returning key`,
            [nowMs, name],
          );
          released += rows.length;
        }
        return released;
      }, CLAIMING),

    async underWayOf(team, user) {
      const rows = await database.query(
        `select distinct thread_id from inbox where user_key = $1 and lane = 'answer' and finish is null`,
        [`${team} ${user}`],
      );
      return rows.map(({ thread_id: id }) => String(id));
    },

    threadAt: (place) => threadOfPlace(database, place),
    async bindThread(threadId, place) {
      const bind = () => database.transaction(async (tx) => bindPlace(tx, threadId, place, await time(tx)), BINDING);
      // A message that opens a thread at the same place at the same moment makes the first one fail; the second finds that thread.
      await bind().catch(bind);
    },

    counts: () =>
      database.transaction(async (tx) => {
        const nowMs = await time(tx);
        const rows = await tx.query(
          `select coalesce(finish, case when lease_until_ms > $1 then 'taken' else 'waiting' end) as state, count(*) as n
           from inbox group by 1`,
          [nowMs],
        );
        const of = (state: Finish | 'waiting' | 'taken') => Number(rows.find((row) => row.state === state)?.n ?? 0);
        const [answered, told, cancelled, ignored] = [of('answered'), of('told'), of('cancelled'), of('ignored')];
        return { waiting: of('waiting'), taken: of('taken'), finished: { answered, told, cancelled, ignored } };
      }),
  };
}

function claimedOf(row: Row, thread: KnownThread): Claimed {
  return {
    incoming: JSON.parse(String(row.incoming)) as Incoming,
    lane: row.lane as Lane,
    thread,
    attempt: Number(row.attempt),
    receivedAtMs: Number(row.received_at_ms),
    takenBack: row.finish === 'cancelled',
  };
}

/** Whoever holds a message to post its place in the queue; it works on nothing (`claim-order.ts`). */
function holderOf(worker: string): string {
  return `${HOLDS}${worker}`;
}

/** Ends the lease of a worker on something; how that ended, null: it is open, undefined: it is not the worker's. */
async function letGo(tx: Transaction, key: string, worker: string): Promise<Finish | null | undefined> {
  const [row] = await tx.query('update inbox set lease_until_ms = 0 where key = $1 and worker = $2 returning finish', [
    key,
    worker,
  ]);
  return row ? (row.finish as Finish | null) : undefined;
}

/** The sender masks too; addresses of files stay whole, or they could not be fetched. */
function masked(incoming: Incoming): Incoming {
  return {
    ...incoming,
    text: maskSecrets(incoming.text),
    files: incoming.files.map((file) => ({ ...file, name: maskSecrets(file.name) })),
    action: incoming.action && { ...incoming.action, input: maskStrings(incoming.action.input) },
  };
}
