import type { Database } from '../database/database.ts';

/** A kept case as a list shows it. */
export interface ListedCase {
  id: string;
  /** `writePlainCase` of the conversation. */
  text: string;
  /** Milliseconds since the epoch: what retention counts from. */
  updatedAtMs: number;
  /** `U…` of whoever began it; null: it is not kept any more. */
  asker: string | null;
  /** People who said so. */
  helpful: number;
  notHelpful: number;
}

/** Kept cases, the one touched last first. */
export async function listCases(database: Database, most: number): Promise<ListedCase[]> {
  const rows = await database.query(
    `select k.id, k.body, k.updated_at_ms, k.asker,
       (select m.incoming from inbox m where m.thread_id = k.thread_id and m.lane = 'answer'
         order by m.position, m.key limit 1) as asked,
       (select count(*) from feedback f where f.case_id = k.id and f.helpful = 1) as helpful,
       (select count(*) from feedback f where f.case_id = k.id and f.helpful = 0) as not_helpful
     from kept_cases k order by k.updated_at_ms desc, k.id limit $1`,
    [most],
  );
  return rows.map((row) => ({
    id: String(row.id),
    text: String(row.body),
    updatedAtMs: Number(row.updated_at_ms),
    asker: row.asker === null ? askerOf(row.asked ?? null) : String(row.asker),
    helpful: Number(row.helpful),
    notHelpful: Number(row.not_helpful),
  }));
}

function askerOf(incoming: string | number | null): string | null {
  if (incoming === null) return null;
  const { user } = JSON.parse(String(incoming)) as { user?: unknown };
  return typeof user === 'string' ? user : null;
}
