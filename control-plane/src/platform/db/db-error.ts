/** Errors of the record store, without the statement's parameters: those may hold what must not be logged. */

/** A failed statement. `code` is the SQLSTATE, e.g. `23505`; 'timeout' and 'closed' are ours. */
export class DbError extends Error {
  readonly code: string;
  readonly constraint: string | undefined;
  constructor(message: string, code: string, constraint?: string) {
    super(message);
    this.name = 'DbError';
    this.code = code;
    this.constraint = constraint;
  }
}

/** Turns whatever a driver throws into a `DbError`. */
export function toDbError(error: unknown): DbError {
  if (error instanceof DbError) return error;
  const fields = error as { message?: unknown; code?: unknown; constraint?: unknown };
  return new DbError(
    typeof fields.message === 'string' ? fields.message : String(error),
    typeof fields.code === 'string' ? fields.code : 'unknown',
    typeof fields.constraint === 'string' ? fields.constraint : undefined,
  );
}
