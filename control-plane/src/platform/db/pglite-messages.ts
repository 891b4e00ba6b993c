/** What the main thread and the PGlite thread say to each other. */
import { z } from 'zod';

/** How the thread is started: where, and what a database that does not exist yet is made from (null: from nothing). */
export const PgliteData = z.object({ dataDir: z.string(), template: z.nullable(z.string()) });
/** How the thread is started. */
export type PgliteData = z.infer<typeof PgliteData>;

/** One thing to do; replies carry the same `id`. */
export const PgliteCall = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('query'), id: z.number(), sql: z.string(), parameters: z.array(z.unknown()) }),
  z.object({ kind: z.literal('exec'), id: z.number(), sql: z.string() }),
  z.object({ kind: z.literal('close'), id: z.number() }),
]);
/** One thing to do. */
export type PgliteCall = z.infer<typeof PgliteCall>;

/** What came of it; `id` 0 answers the opening. Written by our own thread, so it is typed and not parsed again. */
export type PgliteReply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly rows: readonly Record<string, unknown>[];
      readonly rowCount: number;
    }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: {
        readonly message: string;
        readonly code: string | undefined;
        readonly constraint: string | undefined;
      };
    };
