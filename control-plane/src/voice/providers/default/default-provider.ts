/** The default tutor as a provider: its turns become words, formulas and sound, sentence by sentence, at the pace they are heard. */
import type { Clock } from '../../../platform/clock.js';
import type { LessonTopic, ProviderEvents, ProviderSession, ShownEquation, VoiceProvider } from '../provider.js';

/** A lesson of the tutor: pure and at once. */
export interface TutorLesson {
  /** One sentence a piece; an empty one is shown and not spoken. */
  reply(text: string, alternatives?: readonly string[]): { readonly pieces: readonly LessonPiece[] };
  /** The exercise on the page: untrusted. */
  setExercise(text: string): void;
}

/** A sentence and the formula that belongs to it. */
export interface LessonPiece {
  readonly say: string;
  readonly equation?: ShownEquation | undefined;
}

/** Words to 24 kHz sound; null when it could not be made. */
export type Synthesise = (sentence: string, signal: AbortSignal) => Promise<Int16Array | null>;

/** What the provider needs. Without `synthesise` the page's own voice speaks, or none with `silent`. */
export interface DefaultProviderDeps {
  readonly clock: Clock;
  readonly openLesson: (topic: LessonTopic) => TutorLesson;
  readonly synthesise: Synthesise | null;
  readonly silent: boolean;
  /** The synthesiser failed and the page's own voice took over; called once, however often it fails. */
  readonly onVoiceLost?: () => void;
}

const RATE_HZ = 24_000;
/** One frame on the wire. */
const FRAME_SAMPLES = 960;
/** Sound is sent at most this far ahead of what is heard, so that an interruption has something to stop. */
const AHEAD_MS = 500;
const FRAME_MS = (FRAME_SAMPLES * 1000) / RATE_HZ;

/** Creates the provider. */
export function createDefaultProvider({
  clock,
  openLesson,
  synthesise,
  silent,
  onVoiceLost,
}: DefaultProviderDeps): VoiceProvider {
  let reported = false;
  const voiceLost = () => {
    if (!reported) onVoiceLost?.();
    reported = true;
  };
  const open = (topic: LessonTopic, events: ProviderEvents): ProviderSession => {
    const lesson = openLesson(topic);
    let turn: AbortController | null = null;
    let closed = false;

    const stop = () => {
      turn?.abort();
      turn = null;
    };
    const wait = (delayMs: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const done = () => {
          cancel();
          // A turn waits hundreds of times; each wait takes its listener along.
          signal.removeEventListener('abort', done);
          resolve();
        };
        const cancel = clock.after(delayMs, done);
        signal.addEventListener('abort', done, { once: true });
      });
    const play = async (samples: Int16Array, signal: AbortSignal, until: { heardMs: number }) => {
      for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
        const ahead = Math.max(until.heardMs, clock.monotonicMs()) - clock.monotonicMs();
        if (ahead + FRAME_MS > AHEAD_MS) await wait(ahead + FRAME_MS - AHEAD_MS, signal);
        if (isCut(signal)) return;
        // The last frame of a sentence is filled up with silence: all frames have one length.
        const frame = new Int16Array(FRAME_SAMPLES);
        frame.set(samples.subarray(at, at + FRAME_SAMPLES));
        events.audio(frame);
        until.heardMs = Math.max(until.heardMs, clock.monotonicMs()) + FRAME_MS;
      }
    };
    const heardOut = (until: { heardMs: number }, signal: AbortSignal) =>
      wait(Math.max(0, until.heardMs - clock.monotonicMs()), signal);
    const answer = async (text: string, alternatives: readonly string[], signal: AbortSignal) => {
      const { pieces } = lesson.reply(text, alternatives);
      const until = { heardMs: clock.monotonicMs() };
      const spoken = pieces.filter(({ say }) => say !== '');
      const make = (piece: LessonPiece | undefined) => (piece && synthesise ? synthesise(piece.say, signal) : null);
      let said = 0;
      let pageSpeaks = synthesise === null;
      // The next sentence is made while this one plays.
      let ready = make(spoken[0]);
      for (const piece of pieces) {
        if (isCut(signal)) return;
        if (piece.say === '') {
          if (piece.equation) events.equation(piece.equation);
          continue;
        }
        const sound = await ready;
        if (isCut(signal)) return;
        said += 1;
        if (synthesise && !sound && !pageSpeaks) {
          // From here on the page speaks to the end of the turn, or two voices would talk at once.
          pageSpeaks = true;
          voiceLost();
          await heardOut(until, signal);
          if (isCut(signal)) return;
        }
        ready = pageSpeaks ? null : make(spoken[said]);
        events.tutorText(said === 1 ? piece.say : ` ${piece.say}`, false);
        if (piece.equation) events.equation(piece.equation);
        if (sound && !pageSpeaks) await play(sound, signal, until);
        else if (!silent) events.say(piece.say);
      }
      if (isCut(signal)) return;
      await heardOut(until, signal);
      if (isCut(signal)) return;
      turn = null;
      events.tutorText('', true);
      events.turnEnd();
    };
    return {
      // Its ears are the browser's; the frames still come, so that level, interruption and quota are those of any session.
      sendAudio() {},
      endAudio() {},
      sendText(text, alternatives) {
        if (closed) return;
        const interrupting = turn !== null;
        stop();
        if (interrupting) events.interrupted();
        events.learnerText(text, true);
        events.thinking();
        turn = new AbortController();
        answer(text, alternatives, turn.signal).catch(() => {
          if (!closed) events.failed('temporary');
        });
      },
      interrupt() {
        if (!turn) return;
        stop();
        events.interrupted();
      },
      setContext(exercise) {
        if (!closed) lesson.setExercise(exercise);
      },
      close() {
        closed = true;
        stop();
      },
    };
  };
  const speaks = silent ? 'none' : synthesise ? 'server' : 'browser';
  return { name: 'default', hears: 'browser', speaks, minors: 'allowed', open };
}

/** Asked anew after each wait; the compiler takes a property for unchanged. */
const isCut = (signal: AbortSignal): boolean => signal.aborted;
