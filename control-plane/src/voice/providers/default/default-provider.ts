/** The default tutor as a provider: its turns become words, formulas and sound, sentence by sentence, at the pace they are heard. */
import type { Clock } from '../../../platform/clock.js';
import type { LessonTopic, ProviderEvents, ProviderSession, ShownEquation, VoiceProvider } from '../provider.js';

/** A lesson of the tutor: pure and at once. */
export interface TutorLesson {
  reply(
    text: string,
    alternatives?: readonly string[],
  ): { readonly pieces: readonly { readonly say: string; readonly equation?: ShownEquation | undefined }[] };
}

/** Words to 24 kHz sound; null when it could not be made. */
export type Synthesise = (sentence: string, signal: AbortSignal) => Promise<Int16Array | null>;

/** What the provider needs. Without `synthesise` the page's own voice speaks, or none with `silent`. */
export interface DefaultProviderDeps {
  readonly clock: Clock;
  readonly openLesson: (topic: LessonTopic) => TutorLesson;
  readonly synthesise: Synthesise | null;
  readonly silent: boolean;
}

const RATE_HZ = 24_000;
/** One frame on the wire. */
const FRAME_SAMPLES = 960;
/** Sound is sent at most this far ahead of what is heard, so that an interruption has something to stop. */
const AHEAD_MS = 500;

/** Creates the provider. */
export function createDefaultProvider({ clock, openLesson, synthesise, silent }: DefaultProviderDeps): VoiceProvider {
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
      for (let at = 0; at < samples.length && !signal.aborted; at += FRAME_SAMPLES) {
        const frame = samples.subarray(at, at + FRAME_SAMPLES);
        events.audio(frame);
        until.heardMs = Math.max(until.heardMs, clock.monotonicMs()) + (frame.length * 1000) / RATE_HZ;
        const ahead = until.heardMs - clock.monotonicMs();
        if (ahead > AHEAD_MS) await wait(ahead - AHEAD_MS, signal);
      }
    };
    const answer = async (text: string, alternatives: readonly string[], signal: AbortSignal) => {
      const { pieces } = lesson.reply(text, alternatives);
      const until = { heardMs: clock.monotonicMs() };
      // The next sentence is made while this one plays.
      let ready = pieces[0] && synthesise ? synthesise(pieces[0].say, signal) : null;
      for (const [index, piece] of pieces.entries()) {
        const sound = await ready;
        if (signal.aborted) return;
        const following = pieces[index + 1];
        ready = following && synthesise ? synthesise(following.say, signal) : null;
        events.tutorText(index === 0 ? piece.say : ` ${piece.say}`, false);
        if (piece.equation) events.equation(piece.equation);
        if (sound) await play(sound, signal, until);
        // A program that fails once must not leave the learner in silence.
        else if (!silent) events.say(piece.say);
      }
      if (isCut(signal)) return;
      await wait(Math.max(0, until.heardMs - clock.monotonicMs()), signal);
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
      setContext() {},
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
