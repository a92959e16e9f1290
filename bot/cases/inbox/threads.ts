import { randomBytes } from 'node:crypto';
import { DatabaseError, type Row, type Transaction } from '../database/database.ts';
import type { Place } from '../place.ts';
import type { KnownThread } from './inbox.ts';

const THREAD = `t.id, t.team, t.channel, t.thread_ts,
  (select k.id from kept_cases k where k.thread_id = t.id order by k.updated_at_ms desc, k.id limit 1) as case_id`;

/** The thread of a place, made when there is none yet; a place without a thread gets one of its own each time. */
export async function threadFor(tx: Transaction, { team, channel, threadTs }: Place, nowMs: number): Promise<string> {
  const id = `thr_${randomBytes(8).toString('hex')}`;
  for (let tried = 0; tried < 3; tried += 1) {
    await tx.query(
      `insert into threads (id, team, channel, thread_ts, created_at_ms, touched_at_ms) values ($1, $2, $3, $4, $5, $5)
       on conflict (team, channel, thread_ts) do nothing`,
      [id, team, channel, threadTs, nowMs],
    );
    // Held until the end of the transaction: two threads do not become one between here and there. No row: they just did.
    const [row] = await tx.query(
      `update threads set touched_at_ms = $4
       where (team = $1 and channel = $2 and thread_ts = $3) or id = $5 returning id`,
      [team, channel, threadTs, nowMs, id],
    );
    if (row) return String(row.id);
  }
  throw new DatabaseError('the thread of a message cannot be held');
}

/** The thread of an id, also of one that became part of another. */
export async function threadById(tx: Transaction, id: string): Promise<KnownThread | null> {
  const [row] = await tx.query(
    `select ${THREAD} from threads t where t.id = (select coalesce(merged_into, id) from threads where id = $1)`,
    [id],
  );
  return row ? knownThread(row) : null;
}

export async function threadOfPlace(tx: Transaction, { team, channel, threadTs }: Place): Promise<KnownThread | null> {
  if (threadTs === null) return null;
  const [row] = await tx.query(
    `select ${THREAD} from threads t where t.team = $1 and t.channel = $2 and t.thread_ts = $3`,
    [team, channel, threadTs],
  );
  return row ? knownThread(row) : null;
}

/** Gives a thread its place; when another thread stands there, the one that has a case, or else the older, takes the other in. */
export async function bindPlace(tx: Transaction, threadId: string, place: Place, nowMs: number): Promise<void> {
  const bound = await threadById(tx, threadId);
  if (bound === null || bound.place.threadTs !== null || place.threadTs === null) return;
  const there = await threadOfPlace(tx, place);
  if (there === null) return await setPlace(tx, bound.id, place, nowMs);
  const rows = await tx.query('select id from threads where id in ($1, $2) order by created_at_ms, id', [
    bound.id,
    there.id,
  ]);
  const older = rows[0]?.id === bound.id ? bound : there;
  const kept = (bound.caseId === null) === (there.caseId === null) ? older : bound.caseId === null ? there : bound;
  const gone = kept === bound ? there : bound;
  await tx.query('update threads set thread_ts = null, merged_into = $2 where id = $1 or merged_into = $1', [
    gone.id,
    kept.id,
  ]);
  await tx.query('update inbox set thread_id = $2 where thread_id = $1', [gone.id, kept.id]);
  await tx.query('update kept_cases set thread_id = $2 where thread_id = $1', [gone.id, kept.id]);
  await setPlace(tx, kept.id, place, nowMs);
}

async function setPlace(tx: Transaction, id: string, { team, channel, threadTs }: Place, nowMs: number): Promise<void> {
  await tx.query('update threads set team = $2, channel = $3, thread_ts = $4, touched_at_ms = $5 where id = $1', [
    id,
    team,
    channel,
    threadTs,
    nowMs,
  ]);
}

function knownThread(row: Row): KnownThread {
  const { id, team, channel, thread_ts: threadTs, case_id: caseId } = row;
  return {
    id: String(id),
    place: { team: String(team), channel: String(channel), threadTs: textOrNull(threadTs) },
    caseId: textOrNull(caseId),
  };
}

const textOrNull = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? null : String(cell));
