/** Structured log lines: ids and counts only. Nothing a learner said, no token, no address, no driver error as a whole. */
import pino from 'pino';

/** Fields of a line. Values are small; an `error` is reduced to its code and message. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** The log as rooms see it. error: someone must act; warn: healed itself; info: a lifecycle step; debug: the rest. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Characters of a text value that are kept. */
const TEXT_LIMIT = 300;

/** Keeps what may be logged: errors lose query, parameters and cause (database drivers put learners' data there). */
function safeFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]): [string, unknown] => {
      if (value instanceof Error) {
        const code = 'code' in value && typeof value.code === 'string' ? value.code : undefined;
        return [key, { name: value.name, code, message: value.message.slice(0, TEXT_LIMIT) }];
      }
      return [key, typeof value === 'string' ? value.slice(0, TEXT_LIMIT) : value];
    }),
  );
}

/** Creates a log that writes JSON lines to `file`, or to standard error. */
export function createLog(level: string, file?: string): Log {
  const lines = pino({ level, base: null }, pino.destination({ dest: file ?? 2, sync: true, mkdir: true }));
  const at = (write: 'debug' | 'info' | 'warn' | 'error') => (fields: LogFields, message: string) =>
    lines[write](safeFields(fields), message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that says nothing, for tests. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
