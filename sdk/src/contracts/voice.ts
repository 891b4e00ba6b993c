/**
 * The voice socket, version 1 (subprotocol `voice-tutor.v1`): JSON text frames in one union per direction.
 * Sound travels in binary frames, see `voice-audio.ts`. How a session is opened over HTTP: `sessions.ts`.
 */
import * as z from 'zod/mini';
import { ReleaseVersion, SessionId, TurnNumber, Uuid } from './ids.js';
import { ErrorCode } from './errors.js';

/** WebSocket subprotocol that both sides must name. */
export const VOICE_SUBPROTOCOL = 'voice-tutor.v1';

/** Characters a learner may send in one text message. */
export const TEXT_LIMIT = 2000;

/** Where the session core runs in the page, best first as the browser allows it. */
export const IsolationMode = z.enum(['worker', 'shim', 'frame', 'page']);
/** Where the session core runs in the page. */
export type IsolationMode = z.infer<typeof IsolationMode>;

const text = (limit: number) => z.string().check(z.maxLength(limit), z.regex(/^[^\u0000]*$/));
const sequence = z.int().check(z.gte(0), z.lte(0xffffffff));

/** First message of a socket: proves the right to a new session, or to go on with one that lost its socket. */
export const Hello = z.object({
  type: z.literal('hello'),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('session'), token: z.string().check(z.minLength(16), z.maxLength(512)) }),
    z.object({
      kind: z.literal('resume'),
      token: z.string().check(z.minLength(16), z.maxLength(512)),
      /** Highest `seq` of a JSON message seen; later ones are sent again. */
      lastSeq: sequence,
      /** Newest turn seen, so that a gateway that has lost the session numbers on from there; 0 unless told. */
      lastTurn: z.optional(TurnNumber),
      /** Highest sequence of a tutor's audio frame that arrived; later ones of the session are sent again. Unless told, only what was made without a socket is. */
      lastAudioSequence: z.optional(sequence),
      /** Whether `lastTurn` still waits for its `turn-end`, so that a gateway that has lost the turn ends it. Unless told, it is taken to wait. */
      turnOpen: z.optional(z.boolean()),
    }),
  ]),
  isolation: IsolationMode,
  release: ReleaseVersion,
});

/** Words of the learner, typed or recognised by the browser. `id` makes a repeated send harmless. */
export const LearnerText = z.object({
  type: z.literal('text'),
  id: Uuid,
  source: z.enum(['typed', 'recogniser']),
  text: text(TEXT_LIMIT).check(z.minLength(1)),
  /** Other readings by the recogniser, best first, at most two. */
  alternatives: z.optional(z.array(text(TEXT_LIMIT)).check(z.maxLength(2))),
});

/** The microphone's state; `talk-down` and `talk-up` bound one push-to-talk utterance. */
export const Mic = z.object({
  type: z.literal('mic'),
  state: z.enum(['open', 'muted', 'closed', 'talk-down', 'talk-up']),
});

/** The learner stopped the tutor. `playedMs` is how much of the turn was heard. */
export const Interrupt = z.object({
  type: z.literal('interrupt'),
  turn: TurnNumber,
  playedMs: z.number().check(z.gte(0), z.lte(3_600_000)),
});

/** The exercise on the host's page: untrusted data, never instructions. */
export const LessonContext = z.object({ type: z.literal('context'), exercise: text(4000) });

/** A learner's judgement of a turn, or of the lesson when `turn` is 0. */
export const Feedback = z.object({ type: z.literal('feedback'), rating: z.enum(['up', 'down']), turn: TurnNumber });

/** Asks for a `pong`, so that a socket that fell silent is noticed, and acknowledges what was seen. */
export const Ping = z.object({ type: z.literal('ping'), sentAtMs: z.number(), lastSeq: sequence });

/** The learner ends the lesson. */
export const Bye = z.object({ type: z.literal('bye') });

/** Everything the page may send as text. */
export const UpMessage = z.discriminatedUnion('type', [
  Hello,
  LearnerText,
  Mic,
  Interrupt,
  LessonContext,
  Feedback,
  Ping,
  Bye,
]);
/** Everything the page may send as text. */
export type UpMessage = z.infer<typeof UpMessage>;

