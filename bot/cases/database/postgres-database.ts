import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Cell, Database, Row, Transaction } from './database.ts';
import { openNoNesting } from './no-nesting.ts';
import { storedCell } from './stored-cell.ts';

/** Connections of one replica: a server has a hundred for all. */
const MAX_CONNECTIONS = 8;
const CONNECT_MS = 5_000;
/** No statement of ours takes a hundredth of it; also the longest wait for an exclusive name. */
const STATEMENT_MS = 30_000;
/** A restart of the server is over by then. */
const RETRY_FOR_MS = 15_000;
/** `bigint` and `numeric` come as text by default; ours stay below 2^53. */
const NUMBERS: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC];
/**
 * The server undid the work or never got it (PostgreSQL, appendix A: shutdown, starting up, too many connections, connection
 * exceptions, serialisation failure, deadlock; and the errors of sockets).
 */
const TRANSIENT =
  /^(?:57P0[123]|53300|08\w{3}|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)$/;

/** The store of several replicas. The address is `postgres://` or `postgresql://`; nothing of it is told in errors. */
export function openPostgres(url: string, retryForMs: number = RETRY_FOR_MS): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'wherefore',
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 5_000,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while nobody uses it: the pool opens another when one is needed.
  pool.on('error', () => undefined);
  const nesting = openNoNesting();

  const transaction = async <Result>(work: (tx: Transaction) => Promise<Result>, exclusive?: string) => {
    nesting.assertOutside();
    return await againWhileUndone(retryForMs, async (undone) => {
      const client = await pool.connect();
      // A client in use tells of a lost connection by an event too; its statement fails all the same.
      const ignore = () => undefined;
      client.on('error', ignore);
      let broken = true;
      try {
        await client.query('begin');
        if (exclusive !== undefined) await client.query('select pg_advisory_xact_lock($1)', [lockNumber(exclusive)]);
        const result = await nesting.inside(() => work(statementsOf(client)));
        // From here on a lost connection says nothing about whether it was kept.
        undone.known = false;
        await client.query('commit');
        broken = false;
        return result;
      } catch (error) {
        // Only a connection that answers can take it back; with any other it ends, and so does the transaction.
        if (answered(error)) {
          await client.query('rollback').then(
            () => {
              broken = false;
            },
            () => undefined,
          );
        }
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    });
  };

  return {
    kind: 'postgres',
    transaction,
    async query(sql, values) {
      nesting.assertOutside();
      // Reading can be done again whatever happened; anything else only when it is known to be undone.
      if (!/^\s*select\b/i.test(sql)) return await transaction((tx) => tx.query(sql, values));
      return await againWhileUndone(retryForMs, () => statementsOf(pool).query(sql, values));
    },
    close: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}

function statementsOf(client: Pick<pg.ClientBase, 'query'> | pg.Pool): Transaction {
  return {
    async query(sql: string, values: readonly Cell[] = []): Promise<readonly Row[]> {
      const { rows } = await client.query<Row>(sql, values.map(storedCell));
      return rows;
    },
  };
}

async function againWhileUndone<Result>(
  retryForMs: number,
  work: (undone: { known: boolean }) => Promise<Result>,
): Promise<Result> {
  const until = Date.now() + retryForMs;
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    const undone = { known: true };
    try {
      return await work(undone);
    } catch (error) {
      const said = error as { code?: unknown; message?: unknown };
      const certain = undone.known || said.code === '40001' || said.code === '40P01';
      if (!certain || !isTransient(said) || Date.now() + waitMs >= until) throw error;
      await sleep(waitMs * (0.5 + Math.random()));
    }
  }
}

function isTransient({ code, message }: { code?: unknown; message?: unknown }): boolean {
  if (typeof code === 'string') return TRANSIENT.test(code);
  // `pg` and its pool name these by their words only.
  return (
    typeof message === 'string' &&
    /^(?:Connection terminated|Client (?:has encountered a connection error|was closed)|timeout expired|timeout exceeded)/.test(
      message,
    )
  );
}

/** The error is the work's own or a plain refusal by the server, not one of the connection. */
function answered(error: unknown): boolean {
  const said = error as { code?: unknown; message?: unknown };
  return (
    !(isTransient(said) && said.code !== '40001' && said.code !== '40P01') && said.message !== 'Query read timeout'
  );
}

function typeParser(oid: number, format?: 'text' | 'binary') {
  return NUMBERS.includes(oid) ? Number : pg.types.getTypeParser(oid, format as 'text');
}

/** An advisory lock has a number for a name. */
function lockNumber(name: string): string {
  return createHash('sha256').update(`wherefore ${name}`).digest().readBigInt64BE().toString();
}
