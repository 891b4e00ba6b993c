/** Reading a config answer: tolerant of what a newer control plane may say, strict about everything else. Pure. */
import * as z from 'zod/mini';
import { ConfigAnswer } from '../contracts/config.js';
import { Decision } from '../contracts/decisions.js';
import { FlagAnswer } from '../contracts/flags.js';
import { IsolationMode } from '../contracts/voice.js';

/** Characters of an answer; 2,000 flags and 50 decisions stay well below. A longer one is no answer. */
export const ANSWER_LIMIT = 1_000_000;

/** The answer with its lists open: one item that is not understood must not cost the page every other. */
const Envelope = z.extend(ConfigAnswer, {
  flags: z.array(z.unknown()).check(z.maxLength(2000)),
  decisions: z.array(z.unknown()).check(z.maxLength(50)),
  voice: z.object({ isolation: z.array(z.unknown()).check(z.maxLength(16)) }),
});

/** An answer, and how many of its items were of a kind that this release does not know. */
export interface ParsedAnswer {
  readonly answer: ConfigAnswer;
  readonly ignored: number;
}

/**
 * Parses a fetched, pushed or stored answer; null when it is none. Never throws.
 *
 * Flags, decisions and isolation modes are taken one by one: contracts grow, and a page that refused a whole answer over a new
 * decision could never again be told to switch something off. A flag that is not understood is off.
 */
export function parseConfigAnswer(text: string | null): ParsedAnswer | null {
  if (text === null || text.length > ANSWER_LIMIT) return null;
  const envelope = parseJson(Envelope, text);
  if (!envelope) return null;
  let ignored = 0;
  const known = <T>(schema: Schema<T>, items: readonly unknown[]): T[] =>
    items.flatMap((item) => {
      const { success, data } = schema.safeParse(item);
      if (success && data !== undefined) return [data];
      ignored += 1;
      return [];
    });
  const answer: ConfigAnswer = {
    ...envelope,
    flags: known<FlagAnswer>(FlagAnswer, envelope.flags),
    decisions: known<Decision>(Decision, envelope.decisions),
    voice: { isolation: known<IsolationMode>(IsolationMode, envelope.voice.isolation) },
  };
  return { answer, ignored };
}

/**
 * The variant in force, or null for off.
 *
 * The newest decision about a flag stands above the list: `flag.disabled` switches it off whatever the list says,
 * `flags.restored` gives the word back to the list.
 */
export function variantOf({ flags, decisions }: ConfigAnswer, flagKey: string): string | null {
  let newest: Decision | null = null;
  for (const decision of decisions) {
    const about =
      (decision.kind === 'flag.disabled' && decision.flagKey === flagKey) ||
      (decision.kind === 'flags.restored' && decision.flagKeys.some((key) => key === flagKey));
    if (about && (!newest || decision.revision >= newest.revision)) newest = decision;
  }
  if (newest?.kind === 'flag.disabled') return null;
  const flag = flags.find((candidate) => candidate.flagKey === flagKey);
  return flag && flag.value !== false ? flag.variant : null;
}

interface Schema<T> {
  safeParse(value: unknown): { success: boolean; data?: T | undefined };
}

/** Parses JSON text by a schema; null when it is not JSON or does not fit. */
export function parseJson<T>(schema: Schema<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
