/** A voice that says nothing: pulses through moving formants, the same for the same text, loud enough to be measured. */

/** How the voice sounds. */
export interface VoiceOptions {
  /** Samples per second of the result; at least 8000. */
  readonly rateHz: number;
  /** Time that one character of text takes. */
  readonly msPerCharacter: number;
  /** Level of the result, root mean square over the whole. */
  readonly levelDbfs: number;
}

/** About fifteen characters a second at −12 dBFS, for the model's 24 kHz. */
export const voiceDefaults: VoiceOptions = { rateHz: 24_000, msPerCharacter: 60, levelDbfs: -12 };

interface Formants {
  readonly hz: readonly [number, number, number];
}

const vowels: Readonly<Record<string, Formants>> = {
  a: { hz: [730, 1090, 2440] },
  e: { hz: [530, 1840, 2480] },
  i: { hz: [270, 2290, 3010] },
  o: { hz: [570, 840, 2410] },
  u: { hz: [300, 870, 2240] },
};
const neutral: Formants = { hz: [500, 1500, 2500] };
/** Consonants get a place of their own near the neutral vowel, so that each letter can be told from the others. */
function formantsOf(letter: string): Formants {
  const code = letter.codePointAt(0) ?? 0;
  return vowels[letter] ?? { hz: [360 + 40 * (code % 7), 1200 + 90 * (code % 11), 2500] };
}
const bandwidthHz = [90, 120, 170] as const;

/** How long `text` takes, in milliseconds; at least 200, so that no turn is without sound. */
export function speechMs(text: string, options: Partial<VoiceOptions> = {}): number {
  const { msPerCharacter } = { ...voiceDefaults, ...options };
  return Math.max(200, text.trim().length * msPerCharacter);
}

/**
 * Renders text as voice-like sound.
 *
 * @returns mono samples, never silent for longer than a few milliseconds; equal input gives equal output.
 */
export function renderVoice(text: string, options: Partial<VoiceOptions> = {}): Int16Array {
  const { rateHz, levelDbfs } = { ...voiceDefaults, ...options };
  const letters = Array.from(text.trim().toLowerCase());
  const length = Math.round((speechMs(text, options) / 1000) * rateHz);
  const raw = new Float64Array(length);
  const hz: [number, number, number] = [...neutral.hz];
  const memory: [number, number][] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  const glide = 1 - Math.exp(-1 / (0.015 * rateHz));
  let phase = 0;
  let loudness = 0.3;
  for (let index = 0; index < length; index += 1) {
    const at = index / length;
    const letter = letters[Math.floor(at * letters.length)] ?? 'a';
    const target = formantsOf(letter).hz;
    for (let formant = 0; formant < 3; formant += 1) {
      hz[formant] = (hz[formant] as number) + glide * ((target[formant] as number) - (hz[formant] as number));
    }
    loudness += glide * ((letter === ' ' ? 0.35 : 1) - loudness);
    // The pitch falls over the sentence and swings with the syllables, as a calm speaker's does.
    phase += (135 - 25 * at + 8 * Math.sin(index / (0.17 * rateHz))) / rateHz;
    if (phase >= 1) phase -= 1;
    const glottis = (phase < 0.6 ? Math.sin((Math.PI * phase) / 0.6) : 0) - 0.38;
    raw[index] = loudness * resonate(glottis, hz, memory, rateHz);
  }
  return toLevel(raw, levelDbfs);
}

/** Three resonators side by side, the higher ones weaker. */
function resonate(source: number, hz: readonly number[], memory: [number, number][], rateHz: number): number {
  let sum = 0;
  for (let formant = 0; formant < 3; formant += 1) {
    const state = memory[formant] as [number, number];
    const radius = Math.exp((-Math.PI * (bandwidthHz[formant] as number)) / rateHz);
    const turn = Math.cos((2 * Math.PI * (hz[formant] as number)) / rateHz);
    const out = (1 - radius) * source + 2 * radius * turn * state[0] - radius * radius * state[1];
    state[1] = state[0];
    state[0] = out;
    sum += out / (formant + 1);
  }
  return sum;
}

/** Brings the whole to a level; a soft limit keeps single peaks inside 16 bits. */
function toLevel(raw: Float64Array, levelDbfs: number): Int16Array {
  let squares = 0;
  for (const value of raw) squares += value * value;
  const gain = 10 ** (levelDbfs / 20) / Math.max(1e-9, Math.sqrt(squares / Math.max(1, raw.length)));
  return Int16Array.from(raw, (value) => Math.round(32_000 * Math.tanh(value * gain)));
}
