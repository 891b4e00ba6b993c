/**
 * Binary frames of the voice socket: 8 bytes of header, then PCM16 little-endian mono.
 * Byte 0 kind, bytes 1–3 turn (big-endian), bytes 4–7 sequence (big-endian, modulo 2³²).
 */

/** Samples a second on the way up. */
export const UP_RATE_HZ = 16_000;
/** Samples a second on the way down. */
export const DOWN_RATE_HZ = 24_000;
/** Samples of one 20 ms microphone frame at 16 kHz. */
export const UP_FRAME_SAMPLES = 320;
/** Bytes before the samples. */
export const AUDIO_HEADER_BYTES = 8;
/** Largest binary frame either side accepts: one second at 24 kHz. */
export const AUDIO_FRAME_LIMIT_BYTES = AUDIO_HEADER_BYTES + DOWN_RATE_HZ * 2;

/** Kind byte: microphone up, tutor down. */
export const AUDIO_KIND = { mic: 1, tutor: 2 } as const;

/** One binary frame, taken apart. `samples` is a copy that the receiver owns. */
export interface AudioFrame {
  /** `AUDIO_KIND.mic` or `AUDIO_KIND.tutor`. */
  readonly kind: number;
  /** Turn the sound belongs to, 0–16,777,215; microphone frames carry the turn being spoken to, or 0. */
  readonly turn: number;
  /** Counts frames of one direction, 0–2³²−1. */
  readonly sequence: number;
  /** Signed 16-bit samples. */
  readonly samples: Int16Array;
}

/** Builds a frame; the buffer is new and may be transferred. */
export function encodeAudioFrame(frame: AudioFrame): ArrayBuffer {
  const buffer = new ArrayBuffer(AUDIO_HEADER_BYTES + frame.samples.length * 2);
  const view = new DataView(buffer);
  view.setUint32(0, ((frame.kind & 0xff) << 24) | (frame.turn & 0xffffff));
  view.setUint32(4, frame.sequence >>> 0);
  // Every platform that runs a browser or Node is little-endian, so the samples are copied as they stand.
  new Int16Array(buffer, AUDIO_HEADER_BYTES).set(frame.samples);
  return buffer;
}

/** Takes a frame apart; null when it is too short, too long, odd, or of an unknown kind. */
export function parseAudioFrame(bytes: Uint8Array): AudioFrame | null {
  const { byteLength } = bytes;
  if (byteLength <= AUDIO_HEADER_BYTES || byteLength > AUDIO_FRAME_LIMIT_BYTES || byteLength % 2 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, byteLength);
  const kind = view.getUint8(0);
  if (kind !== AUDIO_KIND.mic && kind !== AUDIO_KIND.tutor) return null;
  const samples = new Int16Array((byteLength - AUDIO_HEADER_BYTES) / 2);
  // Copied through a plain view: `slice` of a Node Buffer would share the pool it lies in.
  new Uint8Array(samples.buffer).set(bytes.subarray(AUDIO_HEADER_BYTES));
  return { kind, turn: view.getUint32(0) & 0xffffff, sequence: view.getUint32(4), samples };
}
