/** What a column can hold: text, a number up to 2^53, or nothing. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** Statements inside one transaction. */
export interface Transaction {
  /** Runs one statement with `$1`, `$2` … for its values; the rows it returns. */
  query(sql: string, values?: readonly Cell[]): Promise<readonly Row[]>;
}

/** The two stores behind one face: `node:sqlite` by default, PostgreSQL for several replicas. SQL is what both understand. */
export interface Database extends Transaction {
  readonly kind: 'sqlite' | 'postgres';
  /**
   * Runs statements all or not at all. `exclusive` transactions of one name run one after another, over all replicas.
   *
   * @throws whatever the work throws, after rolling back
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>, exclusive?: string): Promise<Result>;
  close(): Promise<void>;
}
