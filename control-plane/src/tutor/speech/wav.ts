/** Reads the WAV files that synthesisers write: 16-bit mono PCM. Trusts no length in the header. */
import { err, ok, type Result } from '../../platform/result.js';

/** Sound as it came out of a file. */
export interface Sound {
  readonly rateHz: number;
  readonly samples: Int16Array;
}

/** Reads a WAV; a data length beyond the file (streamed output does not know it) means "to the end". */
export function parseWav(bytes: Uint8Array): Result<Sound, 'not-wav' | 'unsupported-format'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WAVE') return err('not-wav');
  let rateHz = 0;
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const [name, length] = [nameAt(view, at), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (name === 'fmt ') {
      if (start + 16 > bytes.byteLength) return err('not-wav');
      const isPlain =
        view.getUint16(start, true) === 1 &&
        view.getUint16(start + 2, true) === 1 &&
        view.getUint16(start + 14, true) === 16;
      rateHz = view.getUint32(start + 4, true);
      if (!isPlain || rateHz < 8000 || rateHz > 96_000) return err('unsupported-format');
    }
    if (name === 'data') return rateHz === 0 ? err('not-wav') : ok({ rateHz, samples: samplesOf(view, start, length) });
    // Chunks are padded to an even length.
    at = start + length + (length % 2);
  }
  return err('not-wav');
}

function samplesOf(view: DataView, start: number, length: number): Int16Array {
  const count = Math.floor(Math.min(length, view.byteLength - start) / 2);
  return Int16Array.from({ length: count }, (_, index) => view.getInt16(start + index * 2, true));
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
