import type { Database } from '../cases/database/database.ts';
import { deleteBefore } from '../cases/delete-before.ts';

/** Once an hour is enough for what is counted in days. */
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Deletes cases that nobody touched for as many days, now and every hour; several replicas may do it at once. */
export function forgetOldCases(
  database: Database,
  days: number,
  log: (line: string, error?: unknown) => void,
): { stop(): void } {
  const forget = () => {
    deleteBefore(database, Date.now() - days * DAY_MS).catch((error: unknown) =>
      log('old cases cannot be deleted', error),
    );
  };
  forget();
  const timer = setInterval(forget, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
