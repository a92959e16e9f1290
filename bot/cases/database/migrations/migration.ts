/** One step of the tables' growth. What was released is never changed: what has to change is a migration of its own. */
export interface Migration {
  /** A number for the order and a name: `001-inbox`. */
  id: string;
  /** One statement each, in words that SQLite and PostgreSQL both understand: `text`, `bigint`, partial indexes, `on conflict`. */
  sql: readonly string[];
}
