import type { Database } from '../cases/database/database.ts';
import { type Deleted, deleteBefore } from '../cases/delete-before.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import type { Escalation } from './escalation.ts';

/** Cases looked up at a time. */
const BATCH = 100;

/** What deleting a case takes. */
export interface ForgetMeans {
  database: Database;
  escalation: Pick<Escalation, 'forget'>;
}

/**
 * Deletes a case with all that hangs on it: its hand-off, here and in the support thread, then its feedback, what is noted of its posts,
 * and what was asked. False: there is none. The hand-off first: its place in Slack is known only as long as the posts are.
 */
export async function forgetCase(
  { database, escalation }: ForgetMeans,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  await escalation.forget(id, signal);
  return await openKeptCases(database).remove(id);
}

/** The same for all that nobody touched since a time (milliseconds since the epoch), and what else is as old (`deleteBefore`). */
export async function forgetBefore(means: ForgetMeans, ms: number, signal: AbortSignal): Promise<Deleted> {
  const { database } = means;
  let cases = 0;
  for (;;) {
    const rows = await database.query(
      `select id from kept_cases where updated_at_ms < $1
       union select case_id from hand_off_cases
         where asked_at_ms < $1 and not exists (select 1 from kept_cases where id = case_id)
       limit ${BATCH}`,
      [Math.round(ms)],
    );
    for (const { id } of rows) {
      signal.throwIfAborted();
      if (await forgetCase(means, String(id), signal)) cases += 1;
    }
    if (rows.length < BATCH) break;
  }
  const rest = await deleteBefore(database, ms);
  return { ...rest, cases: cases + rest.cases };
}
