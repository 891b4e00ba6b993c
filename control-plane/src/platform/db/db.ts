/** The record store as every room sees it: the same SQL on PGlite and PostgreSQL. Opening one: `open-db.ts`. */

/** A row as the driver gives it: int8 as number, jsonb parsed, timestamptz as Date, bytea as Uint8Array. */
export type Row = Readonly<Record<string, unknown>>;

/** Something that runs statements: the pool, or one transaction. */
export interface Queryable {
  /** Runs one statement with `$1…` parameters. A driver error is thrown without its parameters. */
  query<R extends Row = Row>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<{ readonly rows: readonly R[]; readonly rowCount: number }>;
}

/** Marks a `Queryable` that runs inside a transaction, so that a store cannot be given the pool by mistake. */
export interface Tx extends Queryable {
  readonly inTransaction: true;
}

/** The database. */
export interface Db extends Queryable {
  readonly kind: 'pglite' | 'postgres';
  /** Runs `work` in one READ COMMITTED transaction: committed when it returns, undone when it throws. Not reentrant. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; throws when it does not within `timeoutMs` (2,000 unless told). */
  ping(timeoutMs?: number): Promise<void>;
  /** Waits for running statements, then closes. Harmless twice. */
  close(): Promise<void>;
}
