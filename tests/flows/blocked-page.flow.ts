/**
 * A host page that blocks its main thread for two seconds in the middle of an answer, with the core in a worker and, as the control
 * that must show the loss, on the page. Counts only; the figures are printed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from './flow.js';
import type { VoiceTutor } from '../../sdk/src/element/voice-tutor.js';
import { createLiveEmulator } from '../support/live-emulator/emulator.js';
import { browserHearing, writeWav } from './speech.js';
import { startPartner, startServer } from './server.js';

const BLOCK_MS = 2000;
/** Near each end of the block the clocks of page and test may disagree about what was in it. */
const MARGIN_MS = 200;
const ANSWER =
  'This answer is long enough to be spoken for some time, so that a page can be blocked in its middle. '.repeat(3);

let directory: string;
const cleanups: (() => unknown)[] = [];
test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vt-blocked-'));
});
test.afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(directory, { recursive: true, force: true });
});

const stats = (page: Page) => page.evaluate(() => (document.querySelector('voice-tutor') as VoiceTutor).audioStats);

/** One lesson whose page is blocked while the tutor speaks and the microphone is open. */
async function blockPage(policy?: string) {
  // Twice real time: after the first sound half a second is in hand, and most of what the learner hears during the block is still to come.
  const emulator = await createLiveEmulator({
    pace: { speedup: 2 },
    scenarios: [{ name: 'long', when: [], answer: [{ do: 'say', text: ANSWER }] }],
  });
  cleanups.push(() => emulator.close());
  const partner = await startPartner('partner.localhost', policy ? { policy } : {});
  cleanups.push(() => partner.close());
  const server = await startServer({
    PORT: '0',
    DATA_DIR: directory,
    GEMINI_API_KEY: 'emulated',
    GEMINI_BASE_URL: emulator.url,
    DEMO_ORIGINS: partner.origin,
  });
  cleanups.push(() => server.end('SIGTERM'));
  partner.setTutor(server.url);
  // A silent room: the built-in fake microphone beeps, and a beep would interrupt the tutor.
  const browser = await browserHearing(writeWav({ rateHz: 16_000, samples: new Int16Array(16_000) }, directory));
  cleanups.push(() => browser.close());
  const page = await browser.newPage();
  const modes: string[] = [];
  await page.exposeFunction('noteMode', (mode: string) => modes.push(mode));
  await page.addInitScript(() =>
    addEventListener('voice-tutor-transport', (event) => {
      const { noteMode } = globalThis as unknown as { noteMode(mode: string): void };
      noteMode((event as CustomEvent<{ mode: string }>).detail.mode);
    }),
  );
  await page.goto(partner.origin);
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByText('Your turn')).toBeVisible();
  await page.getByRole('button', { name: 'Speak' }).click();
  await expect.poll(() => emulator.stats().totals.frames).toBeGreaterThan(25);

  const arrivals: { readonly atMs: number; readonly frames: number }[] = [];
  const timer = setInterval(() => arrivals.push({ atMs: Date.now(), frames: emulator.stats().totals.frames }), 20);
  cleanups.push(() => clearInterval(timer));
  await page.getByLabel('Your question').fill('tell me something long');
  await page.keyboard.press('Enter');
  // Decided in the page, so that the block begins with the first sound however slow the test's own way there is.
  const block = await page.evaluate(async (ms) => {
    const tutor = document.querySelector('voice-tutor') as VoiceTutor;
    while (tutor.audioStats.playedSamples === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    const before = tutor.audioStats;
    const fromMs = Date.now();
    while (Date.now() - fromMs < ms);
    return { fromMs, toMs: Date.now(), before };
  }, BLOCK_MS);
  // As many microphone frames later as the block was long: what is told then was counted by its end.
  await expect
    .poll(async () => (await stats(page)).micFrames, { intervals: [20], timeout: 60_000 })
    .toBeGreaterThanOrEqual(block.before.micFrames + BLOCK_MS / 20);
  const atEnd = await stats(page);
  await expect(page.getByText('Your turn')).toBeVisible({ timeout: 60_000 });
  const rateHz = await page.evaluate(() => new AudioContext().sampleRate);
  const sent = (emulator.stats().totals.spokenMs * rateHz) / 1000;
  await expect.poll(async () => (await stats(page)).playedSamples, { timeout: 60_000 }).toBeGreaterThan(sent * 0.98);
  await page.getByRole('button', { name: 'End lesson' }).click();
  const inside = arrivals.filter(({ atMs }) => atMs > block.fromMs + MARGIN_MS && atMs < block.toMs - MARGIN_MS);
  await expect
    .poll(async () => (await stats(page)).micFrames - emulator.stats().totals.samples / 320, { timeout: 10_000 })
    .toBe(0);
  const after = await stats(page);
  const toMs = (samples: number) => Math.round((samples * 1000) / rateHz);
  const figures = {
    mode: modes.at(-1),
    underruns: atEnd.underruns - block.before.underruns,
    silentMs: toMs(atEnd.gapSamples - block.before.gapSamples),
    // A gap is counted when the turn goes on, which on a blocked page is after the block.
    silentMsInAll: toMs(after.gapSamples - block.before.gapSamples),
    micDropped: after.micDropped,
    framesDuringBlock: (inside.at(-1)?.frames ?? 0) - (inside[0]?.frames ?? 0),
    framesDue: Math.round((block.toMs - block.fromMs - 2 * MARGIN_MS) / 20),
  };
  console.log(`  page blocked ${BLOCK_MS} ms: ${JSON.stringify(figures)}`);
  return figures;
}

test('in a worker a page blocked for two seconds costs no tutor sample and no microphone frame', async () => {
  test.setTimeout(180_000);
  const { mode, underruns, silentMs, micDropped, framesDuringBlock } = await blockPage();
  expect(mode).toBe('worker');
  expect({ underruns, silentMs, micDropped }).toEqual({ underruns: 0, silentMs: 0, micDropped: 0 });
  expect(framesDuringBlock).toBeGreaterThan(0);
});

test('the control: with the core on the page the same block is heard as silence, and holds up the microphone', async () => {
  test.setTimeout(180_000);
  const { mode, silentMsInAll, framesDuringBlock } = await blockPage("worker-src 'none'");
  expect(mode).toBe('page');
  expect(silentMsInAll).toBeGreaterThan(0);
  expect(framesDuringBlock).toBe(0);
});
