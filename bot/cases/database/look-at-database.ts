import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { type Database, DatabaseError } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { DatabaseSettings } from './open-database.ts';
import { openPostgres } from './postgres-database.ts';
import { openSqlite } from './sqlite-database.ts';

/** What a store holds, found without changing it. */
export interface DatabaseLook {
  kind: Database['kind'];
  /** There is none yet: the first start makes it. */
  isNew: boolean;
  /** Migrations that the next start will apply. */
  toCome: number;
  /** Kept cases; null: its tables are not there yet. */
  cases: number | null;
}

/** The file of a store of this machine. */
export function sqliteFile(folder: string): string {
  return path.join(folder, 'wherefore.sqlite');
}

/**
 * Looks at the store without making or migrating it.
 *
 * @throws DatabaseError when it cannot be used, or was written by a newer version
 */
export async function lookAtDatabase({ url, folder, waitMs = 0 }: DatabaseSettings): Promise<DatabaseLook> {
  if (url === null && !existsSync(sqliteFile(folder))) {
    assertCanBeMade(folder);
    return { kind: 'sqlite', isNew: true, toCome: MIGRATIONS.length, cases: null };
  }
  const database = url === null ? openSqlite(folder) : openPostgres(url, waitMs);
  try {
    return await look(database);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DatabaseError(`the database cannot be used (${code ?? message})`, { cause: error });
  } finally {
    await database.close().catch(() => undefined);
  }
}

async function look(database: Database): Promise<DatabaseLook> {
  const { kind } = database;
  const applied = await appliedTo(database);
  if (applied === null) return { kind, isNew: true, toCome: MIGRATIONS.length, cases: null };
  const known = new Set(MIGRATIONS.map(({ id }) => id));
  const unknown = [...applied].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new DatabaseError(
      `the database was written by a newer version of Wherefore (${unknown.join(', ').slice(0, 200)})`,
    );
  const toCome = MIGRATIONS.filter(({ id }) => !applied.has(id)).length;
  const [row] = applied.has('003-kept-cases') ? await database.query('select count(*) as n from kept_cases') : [];
  return { kind, isNew: false, toCome, cases: row ? Number(row.n) : null };
}

/** Migrations that were applied; null: nobody migrated it yet. */
async function appliedTo(database: Database): Promise<Set<string> | null> {
  const tables =
    database.kind === 'sqlite'
      ? "select name from sqlite_master where type = 'table' and name = 'migrations'"
      : "select table_name from information_schema.tables where table_schema = any (current_schemas(false)) and table_name = 'migrations'";
  if ((await database.query(tables)).length === 0) return null;
  return new Set((await database.query('select id from migrations')).map(({ id }) => String(id)));
}

/** The folder, or the first above it that is there, takes files of ours. */
function assertCanBeMade(folder: string): void {
  let nearest = path.resolve(folder);
  while (!existsSync(nearest) && nearest !== path.dirname(nearest)) nearest = path.dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    throw new DatabaseError(`${sqliteFile(folder)} cannot be made: ${nearest} is not for this user to write in`);
  }
}
