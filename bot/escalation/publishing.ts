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
  | 'noteCard'
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
          `update hand_off_incidents set holder = $1, held_until_ms = $2
            where id = $3 and revision > published and (holder is null or held_until_ms < $4) returning revision`,
          [holder, nowMs + leaseMs, id, nowMs],
        );
        return row ? Number(row.revision) : null;
      }),
    async renew(id, holder, nowMs, leaseMs) {
      const rows = await database.query(
        'update hand_off_incidents set held_until_ms = $1 where id = $2 and holder = $3 returning id',
        [nowMs + leaseMs, id, holder],
      );
      return rows.length > 0;
    },
    published: (id, holder, revision) =>
      alone(async (tx) => {
        const [row] = await tx.query(
          'update hand_off_incidents set published = $1 where id = $2 and holder = $3 returning revision',
          [revision, id, holder],
        );
        if (!row) return null;
        if (Number(row.revision) > revision) return Number(row.revision);
        await tx.query('update hand_off_incidents set holder = null, held_until_ms = 0 where id = $1', [id]);
        return null;
      }),
    letGo: (id, holder) =>
      set('update hand_off_incidents set holder = null, held_until_ms = 0 where id = $1 and holder = $2', [id, holder]),
    async unpublished(nowMs) {
      const rows = await database.query(
        `select id from hand_off_incidents where revision > published and (holder is null or held_until_ms < $1)
          order by changed_at_ms limit ${MAX_UNPUBLISHED}`,
        [nowMs],
      );
      return rows.map(({ id }) => String(id));
    },
    noteCard: (id, { team, channel, threadTs }, firstCase) =>
      set('update hand_off_incidents set team = $1, channel = $2, thread_ts = $3, first_case = $4 where id = $5', [
        team,
        channel,
        threadTs,
        firstCase,
        id,
      ]),
    noteCharts: (id, charts) =>
      set('update hand_off_incidents set charts = $1 where id = $2', [JSON.stringify(charts), id]),
    noteLessons: (id) => set('update hand_off_incidents set lessons_kept = 1 where id = $1', [id]),
    noteShown: (caseId, shown) =>
      set('update hand_off_cases set shown = $1 where case_id = $2', [shown ? 1 : 0, caseId]),
    noteTold: (caseId, where, digest) =>
      set(`update hand_off_cases set ${where === 'asker' ? 'told_asker' : 'told_support'} = $1 where case_id = $2`, [
        digest,
        caseId,
      ]),
  };
}
