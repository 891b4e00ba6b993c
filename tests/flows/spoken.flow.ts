/** A spoken lesson: a sound file is the learner's microphone, the Live emulator hears it, its answer is heard, read and seen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from './flow.js';
import { findSpeechProgram } from '../../scripts/speech.mjs';
import type { VoiceTutor } from '../../sdk/src/element/voice-tutor.js';
import { createLiveEmulator } from '../support/live-emulator/emulator.js';
import { browserHearing, loudMs, speakWords, withSilence, writeWav } from './speech.js';
import { startServer } from './server.js';

const QUESTION = 'Solve two x plus three equals eleven.';
/** Share by which what was heard may differ from what was said: the browser's noise suppression and gain work on the edges. */
const TOLERANCE = 0.25;

let directory: string;
test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vt-spoken-'));
});
const cleanups: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(directory, { recursive: true, force: true });
});

const stats = (page: Page) => page.evaluate(() => (document.querySelector('voice-tutor') as VoiceTutor).audioStats);

test('a spoken question goes up as sound, and its answer is heard, read, and seen as formulas', async () => {
  // A lesson in real time: half a minute of speech, more on a busy machine.
  test.setTimeout(120_000);
  const program = findSpeechProgram();
  test.skip(program === null, 'no program that speaks (espeak-ng or flite) is installed');
  const emulator = await createLiveEmulator();
  cleanups.push(() => emulator.close());
  const server = await startServer({
    PORT: '0',
    DATA_DIR: directory,
    GEMINI_API_KEY: 'emulated',
    GEMINI_BASE_URL: emulator.url,
  });
  cleanups.push(() => server.end('SIGTERM'));
  const said = withSilence(speakWords(program ?? '', QUESTION, directory), 500, 100);
  const browser = await browserHearing(writeWav(said, directory));
  cleanups.push(() => browser.close());
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));

  await page.goto(`${server.url}/examples/plain-html/`);
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByText('Your turn')).toBeVisible();
  await page.getByRole('button', { name: 'Speak' }).click();

  // Read: both speakers' words, as the service wrote them down.
  const log = page.getByRole('log', { name: 'Transcript' });
  await expect(log).toContainText('solve two x plus three equals eleven', { timeout: 30_000 });
  await expect(log).toContainText('So x equals four. Can you check it', { timeout: 30_000 });
  // Seen: in the accessibility tree, in words, with MathML behind.
  for (const name of ['two x plus three equals eleven', 'two x equals eight', 'x equals four'])
    await expect(page.getByRole('math', { name, exact: true }).locator('math')).toBeAttached();
  await expect(page.getByText('Your turn')).toBeVisible({ timeout: 30_000 });

  // Heard by the service: the detector found one utterance, and as much speech as was said.
  const { connections, totals } = emulator.stats();
  expect([totals.activities, totals.turnsStarted, totals.turnsInterrupted]).toEqual([1, 1, 0]);
  expect(connections[0]?.utterances).toEqual(['solve two x plus three equals eleven']);
  const wanted = loudMs(said);
  expect(wanted).toBeGreaterThan(1000);
  expect(Math.abs(totals.speechMs - wanted) / wanted, `${totals.speechMs} ms heard of ${wanted} ms`).toBeLessThan(
    TOLERANCE,
  );

  // Heard by the learner: what the worklet played against what the service sent; the synthetic voice has hardly a zero sample.
  const rateHz = await page.evaluate(() => new AudioContext().sampleRate);
  const sent = (totals.spokenMs * rateHz) / 1000;
  await expect.poll(async () => (await stats(page)).playedSamples, { timeout: 30_000 }).toBeGreaterThan(sent * 0.98);
  expect((await stats(page)).playedSamples).toBeLessThanOrEqual(sent * 1.01);

  // Nothing lost on the way up: each frame that was captured is one that the service judged.
  await page.getByRole('button', { name: 'End lesson' }).click();
  await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible();
  await expect
    .poll(async () => (await stats(page)).micFrames - emulator.stats().totals.samples / 320, { timeout: 10_000 })
    .toBe(0);
  const { micFrames, micDropped } = await stats(page);
  expect(micDropped).toBe(0);
  expect(micFrames).toBeGreaterThan(wanted / 20);
  expect(faults).toEqual([]);
});
