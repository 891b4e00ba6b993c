/** Sound as it arrives: base64 PCM16LE at any usual rate, turned into 16 kHz samples. Pure apart from the resampler's own state. */

/** The rate at which the emulator listens. */
export const LISTEN_RATE_HZ = 16_000;

/** The rate at which the emulator speaks, always. */
export const SPEAK_RATE_HZ = 24_000;

/** One piece of audio as a client sent it. */
export interface AudioPiece {
  readonly rateHz: number;
  readonly samples: Int16Array;
}

/** Why a piece of audio was refused. */
export type AudioFault = 'mime' | 'base64' | 'odd-bytes';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const BASE64_URL = /^[A-Za-z0-9_-]*={0,2}$/;

/**
 * Decodes one audio blob.
 *
 * @param data base64, standard or URL-safe alphabet, as protobuf JSON allows.
 * @param mimeType `audio/pcm`, with `;rate=8000…48000`; without a rate 16 kHz.
 */
export function decodeAudio(
  data: string,
  mimeType: string,
): { readonly ok: true; readonly piece: AudioPiece } | { readonly ok: false; readonly fault: AudioFault } {
  const rateHz = readRate(mimeType);
  if (rateHz === undefined) return { ok: false, fault: 'mime' };
  if (data.length % 4 === 1 || !(BASE64.test(data) || BASE64_URL.test(data))) return { ok: false, fault: 'base64' };
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length % 2 !== 0) return { ok: false, fault: 'odd-bytes' };
  const samples = new Int16Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index += 1) samples[index] = bytes.readInt16LE(index * 2);
  return { ok: true, piece: { rateHz, samples } };
}

/** Encodes samples as base64 PCM16LE. */
export function encodeAudio(samples: Int16Array): string {
  const bytes = Buffer.alloc(samples.length * 2);
  for (let index = 0; index < samples.length; index += 1) bytes.writeInt16LE(samples[index] as number, index * 2);
  return bytes.toString('base64');
}

function readRate(mimeType: string): number | undefined {
  const match = /^audio\/pcm(?:\s*;\s*rate=(\d{4,6}))?\s*$/i.exec(mimeType);
  if (match === null) return undefined;
  const rateHz = match[1] === undefined ? LISTEN_RATE_HZ : Number(match[1]);
  return rateHz >= 8000 && rateHz <= 48_000 ? rateHz : undefined;
}

/** Brings successive pieces of one stream to 16 kHz; keeps its place between pieces. */
export interface Resampler {
  push(piece: AudioPiece): Int16Array;
}

/** Creates a linear resampler: good enough to measure energy, not to listen to. A change of rate starts it afresh. */
export function createResampler(): Resampler {
  let rateHz = LISTEN_RATE_HZ;
  let position = 0;
  let previous = 0;
  return {
    push(piece) {
      if (piece.rateHz === LISTEN_RATE_HZ) {
        rateHz = LISTEN_RATE_HZ;
        return piece.samples;
      }
      if (piece.rateHz !== rateHz) {
        rateHz = piece.rateHz;
        position = 0;
        previous = piece.samples[0] ?? 0;
      }
      const { samples } = piece;
      const step = rateHz / LISTEN_RATE_HZ;
      const out: number[] = [];
      // Position counts from the last sample of the piece before, which stands at 0.
      while (position < samples.length) {
        const whole = Math.floor(position);
        const left = whole === 0 ? previous : (samples[whole - 1] as number);
        const right = samples[whole] as number;
        out.push(Math.round(left + (right - left) * (position - whole)));
        position += step;
      }
      position -= samples.length;
      previous = samples.at(-1) ?? previous;
      return Int16Array.from(out);
    },
  };
}
