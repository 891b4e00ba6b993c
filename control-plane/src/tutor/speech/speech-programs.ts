/** Speech from a synthesiser that the operator installed, or none: then the page's own voice speaks. */
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { err, ok, type Result } from '../../platform/result.js';
import { fadeEnds, resample } from './resample.js';
import { runProgram, type RunFailure } from './run-program.js';
import { createSlots } from './slots.js';
import { parseWav } from './wav.js';

/** Rate of all speech that leaves this room: mono Int16. */
export const speechRateHz = 24_000;

/** Which synthesiser to use: `auto` takes the first installed, `browser` leaves speaking to the page, `off` is silence. */
export type SpeechChoice = 'auto' | 'flite' | 'espeak-ng' | 'browser' | 'off';

/** Why a sentence has no sound. */
export type SpeechFailure = { readonly reason: RunFailure | 'busy' | 'bad-output' | 'text-too-long' };

/** A synthesiser. */
export interface SpeechProgram {
  readonly name: string;
  /**
   * Speaks one sentence.
   *
   * @param text words, 1–2,000 characters; symbols would be misread
   * @returns mono Int16 at 24,000 Hz with 5 ms fades; the caller owns it
   */
  synthesise(text: string, signal: AbortSignal): Promise<Result<Int16Array, SpeechFailure>>;
}

/** The outcome of one sentence, for counting. */
export type SpeechOutcome = 'spoken' | SpeechFailure['reason'];

/** What the programs need. */
export interface SpeechDeps {
  /** `PATH` of the process; only these folders are looked into. */
  readonly path: string;
  /** Folder for temporary files, such as `os.tmpdir()`. */
  readonly temporaryFolder: string;
  /** Called once per sentence; its owner counts. */
  readonly onOutcome?: (program: string, outcome: SpeechOutcome) => void;
}

/** What the operator chose, and bounds. */
export interface SpeechOptions {
  readonly choice: SpeechChoice;
  /** Longest run of a program. Default 5,000. */
  readonly limitMs: number;
  /** Programs running at once. Default 2. */
  readonly atOnce: number;
  /** Sentences waiting for a program; more are `busy`. Default 32. */
  readonly waiting: number;
}

const defaults: SpeechOptions = { choice: 'auto', limitMs: 5000, atOnce: 2, waiting: 32 };
const fadeMs = 5;
const longestText = 2000;

/** Makes a WAV from text. */
type Speak = (text: string, signal: AbortSignal) => Promise<Result<Uint8Array, RunFailure>>;

/**
 * Finds the chosen synthesiser.
 *
 * @returns null for `browser` and `off`, and when the program is not installed: then the page speaks, or nobody
 */
export async function createSpeechPrograms(
  deps: SpeechDeps,
  options: Partial<SpeechOptions> = {},
): Promise<SpeechProgram | null> {
  const settings = { ...defaults, ...options };
  const wanted =
    settings.choice === 'auto'
      ? (['flite', 'espeak-ng'] as const)
      : settings.choice === 'flite' || settings.choice === 'espeak-ng'
        ? [settings.choice]
        : [];
  for (const name of wanted) {
    const file = await findProgram(name, deps.path);
    if (file === null) continue;
    const speak =
      name === 'flite' ? withFlite(file, deps.temporaryFolder, settings.limitMs) : withEspeak(file, settings.limitMs);
    return createProgram(name, speak, deps, settings);
  }
  return null;
}

/** The executable of that name in a list of folders such as `PATH`, or null. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(() => true, () => false); // prettier-ignore
    if (isThere) return file;
  }
  return null;
}

function createProgram(
  name: string,
  speak: Speak,
  { onOutcome }: SpeechDeps,
  { atOnce, waiting }: SpeechOptions,
): SpeechProgram {
  const slots = createSlots(atOnce, waiting);
  const attempt = async (text: string, signal: AbortSignal): Promise<Result<Int16Array, SpeechFailure>> => {
    if (text.trim() === '' || text.length > longestText) return err({ reason: 'text-too-long' });
    const slot = await slots.take(signal);
    if (!slot.ok) return err({ reason: slot.error });
    try {
      const wav = await speak(text, signal);
      if (!wav.ok) return err({ reason: wav.error });
      const sound = parseWav(wav.value);
      if (!sound.ok || sound.value.samples.length === 0) return err({ reason: 'bad-output' });
      return ok(fadeEnds(resample(sound.value.samples, sound.value.rateHz, speechRateHz), speechRateHz, fadeMs));
    } finally {
      slot.value();
    }
  };
  return {
    name,
    async synthesise(text, signal) {
      const result = await attempt(text, signal);
      onOutcome?.(name, result.ok ? 'spoken' : result.error.reason);
      return result;
    },
  };
}

/**
 * flite cannot write to a pipe, so it writes a file in a folder of its own, which is removed in every case. It reads
 * its standard input as `-`; `/dev/stdin` cannot be opened, since Node's pipes are sockets.
 */
function withFlite(file: string, temporaryFolder: string, limitMs: number): Speak {
  return async (text, signal) => {
    const folder = await mkdtemp(join(temporaryFolder, 'voice-tutor-speech-')).catch(() => null);
    if (folder === null) return err('failed');
    try {
      const wav = join(folder, 'speech.wav');
      const ran = await runProgram({
        file,
        arguments: ['-voice', 'slt', '-f', '-', '-o', wav],
        input: text,
        limitMs,
        signal,
      });
      return ran.ok ? ok(new Uint8Array(await readFile(wav))) : ran;
    } catch {
      return err('failed');
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  };
}

function withEspeak(file: string, limitMs: number): Speak {
  return (text, signal) =>
    runProgram({ file, arguments: ['--stdin', '--stdout', '-v', 'en-us'], input: text, limitMs, signal });
}
