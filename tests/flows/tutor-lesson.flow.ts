/** A lesson with the default tutor in Chromium: a wrong attempt, a hint, a right one; typed, heard by a fake recogniser, and without one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from './flow.js';
import type { VoiceTutor } from '../../sdk/src/element/voice-tutor.js';
import { startServer, type ServerProcess } from './server.js';

let directory: string;
let server: ServerProcess;
test.beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vt-flow-'));
  server = await startServer({ PORT: '0', DATA_DIR: directory, VOICE_TTS: 'off' });
});
test.afterEach(async () => {
  await server.end('SIGTERM');
  rmSync(directory, { recursive: true, force: true });
});

async function startLesson(page: Page): Promise<void> {
  await page.goto(`${server.url}/examples/plain-html/`);
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByRole('status').getByText('Your turn')).toBeVisible();
}
async function type(page: Page, words: string): Promise<void> {
  await page.getByLabel('Your question').fill(words);
  await page.keyboard.press('Enter');
}
const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const micFrames = (page: Page) =>
  page.evaluate(() => (document.querySelector('voice-tutor') as VoiceTutor).audioStats.micFrames);

/** The same lesson, however the words get in. */
async function quadraticLesson(
  page: Page,
  say: (...hearings: string[]) => Promise<void>,
  words: { readonly [part in 'problem' | 'wrong' | 'right']: readonly string[] },
): Promise<void> {
  await say(...words.problem);
  await expect(
    page.getByRole('math', { name: 'the quantity x minus two times the quantity x minus three equals zero' }),
  ).toBeVisible();
  await expect(transcript(page)).toContainText('What is the next line?');

  await say(...words.wrong);
  await expect(transcript(page)).toContainText('Look at the signs: a factor is zero for the number that makes it zero');
  await expect(transcript(page)).toContainText('Try once more, or say hint.');

  await say('hint');
  await expect(transcript(page)).toContainText('Look at each factor on its own: when is it zero?');

  await say(...words.right);
  await expect(page.getByRole('math', { name: 'x equals two, or x equals three' })).toBeVisible();
  await expect(transcript(page)).toContainText(
    /(Right|Exactly|Well done, that is right|Yes, that is it|Very good|You skipped ahead, and it is right|Right, and you even saved a step)\. So x equals two, or x equals three\./,
  );
  await expect(page.getByRole('alert')).toHaveCount(0);
}

test('typed: problem, wrong attempt, hint, right attempt, praise', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await startLesson(page);
  await quadraticLesson(page, (words = '') => type(page, words), {
    problem: ['x^2 - 5x + 6 = 0'],
    wrong: ['x = -2 or x = -3'],
    right: ['x = 2 or x = 3'],
  });
  expect(faults).toEqual([]);
});

/** A recogniser that hears what the test says; defined before any script of the page. */
function installRecogniser(): void {
  class FakeRecognition {
    lang = '';
    continuous = false;
    maxAlternatives = 1;
    onresult: ((event: unknown) => void) | null = null;
    onerror: ((event: unknown) => void) | null = null;
    onend: (() => void) | null = null;
    start(): void {
      Object.assign(window, {
        hear: (hearings: readonly string[]) => {
          const heard = hearings.slice(0, this.maxAlternatives).map((transcript) => ({ transcript }));
          this.onresult?.({ resultIndex: 0, results: [Object.assign(heard, { isFinal: true })] });
        },
      });
    }
    abort(): void {
      Object.assign(window, { hear: undefined });
    }
  }
  Object.assign(window, { SpeechRecognition: FakeRecognition });
}

test('heard: the same lesson by a recogniser, whose first hearing is not always the right one', async ({ page }) => {
  await page.addInitScript(installRecogniser);
  await startLesson(page);
  await page.getByRole('button', { name: 'Speak' }).click();
  await expect(page.getByRole('button', { name: 'Mute' })).toBeVisible();
  const hear = (...hearings: string[]) =>
    page.evaluate((said) => (window as unknown as { hear(said: string[]): void }).hear(said), hearings);
  await quadraticLesson(page, hear, {
    problem: [
      'eggs square minus five eggs plus sticks',
      'x squared my nose five',
      'x squared minus five x plus six equals zero',
    ],
    wrong: ['x equals negative two or x equals negative three'],
    right: ['x equals too or ex equals tree', 'x equals two or x equals three'],
  });
  // The microphone's frames flow all the same: level, interruption and quota are those of any session.
  const before = await micFrames(page);
  await expect.poll(() => micFrames(page)).toBeGreaterThan(before);
});

test('without a recogniser, or with one that is refused, typing goes on without a fuss', async ({ page, browser }) => {
  await page.addInitScript(() => {
    for (const name of ['SpeechRecognition', 'webkitSpeechRecognition'])
      Object.defineProperty(window, name, { value: undefined });
  });
  const refused = await (await browser.newContext()).newPage();
  await refused.addInitScript(() => {
    class RefusedRecognition {
      onerror: ((event: unknown) => void) | null = null;
      onend: (() => void) | null = null;
      start(): void {
        queueMicrotask(() => {
          this.onerror?.({ error: 'not-allowed' });
          this.onend?.();
        });
      }
      abort(): void {}
    }
    Object.assign(window, { SpeechRecognition: RefusedRecognition });
  });
  for (const each of [page, refused]) {
    const faults: string[] = [];
    each.on('pageerror', (error) => faults.push(error.message));
    await startLesson(each);
    await each.getByRole('button', { name: 'Speak' }).click();
    await expect(each.getByRole('button', { name: 'Mute' })).toBeVisible();
    await type(each, '7 + 8');
    await expect(each.getByRole('math', { name: 'fifteen', exact: true })).toBeVisible();
    await expect(each.getByRole('alert')).toHaveCount(0);
    expect(faults).toEqual([]);
  }
  await refused.context().close();
});
