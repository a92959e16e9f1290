import type { Table } from '@lancedb/lancedb';
/** Rows of one table by their ids, read once: the same passages come up for question after question. */
export interface KeptRows<Row extends { id: string }> {
  /**
   * The rows that a filter lets through, in the order of the ids. Rows are kept apart for each filter, so that none is ever given
   * to somebody whose own query would not have found it.
   */
  of(ids: readonly string[], filter: string): Promise<Row[]>;
  /** Reads every row that a filter lets through, so that no later question waits for rows. */
  all(filter: string): Promise<void>;
}

/** Rows kept at most, some 1 to 3 KB each; with more, all are let go. */
export const MOST_KEPT = 40_000;
const LISTS: ReadonlySet<string> = new Set(['codes', 'areas', 'audience']);

/**
 * Rows of a table that stays as it was opened.
 *
 * @param columns what is read of each row; they are the fields of `Row`
 */
export function keptRows<Row extends { id: string }>(
  table: Table,
  columns: readonly (keyof Row & string)[],
): KeptRows<Row> {
  const kept = new Map<string, Map<string, Row | null>>();
  let count = 0;
  return {
    async all(filter) {
      const read = await readRows<Row>(table, columns, filter);
      const before = kept.get(filter)?.size ?? 0;
      if (count - before + read.size > MOST_KEPT) return;
      kept.set(filter, new Map<string, Row | null>([...(kept.get(filter) ?? []), ...read]));
      count += (kept.get(filter)?.size ?? 0) - before;
    },
    async of(ids, filter) {
      let rows = kept.get(filter) ?? new Map<string, Row | null>();
      const missing = ids.filter((id) => !rows.has(id));
      if (missing.length > 0) {
        const read = await readRows<Row>(table, columns, filter, missing);
        if (count + missing.length > MOST_KEPT) {
          kept.clear();
          // What was asked for a moment ago is still wanted.
          rows = new Map(ids.flatMap((id) => (rows.has(id) ? [[id, rows.get(id) ?? null] as const] : [])));
          count = rows.size;
        }
        kept.set(filter, rows);
        for (const id of missing) rows.set(id, read.get(id) ?? null);
        count += missing.length;
      }
      return ids.flatMap((id) => rows.get(id) ?? []);
    },
  };
}

/** Read by columns: rows of Arrow are slow. */
async function readRows<Row extends { id: string }>(
  table: Table,
  names: readonly string[],
  filter: string,
  ids: readonly string[] | null = null,
): Promise<Map<string, Row>> {
  const wanted = ids?.map((id) => `'${id.replaceAll("'", "''")}'`).join(', ');
  const rows = new Map<string, Row>();
  const query = table.query().where(wanted === undefined ? filter : `id IN (${wanted}) AND ${filter}`);
  const asked = ids === null ? query.select([...names]) : query.select([...names]).limit(ids.length);
  for await (const batch of asked) {
    const columns = names.map((name) => [name, batch.getChild(name)] as const);
    for (let at = 0; at < batch.numRows; at++) {
      const row = Object.fromEntries(
        columns.map(([name, column]) => {
          const value: unknown = column?.get(at);
          return [name, LISTS.has(name) ? Array.from(value as Iterable<string>) : value];
        }),
      ) as unknown as Row;
      rows.set(row.id, row);
    }
  }
  return rows;
}
