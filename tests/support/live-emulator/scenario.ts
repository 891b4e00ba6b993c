/** The language in which a test says what the emulated model answers. Shapes, reading and matching; no timing and no wire. */
import * as z from 'zod/mini';

const Say = z.strictObject({
  do: z.literal('say'),
  /** Words to speak and to transcribe. */
  text: z.string().check(z.minLength(1), z.maxLength(4000)),
});
const Equation = z.strictObject({
  do: z.literal('equation'),
  /** LaTeX without delimiters. */
  latex: z.string().check(z.minLength(1), z.maxLength(2000)),
  spoken: z.string().check(z.maxLength(1000)),
  caption: z.optional(z.string().check(z.maxLength(200))),
  role: z.enum(['problem', 'step', 'answer', 'example']),
  step: z.optional(z.int().check(z.gte(1), z.lte(99))),
});
const Call = z.strictObject({
  do: z.literal('call'),
  name: z.string().check(z.minLength(1), z.maxLength(64)),
  args: z.record(z.string(), z.unknown()),
});
const Wait = z.strictObject({ do: z.literal('wait'), ms: z.number().check(z.gte(0), z.lte(600_000)) });
const NewTurn = z.strictObject({ do: z.literal('new-turn') });
const Finish = z.strictObject({ do: z.literal('finish'), reason: z.string().check(z.minLength(1), z.maxLength(64)) });
const Stall = z.strictObject({ do: z.literal('stall') });
const CloseStep = z.strictObject({
  do: z.literal('close'),
  code: z.int().check(z.gte(1000), z.lte(4999)),
  reason: z.string().check(z.maxLength(500)),
});
const GoAwayStep = z.strictObject({
  do: z.literal('go-away'),
  timeLeftMs: z.number().check(z.gte(0), z.lte(3_600_000)),
});

/**
 * One thing the model does: `say` words, show an `equation` (a `show_equation` call), `call` any function, `wait`, end this turn and
 * open a `new-turn` (as thinking models do), `finish` at once with a `turnCompleteReason`, `stall` for ever, `close` the connection,
 * announce `go-away`.
 */
export const AnswerStep = z.discriminatedUnion('do', [
  Say,
  Equation,
  Call,
  Wait,
  NewTurn,
  Finish,
  Stall,
  CloseStep,
  GoAwayStep,
]);
export type AnswerStep = z.infer<typeof AnswerStep>;

/** An answer and the words that bring it about. */
export const Scenario = z.strictObject({
  /** Name for people and for `stats`. */
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** The scenario matches when the learner's text holds every one of these, case aside; an empty list matches everything. */
  when: z.array(z.string().check(z.maxLength(500))).check(z.maxLength(20)),
  /** What the model does, in order. */
  answer: z.array(AnswerStep).check(z.maxLength(200)),
});
export interface Scenario extends z.infer<typeof Scenario> {}

/** What a test may change while the emulator runs. */
export const Script = z.strictObject({
  /** Words that the emulator "hears" in successive spoken turns; the last one repeats. */
  utterances: z.optional(z.array(z.string().check(z.maxLength(2000))).check(z.minLength(1), z.maxLength(200))),
  /** Asked in order, before the tutor's own; the first match answers. */
  scenarios: z.optional(z.array(Scenario).check(z.maxLength(200))),
});
export interface Script extends z.infer<typeof Script> {}

/** Reads a script from JSON text; the failure is a sentence for a person. */
export function parseScript(
  json: string,
): { readonly ok: true; readonly script: Script } | { readonly ok: false; readonly message: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, message: 'The script is not JSON.' };
  }
  const parsed = Script.safeParse(value);
  if (parsed.success) return { ok: true, script: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    message: `The script is wrong at "${issue?.path.join('.') ?? ''}" (${issue?.code ?? 'unknown'}).`,
  };
}

/** Picks the first scenario whose words all occur in `text`; undefined when none does. */
export function matchScenario(scenarios: readonly Scenario[], text: string): Scenario | undefined {
  const heard = fold(text);
  return scenarios.find(({ when }) => when.every((words) => heard.includes(fold(words))));
}

function fold(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