const seq = { seq: sequence };

/** The session is open. `hears` and `speaks` tell which side turns sound to words and words to sound. */
export const Ready = z.object({
  type: z.literal('ready'),
  ...seq,
  sessionId: SessionId,
  /** Good for one resume within 60 s of losing the socket; each `ready` brings a new one. */
  resumeToken: z.string().check(z.minLength(16), z.maxLength(512)),
  resumed: z.boolean(),
  provider: z.enum(['default', 'gemini-live', 'gemini-text']),
  hears: z.enum(['server', 'browser']),
  speaks: z.enum(['server', 'browser', 'none']),
});

/** What the tutor is doing. */
export const TutorState = z.object({
  type: z.literal('state'),
  ...seq,
  state: z.enum(['listening', 'thinking', 'speaking', 'text-only']),
});

/** A piece of what was said. Pieces of one (turn, speaker) are joined without added spaces; `settled` ends them. */
export const Transcript = z.object({
  type: z.literal('transcript'),
  ...seq,
  turn: TurnNumber,
  speaker: z.enum(['learner', 'tutor']),
  delta: text(8000),
  settled: z.boolean(),
});

/** Asks the page to speak a sentence with the browser's own voice (`ready.speaks` is `browser`). */
export const Say = z.object({ type: z.literal('say'), ...seq, turn: TurnNumber, text: text(1000) });

/** A formula to show, complete, without delimiters. */
export const Equation = z.object({
  type: z.literal('equation'),
  ...seq,
  turn: TurnNumber,
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  latex: text(2000).check(z.minLength(1)),
  role: z.enum(['problem', 'step', 'answer', 'example']),
  spoken: z.optional(text(1000)),
  caption: z.optional(text(200)),
  step: z.optional(z.int().check(z.gte(1), z.lte(99))),
});

/** The turn's sound must stop at once; what arrives later for it is dropped. */
export const Interrupted = z.object({ type: z.literal('interrupted'), ...seq, turn: TurnNumber });

/** The turn is over. */
export const TurnEnd = z.object({
  type: z.literal('turn-end'),
  ...seq,
  turn: TurnNumber,
  how: z.enum(['complete', 'interrupted', 'failed']),
});

/** A newer config answer exists; the config stream carries it. */
export const ConfigHint = z.object({ type: z.literal('config'), ...seq, revision: z.int() });

/** An instruction to pages that concerns the running session. */
export const DecisionMessage = z.object({
  type: z.literal('decision'),
  ...seq,
  kind: z.enum(['flag.disabled', 'flags.restored', 'release.pinned', 'sessions.drained']),
});

/** The gateway is about to stop: reconnect elsewhere after a random share of `withinMs`; then it closes with 1012. */
export const Draining = z.object({
  type: z.literal('draining'),
  ...seq,
  withinMs: z.int().check(z.gte(0), z.lte(60_000)),
});

/** Something failed. With `retryable` false the page must not try again by itself. */
export const ErrorMessage = z.object({ type: z.literal('error'), ...seq, code: ErrorCode, retryable: z.boolean() });

/** Answers a `ping`; not part of the numbered sequence. */
export const Pong = z.object({ type: z.literal('pong'), sentAtMs: z.number() });

/** Everything the gateway may send as text. */
export const DownMessage = z.discriminatedUnion('type', [
  Ready,
  TutorState,
  Transcript,
  Say,
  Equation,
  Interrupted,
  TurnEnd,
  ConfigHint,
  DecisionMessage,
  Draining,
  ErrorMessage,
  Pong,
]);
/** Everything the gateway may send as text. */
export type DownMessage = z.infer<typeof DownMessage>;

/** Close codes of our own (RFC 6455 leaves 4000–4999 to applications). */
export const CLOSE = {
  protocol: 4400,
  unauthorized: 4401,
  timeout: 4408,
  replaced: 4409,
  tooMuch: 4429,
  failed: 4500,
} as const;
