/** What page, worker and worklets say to each other: one closed union per direction. */
import * as z from 'zod/mini';
import { ErrorCode } from '../../contracts/errors.js';
import { SessionRequest } from '../../contracts/sessions.js';
import { IsolationMode, DownMessage, TEXT_LIMIT } from '../../contracts/voice.js';

/** Page → core, without the ports that ride along. A worker's page may be hostile, so it is parsed like any other input. */
export const CoreCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    serverOrigin: z.string().check(z.maxLength(300)),
    siteKey: z.string().check(z.maxLength(60)),
    request: SessionRequest,
    isolation: IsolationMode,
    release: z.string().check(z.maxLength(32)),
  }),
  /** With one port: where the speaker's worklet listens, and its rate. */
  z.object({ type: z.literal('speaker'), rateHz: z.number().check(z.gte(8000), z.lte(192_000)) }),
  /** With one port: where the microphone's worklet sends its frames. */
  z.object({ type: z.literal('microphone') }),
  z.object({ type: z.literal('mic'), state: z.enum(['open', 'muted', 'closed', 'talk-down', 'talk-up']) }),
  z.object({
    type: z.literal('text'),
    source: z.enum(['typed', 'recogniser']),
    text: z.string().check(z.minLength(1), z.maxLength(TEXT_LIMIT)),
    alternatives: z.array(z.string().check(z.maxLength(TEXT_LIMIT))).check(z.maxLength(2)),
  }),
  z.object({ type: z.literal('interrupt') }),
  z.object({ type: z.literal('context'), exercise: z.string().check(z.maxLength(4000)) }),
  z.object({ type: z.literal('feedback'), rating: z.enum(['up', 'down']), turn: z.int() }),
  z.object({ type: z.literal('end') }),
]);
/** Page → core. */
export type CoreCommand = z.infer<typeof CoreCommand>;

const snapshot = z.object({
  phase: z.enum([
    'idle',
    'connecting',
    'listening',
    'thinking',
    'speaking',
    'reconnecting',
    'draining',
    'text-only',
    'ended',
  ]),
  turn: z.int(),
  micLevel: z.number(),
  provider: z.nullable(z.enum(['default', 'gemini-live', 'gemini-text'])),
  hears: z.nullable(z.enum(['server', 'browser'])),
  speaks: z.nullable(z.enum(['server', 'browser', 'none'])),
  problem: z.nullable(ErrorCode),
});

/** Core → page. */
export const CoreReport = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('snapshot'), snapshot }),
  z.object({ type: z.literal('content'), message: DownMessage }),
  z.object({ type: z.literal('flush'), turn: z.int() }),
  z.object({
    type: z.literal('stats'),
    playedSamples: z.int(),
    underruns: z.int(),
    gapSamples: z.int(),
    micFrames: z.int(),
    micDropped: z.int(),
  }),
]);
/** Core → page. */
export type CoreReport = z.infer<typeof CoreReport>;

/** Core → speaker's worklet. `samples` are at the worklet's rate and transferred. */
export type PlaybackCommand =
  | { readonly type: 'frame'; readonly turn: number; readonly samples: Float32Array }
  | { readonly type: 'finish'; readonly turn: number }
  | { readonly type: 'flush'; readonly turn: number }
  /** Turns are numbered from 1 again. */
  | { readonly type: 'reset' };

/** Speaker's worklet → core; the first three counters only grow. */
export interface PlaybackReport {
  readonly type: 'played';
  readonly playedSamples: number;
  readonly underruns: number;
  readonly gapSamples: number;
  /** The turn heard last, 0 before the first, and how many samples of it were handed out. */
  readonly turn: number;
  readonly turnSamples: number;
}
