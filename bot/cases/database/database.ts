/** What a column can hold: text, a number up to 2^53, or nothing. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** The store cannot be opened or used; the message is for a person and holds no password. */
export class DatabaseError extends Error {}

/** Statements inside one transaction. */
export interface Transaction {
  /** Runs one statement with `$1`, `$2` … for its values; the rows it returns. NUL in a text is replaced: PostgreSQL keeps none. */
  query(sql: string, values?: readonly Cell[]): Promise<readonly Row[]>;
}

/** The two stores behind one face: `node:sqlite` by default, PostgreSQL for several replicas. SQL is what both understand. */
export interface Database extends Transaction {
  readonly kind: 'sqlite' | 'postgres';
  /**
   * Runs statements all or not at all. `exclusive` transactions of one name run one after another, over all replicas. The work is done
   * again when the store undid it (a deadlock, a connection lost before the end): it does nothing but statements. Inside it every
   * statement goes through `tx`: on the database itself it would wait for its own end, and is refused.
   *
   * @throws whatever the work throws, after rolling back
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>, exclusive?: string): Promise<Result>;
  close(): Promise<void>;
}
