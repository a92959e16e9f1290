import type { Database, Transaction } from '../cases/database/database.ts';
import type { HandOffs } from './hand-offs.ts';

/** What of the store is about bringing it to Slack: who publishes an incident, and what stands there. */
type Publishing = Pick<
  HandOffs,
  | 'hold'
  | 'renew'
  | 'published'
  | 'letGo'
  | 'unpublished'
  | 'notePlace'
  | 'noteCharts'
  | 'noteLessons'
  | 'noteShown'
  | 'noteTold'
>;

const MAX_UNPUBLISHED = 200;

/** The part of the store that publishing asks; `alone` runs a transaction as the only one. */
export function publishing(
  database: Database,
  alone: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): Publishing {
  const set = async (sql: string, values: (string | number | null)[]) => {
    await database.query(sql, values);
  };
  return {
    hold: (id, holder, nowMs, leaseMs) =>
      alone(async (tx) => {
        const [row] = await tx.query(
          `UPDATE hand_off_incidents SET holder = $1, held_until_ms = $2
            WHERE id = $3 AND revision > published AND (holder IS NULL OR held_until_ms < $4) RETURNING revision`,
          [holder, nowMs + leaseMs, id, nowMs],
        );
        return row ? Number(row.revision) : null;
      }),
    async renew(id, holder, nowMs, leaseMs) {
      const rows = await database.query(
        'UPDATE hand_off_incidents SET held_until_ms = $1 WHERE id = $2 AND holder = $3 RETURNING id',
        [nowMs + leaseMs, id, holder],
      );
      return rows.length > 0;
    },
    published: (id, holder, revision) =>
      alone(async (tx) => {
        const [row] = await tx.query(
          'UPDATE hand_off_incidents SET published = $1 WHERE id = $2 AND holder = $3 RETURNING revision',
          [revision, id, holder],
        );
        if (!row) return null;
        if (Number(row.revision) > revision) return Number(row.revision);
        await tx.query('UPDATE hand_off_incidents SET holder = NULL, held_until_ms = 0 WHERE id = $1', [id]);
        return null;
      }),
    letGo: (id, holder) =>
      set('UPDATE hand_off_incidents SET holder = NULL, held_until_ms = 0 WHERE id = $1 AND holder = $2', [id, holder]),
    async unpublished(nowMs) {
      const rows = await database.query(
        `SELECT id FROM hand_off_incidents WHERE revision > published AND (holder IS NULL OR held_until_ms < $1)
          ORDER BY changed_at_ms LIMIT ${MAX_UNPUBLISHED}`,
        [nowMs],
      );
      return rows.map(({ id }) => String(id));
    },
    notePlace: (id, { team, channel, threadTs }) =>
      set('UPDATE hand_off_incidents SET team = $1, channel = $2, thread_ts = $3 WHERE id = $4', [
        team,
        channel,
        threadTs,
        id,
      ]),
    noteCharts: (id, charts) =>
      set('UPDATE hand_off_incidents SET charts = $1 WHERE id = $2', [JSON.stringify(charts), id]),
    noteLessons: (id) => set('UPDATE hand_off_incidents SET lessons_kept = 1 WHERE id = $1', [id]),
    noteShown: (caseId, shown) =>
      set('UPDATE hand_off_cases SET shown = $1 WHERE case_id = $2', [shown ? 1 : 0, caseId]),
    noteTold: (caseId, where, digest) =>
      set(`UPDATE hand_off_cases SET ${where === 'asker' ? 'told_asker' : 'told_support'} = $1 WHERE case_id = $2`, [
        digest,
        caseId,
      ]),
  };
}
