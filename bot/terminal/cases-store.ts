import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Database, DatabaseError } from '../cases/database/database.ts';
import { sqliteFile } from '../cases/database/look-at-database.ts';
import { openDatabase } from '../cases/database/open-database.ts';
import { readSettings } from '../settings.ts';
import { UsageError } from './terminal-io.ts';

/** How long a server that does not answer is asked again. */
const WAIT_MS = 500;

/**
 * Opens the store of the bot for a command, by the same settings; null: the bot never ran here, and nothing is made.
 *
 * @throws UsageError when it cannot be opened
 */
export async function openCasesStore(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Database | null> {
  const folder = path.dirname(readSettings(environment).cases);
  const url = environment.DATABASE_URL || null;
  if (url === null && !existsSync(sqliteFile(folder))) return null;
  return await openDatabase({ url, folder, waitMs: WAIT_MS }).catch((error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
    const setting = url === null ? 'WHEREFORE_CASES' : 'DATABASE_URL';
    throw new UsageError(`${setting}: ${error.message}`, 'unusable_setting');
  });
}
