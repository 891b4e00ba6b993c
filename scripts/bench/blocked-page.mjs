/**
 * Samples lost while the page's main thread is blocked for two seconds, with the session in a worker and, as control, on the page.
 * The tutor's sound is judged at the output, by a worklet of ours behind whatever plays; the microphone's frames are counted where
 * they arrive, at an emulator of the Live API. Both speak in real time, so that no deep buffer hides a gap.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, readiness, startBrowser, startLesson, startPartner, tag } from './browser.mjs';
import { startEmulator, startPlane } from './processes.mjs';
import { interleave, median } from './statistics.mjs';

const BLOCK_MS = 2000;
/** Quieter than this is silence: the emulator's voice is never below it. */
const SILENCE_PEAK = 1e-4;
const MIC_HZ = 16_000;

/** A WAV file of low noise: a microphone that nobody speaks into, or the emulator would take the browser's beeps for the learner. */
function writeQuietMicrophone(path) {
  const samples = 48_000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(48_000, 24);
  wav.writeUInt32LE(96_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) wav.writeInt16LE((i * 7919) % 5, 44 + i * 2);
  writeFileSync(path, wav);
}

/** In the page, before anything else: whatever is connected to an output is also heard by the probe. */
function installProbe() {
  const connect = AudioNode.prototype.connect;
  const state = { notes: [], context: null };
  window.outputProbe = state;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      state.context = this.context;
      void this.context.audioWorklet.addModule('/output-probe.js').then(() => {
        const probe = new AudioWorkletNode(this.context, 'output-probe', { numberOfOutputs: 0 });
        probe.port.onmessage = ({ data }) => state.notes.push(...data);
        connect.call(this, probe);
        state.probe = probe; // Kept, or it would be collected.
      });
    }
    return connect.call(this, target, ...rest);
  };
}

/** Blocks the page, or lets it idle for the same time; resolves to the audio clock's frames at both ends. */
const occupy = (page, blocked) =>
  page.evaluate(
    async ([ms, block]) => {
      const { context } = window.outputProbe;
      const from = context.currentTime * context.sampleRate;
      const end = performance.now() + ms;
      if (block) while (performance.now() < end);
      else await new Promise((done) => setTimeout(done, ms));
      return { from, to: from + (ms / 1000) * context.sampleRate, rateHz: context.sampleRate };
    },
    [BLOCK_MS, blocked],
  );

/** Silent samples between two frames, once the probe has told of them all. */
const silence = async (page, { from, to }) => {
  await page.waitForFunction((frame) => (window.outputProbe.notes.at(-1)?.[0] ?? 0) > frame, to);
  return page.evaluate(
    ([first, last, peak]) =>
      128 * window.outputProbe.notes.filter(([frame, loud]) => frame >= first && frame < last && loud < peak).length,
    [from, to, SILENCE_PEAK],
  );
};

/** Name of the figure on the command line. */
export const name = 'blocked-page';
/** What it measures, in a line. */
export const about = `samples lost with the main thread blocked ${BLOCK_MS / 1000} s, session in a worker and on the page`;

/** Measures. */
export async function run({ quick }) {
  const runs = quick ? 1 : 5;
  const directory = mkdtempSync(join(tmpdir(), 'voice-tutor-bench-'));
  writeQuietMicrophone(join(directory, 'quiet.wav'));
  const script = { scenarios: [{ name: 'long', when: [], answer: [{ do: 'say', text: 'la'.repeat(400) }] }] };
  writeFileSync(join(directory, 'script.json'), JSON.stringify(script));
  const partner = await startPartner();
  const emulator = await startEmulator('--speed', '1', '--script', join(directory, 'script.json'));
  const plane = await startPlane({
    DEMO_ORIGINS: partner.origin,
    GEMINI_API_KEY: 'bench',
    GEMINI_BASE_URL: emulator.url,
  });
  const browser = await startBrowser(`--use-file-for-fake-audio-capture=${join(directory, 'quiet.wav')}`);
  partner.set('/worker', tag(plane.url));
  // A policy without workers is how a real page ends in page mode.
  partner.set('/page', tag(plane.url), { 'content-security-policy': "worker-src 'none'" });
  partner.script('/output-probe.js', readFileSync(new URL('./output-probe.js', import.meta.url), 'utf8'));

  const arrived = async () => {
    const { connections } = await (await fetch(`${emulator.url}/__emulator/stats`)).json();
    return connections.reduce((sum, { samples }) => sum + samples, 0);
  };
  /** Microphone samples that should have arrived over a time of our own clock and did not. */
  const missed = async (during) => {
    const before = await arrived();
    const began = performance.now();
    const pending = during();
    await sleep(BLOCK_MS);
    const got = (await arrived()) - before;
    const missing = Math.max(0, ((performance.now() - began) / 1000) * MIC_HZ - got);
    return { missing, window: await pending };
  };
  const visit = async (mode) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.addInitScript(installProbe);
      await page.addInitScript(() => {
        addEventListener('voice-tutor-transport', ({ detail }) => (window.tutorMode = detail.mode));
      });
      const ready = await readiness(page);
      await page.goto(`${partner.origin}/${mode}`);
      await ready();
      await startLesson(page);
      const actual = await page.evaluate(() => window.tutorMode);
      if (actual !== mode) throw new Error(`the session runs in mode ${actual}, not ${mode}`);
      await page.getByRole('button', { name: 'Speak' }).click();
      await page.waitForFunction(() => document.querySelector('voice-tutor').audioStats.micFrames > 50);
      await ask(page, 'tell me a long story');
      // A second of speech first: the jitter buffer is at its working depth.
      await page.waitForFunction(() => document.querySelector('voice-tutor').audioStats.playedSamples > 48_000);
      const idle = await missed(() => occupy(page, false));
      const idleSilent = await silence(page, idle.window);
      const blockBegan = await arrived();
      const beganMs = performance.now();
      const blocked = await missed(() => occupy(page, true));
      const blockedSilent = await silence(page, blocked.window);
      // What came late is not lost: counted again when the same time has passed unblocked.
      await sleep(BLOCK_MS);
      const lost = Math.max(0, ((performance.now() - beganMs) / 1000) * MIC_HZ - ((await arrived()) - blockBegan));
      return {
        rateHz: blocked.window.rateHz,
        idleSilent,
        blockedSilent,
        idleMissed: idle.missing,
        blockedMissed: blocked.missing,
        lost,
      };
    } finally {
      await context.close();
    }
  };
  try {
    const results = { worker: [], page: [] };
    await interleave(
      Object.fromEntries(
        Object.keys(results).map((mode) => [
          mode,
          async () => {
            results[mode].push(await visit(mode));
            return 0;
          },
        ]),
      ),
      runs,
    );
    const of = (mode, key) => median(results[mode].map((each) => each[key]));
    const rate = `${of('worker', 'rateHz') / 1000} kHz`;
    const figures = [
      [`tutor samples silent (${rate})`, 'blockedSilent', 'idleSilent', 'samples'],
      ['microphone samples late (16 kHz)', 'blockedMissed', 'idleMissed', 'samples'],
      ['microphone samples lost (16 kHz)', 'lost', null, 'samples'],
    ];
    return ['worker', 'page'].flatMap((mode) =>
      figures.map(([what, key, idle, unit]) => ({
        figure: name,
        what: `${mode}: ${what}`,
        value: of(mode, key),
        unit,
        ...(idle ? { limit: of(mode, idle), against: `same ${BLOCK_MS / 1000} s, page not blocked` } : {}),
        runs,
      })),
    );
  } finally {
    await browser.close();
    await plane.end();
    await emulator.end();
    partner.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
