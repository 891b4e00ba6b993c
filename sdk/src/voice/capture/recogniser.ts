/** The browser's own speech recognition, where it has one; typing remains when it fails. */
import type { Clock } from '../../protected-core/ports.js';

/** Hears until stopped. */
export interface Recogniser {
  /**
   * Starts; `onHeard` gets up to three readings of each utterance, best first. Returns its stop.
   *
   * @param isTutorHeard is the tutor's own sound playing? What was heard then is dropped: on speakers it is mostly the tutor
   */
  start(lang: string, onHeard: (readings: readonly string[]) => void, isTutorHeard?: () => boolean): () => void;
}

/** The part of the Web Speech API that is used; TypeScript's DOM library has none of it. */
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  maxAlternatives: number;
  onresult:
    | ((event: {
        readonly resultIndex: number;
        readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>;
      }) => void)
    | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  abort(): void;
}

/** Waits before listening again after the browser stopped by itself; doubled while nothing is heard. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
const FINAL_ERRORS = ['not-allowed', 'service-not-allowed', 'language-not-supported'];

/** The browser's recogniser, or null where there is none. */
export function browserRecogniser(clock: Clock): Recogniser | null {
  const scope = globalThis as {
    SpeechRecognition?: new () => Recognition;
    webkitSpeechRecognition?: new () => Recognition;
  };
  const Type = scope.SpeechRecognition ?? scope.webkitSpeechRecognition;
  if (!Type) return null;
  return {
    start(lang, onHeard, isTutorHeard = () => false) {
      const recognition = new Type();
      let [stopped, waitMs] = [false, FIRST_WAIT_MS];
      let cancel = () => {};
      /** Utterances of this run during which the tutor was heard. */
      const mixed = new Set<number>();
      recognition.lang = lang;
      recognition.continuous = true;
      // The first words of an utterance tell when it began; its final form may come when the tutor is silent again.
      recognition.interimResults = true;
      recognition.maxAlternatives = 3;
      recognition.onresult = ({ results, resultIndex }) => {
        // Some browsers still deliver what was under way when they were stopped.
        if (stopped) return;
        waitMs = FIRST_WAIT_MS;
        for (const [index, result] of Array.from(results).entries()) {
          if (index < resultIndex) continue;
          if (isTutorHeard()) mixed.add(index);
          if (!result.isFinal || mixed.delete(index)) continue;
          onHeard(
            Array.from(result, ({ transcript }) => transcript.trim())
              .filter(Boolean)
              .slice(0, 3),
          );
        }
      };
      recognition.onerror = ({ error }) => {
        if (FINAL_ERRORS.includes(error)) stopped = true;
      };
      const begin = () => {
        if (stopped) return;
        try {
          recognition.start();
        } catch {
          // Already started: the browser's own restart was quicker.
        }
      };
      recognition.onend = () => {
        if (stopped) return;
        // Numbers begin again with the next run.
        mixed.clear();
        cancel = clock.after(waitMs, begin);
        waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
      };
      begin();
      return () => {
        stopped = true;
        cancel();
        recognition.abort();
      };
    },
  };
}
