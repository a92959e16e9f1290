import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cell, type Database, DatabaseError, type Row, type Transaction } from './database.ts';
import { openNoNesting } from './no-nesting.ts';
import { storedCell } from './stored-cell.ts';

/** How long SQLite itself waits for another process. It waits without letting anything else of this process run: hence so short. */
const BLOCKING_WAIT_MS = 20;
/** How long a statement waits for another process in all: no transaction of ours takes a hundredth of it. */
const BUSY_LIMIT_MS = 20_000;
/** A transaction is a few statements; one that is open for longer hangs, and everything else would hang with it. */
const TRANSACTION_LIMIT_MS = 30_000;
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

/**
 * The store of one machine: the file `wherefore.sqlite` of a folder, both for their owner only. Whatever is committed survives a kill of
 * the process and a loss of power. Statements of this process run one after another, those of other processes between them.
 *
 * @throws DatabaseError when the file cannot be opened
 */
export function openSqlite(folder: string): Database {
  const file = path.join(folder, 'wherefore.sqlite');
  const sqlite = openFile(folder, file);
  const nesting = openNoNesting();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const oneByOne = <Result>(work: () => Promise<Result>): Promise<Result> => {
    nesting.assertOutside();
    const run = last.then(() => {
      if (closed) throw new DatabaseError('the database is closed');
      return work();
    });
    last = run.catch(() => undefined);
    return run;
  };
  const query = (sql: string, values: readonly Cell[] = []): Row[] => {
    const named = Object.fromEntries(values.map((value, at) => [`$${at + 1}`, storedCell(value)]));
    return sqlite
      .prepare(sql)
      .all(named)
      .map((row) => ({ ...row }) as Row);
  };

  return {
    kind: 'sqlite',
    query: async (sql, values) => oneByOne(() => whenFree(() => query(sql, values))),
    transaction: async (work) =>
      oneByOne(async () => {
        await whenFree(() => sqlite.exec('begin immediate'));
        let over = false;
        const tx: Transaction = {
          async query(sql, values) {
            if (over) throw new DatabaseError('the transaction is over');
            return query(sql, values);
          },
        };
        try {
          const result = await nesting.inside(() => withinLimit(work(tx)));
          sqlite.exec('commit');
          return result;
        } catch (error) {
          if (sqlite.isTransaction) sqlite.exec('rollback');
          throw error;
        } finally {
          over = true;
        }
      }),
    async close() {
      await last;
      if (!closed) sqlite.close();
      closed = true;
    },
  };
}

function openFile(folder: string, file: string): DatabaseSync {
  let sqlite: DatabaseSync | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The files that SQLite lays beside it take over its mode.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    sqlite = new DatabaseSync(file, { timeout: BUSY_LIMIT_MS, enableForeignKeyConstraints: true });
    sqlite.exec('pragma journal_mode = wal');
    sqlite.exec('pragma synchronous = full');
    sqlite.exec(`pragma busy_timeout = ${BLOCKING_WAIT_MS}`);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DatabaseError(`the database ${file} cannot be opened (${code === 'ERR_SQLITE_ERROR' ? message : code})`);
  }
}

/** Runs a statement as soon as no other process holds the file. */
async function whenFree<Result>(statement: () => Result): Promise<Result> {
  const until = Date.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return statement();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= until) throw new DatabaseError('the database is held by another process', { cause: error });
      await sleep(5 + Math.random() * 20);
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' && ((code & 0xff) === SQLITE_BUSY || (code & 0xff) === SQLITE_LOCKED);
}

async function withinLimit<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('a transaction took too long')), TRANSACTION_LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
