import type { Transaction } from '../database/database.ts';

/** Deletes a case with its feedback, what is noted of its posts, and what was asked in its thread. False: there is none. */
export async function removeCase(tx: Transaction, id: string): Promise<boolean> {
  const [removed] = await tx.query('delete from kept_cases where id = $1 returning thread_id, turns', [id]);
  if (!removed) return false;
  await tx.query('delete from feedback where case_id = $1', [id]);
  // Of a case that stands beside that of its thread only its own messages.
  for (const key of Object.keys(JSON.parse(String(removed.turns)) as Record<string, number>))
    await tx.query("update inbox set incoming = '{}' where key = $1 and finished_at_ms is not null", [key]);
  const threadId = removed.thread_id ?? null;
  if (threadId === null) return true;
  // The keys stay: what is delivered once more is still known.
  await tx.query("update inbox set incoming = '{}' where thread_id = $1 and finished_at_ms is not null", [threadId]);
  const [thread] = await tx.query('select team, channel, thread_ts from threads where id = $1', [threadId]);
  if (thread?.thread_ts)
    await tx.query('delete from posts where team = $1 and channel = $2 and (thread_ts = $3 or ts = $3)', [
      thread.team ?? null,
      thread.channel ?? null,
      thread.thread_ts,
    ]);
  return true;
}
