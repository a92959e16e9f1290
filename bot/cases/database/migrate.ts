import { type Database, DatabaseError } from './database.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * Brings the tables up to date: every migration once, in the order of the list, all or none. Replicas that start together wait for
 * each other.
 *
 * @throws DatabaseError when the database was brought further by a newer version
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('create table if not exists migrations (id text primary key, applied_at_ms bigint not null)');
    const rows = await tx.query('select id from migrations order by id');
    const applied = new Set(rows.map(({ id }) => String(id)));
    const known = new Set(migrations.map(({ id }) => id));
    const unknown = [...applied].filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new DatabaseError(
        `the database was written by a newer version of Wherefore (it holds ${unknown.join(', ').slice(0, 200)}): start that version, or another database`,
      );
    for (const { id, sql } of migrations) {
      if (applied.has(id)) continue;
      for (const statement of sql) await tx.query(statement);
      await tx.query('insert into migrations (id, applied_at_ms) values ($1, $2)', [id, Date.now()]);
    }
  }, 'migrations');
}
