/** A learner's microphone that is a sound file, and the browser that has it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, test, type Browser } from '@playwright/test';
import { createResampler } from '../../sdk/src/voice/resampler.js';
import { FRAME_SAMPLES, measure } from '../support/live-emulator/vad.js';

/** Mono sound. */
export interface Sound {
  readonly rateHz: number;
  readonly samples: Int16Array;
}

/** Speaks words with a program of `scripts/speech.mjs`; throws when it does not give a mono 16-bit WAV. */
export function speakWords(program: string, words: string, directory: string): Sound {
  const file = join(directory, 'words.wav');
  const args = program.endsWith('flite') ? ['-t', words, '-o', file] : ['-w', file, words];
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return readWav(readFileSync(file));
}

function readWav(bytes: Buffer): Sound {
  const [channels, rateHz, bits] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)];
  if (channels !== 1 || bits !== 16) throw new Error(`a WAV of ${channels} channels with ${bits} bits`);
  const start = bytes.indexOf('data', 12, 'latin1') + 8;
  const length = Math.floor((bytes.length - start) / 2);
  return { rateHz, samples: Int16Array.from({ length }, (_, i) => bytes.readInt16LE(start + i * 2)) };
}

/** The same with silence before and after, in milliseconds. */
export function withSilence({ rateHz, samples }: Sound, beforeMs: number, afterMs: number): Sound {
  const [before, after] = [beforeMs, afterMs].map((ms) => Math.round((rateHz * ms) / 1000)) as [number, number];
  const longer = new Int16Array(before + samples.length + after);
  longer.set(samples, before);
  return { rateHz, samples: longer };
}

/** Milliseconds of frames that are louder than the emulator's threshold for speech (−45 dBFS). */
export function loudMs({ rateHz, samples }: Sound): number {
  const resampler = createResampler(rateHz, 16_000);
  const floats = Float32Array.from(samples, (sample) => sample / 32_768);
  const count = resampler.process(floats);
  const heard = Int16Array.from(resampler.output.subarray(0, count), (sample) => Math.round(sample * 32_767));
  let ms = 0;
  for (let at = 0; at + FRAME_SAMPLES <= heard.length; at += FRAME_SAMPLES)
    if (measure(heard.subarray(at, at + FRAME_SAMPLES)).rms >= 32_768 * 10 ** (-45 / 20)) ms += 20;
  return ms;
}

/** Writes a WAV file and returns its path. */
export function writeWav({ rateHz, samples }: Sound, directory: string): string {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length * 2, 40);
  const path = join(directory, 'microphone.wav');
  writeFileSync(path, Buffer.concat([header, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)]));
  return path;
}

/** A browser like the flows' own whose microphone plays the file once and is silent afterwards. */
export function browserHearing(path: string): Promise<Browser> {
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...args, `--use-file-for-fake-audio-capture=${path}%noloop`],
  });
}
