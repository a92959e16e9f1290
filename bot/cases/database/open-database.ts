import { type Database, DatabaseError } from './database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPostgres } from './postgres-database.ts';
import { openSqlite } from './sqlite-database.ts';

/** Where what is durable is kept. */
export interface DatabaseSettings {
  /** `postgres://…` of a server that several replicas share; null: a file of this machine. */
  url: string | null;
  /** Folder of the file. */
  folder: string;
  /** How long a server that does not answer is asked again, milliseconds. */
  waitMs?: number;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws DatabaseError when it cannot be opened, or was written by a newer version
 */
export async function openDatabase({ url, folder, waitMs }: DatabaseSettings): Promise<Database> {
  if (url !== null && !/^postgres(?:ql)?:\/\//i.test(url))
    throw new DatabaseError('the address of the database has to begin with postgres:// or postgresql://');
  const database = url === null ? openSqlite(folder) : openPostgres(url, waitMs);
  try {
    await migrate(database, MIGRATIONS);
    return database;
  } catch (error) {
    await database.close().catch(() => undefined);
    if (error instanceof DatabaseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DatabaseError(`the database cannot be used (${code ?? message})`, { cause: error });
  }
}
