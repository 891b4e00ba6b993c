/** A typed lesson, a flag over two origins with its rollback, and a control plane killed in the middle. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VoiceTutor } from '../../sdk/src/element/voice-tutor.js';
import { expect, test, type Page } from './flow.js';
import { freePort, startPartner, startServer } from './server.js';

let directory: string;
test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vt-flow-'));
});
test.afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function startLesson(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByText('Your turn')).toBeVisible();
}
async function ask(page: Page, words: string): Promise<void> {
  await page.getByLabel('Your question').fill(words);
  await page.keyboard.press('Enter');
}
const stats = (page: Page) => page.evaluate(() => (document.querySelector('voice-tutor') as VoiceTutor).audioStats);

test('a typed question is answered in words, in formulas and in sound', async ({ page }) => {
  const server = await startServer({ PORT: '0', DATA_DIR: directory });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${server.url}/examples/plain-html/`);
  await startLesson(page);
  await ask(page, 'show me all the steps for 2x + 3 = 11');
  const answer = page.getByRole('math', { name: /x equals (4|four)/ });
  // The pace is that of speech.
  await expect(answer.last()).toBeVisible({ timeout: 20_000 });
  // Typeset, not source: KaTeX leaves MathML for those who cannot see it.
  await expect(answer.last().locator('math')).toBeAttached();
  const spoken = (await page.evaluate(() => document.querySelector('voice-tutor')?.shadowRoot?.textContent)) ?? '';
  expect(spoken).toContain('both sides');
  if (await hasVoice()) await expect.poll(async () => (await stats(page)).playedSamples).toBeGreaterThan(24_000);
  expect(faults).toEqual([]);
  expect(await server.end('SIGTERM')).toBe(0);
});

/** True when a program that speaks is installed; without one the browser's own voice is used, which headless Chromium lacks. */
async function hasVoice(): Promise<boolean> {
  const { findProgram } = await import('../../control-plane/src/tutor/speech/speech-programs.js');
  const path = process.env['PATH'] ?? '';
  return (await findProgram('flite', path)) !== null || (await findProgram('espeak-ng', path)) !== null;
}

test('the microphone sends frames, and mute stops them at the track', async ({ page }) => {
  const server = await startServer({ PORT: '0', DATA_DIR: directory, VOICE_TTS: 'off' });
  await page.goto(`${server.url}/examples/plain-html/`);
  await startLesson(page);
  await page.getByRole('button', { name: 'Speak' }).click();
  await expect.poll(async () => (await stats(page)).micFrames).toBeGreaterThan(50);
  expect((await stats(page)).micDropped).toBe(0);
  await page.getByRole('button', { name: 'Mute' }).click();
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await page.getByRole('button', { name: 'End lesson' }).click();
  await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible();
  await server.end('SIGTERM');
});

test('a flag reaches pages of two origins without a reload, goes back, and is in the audit', async ({ browser }) => {
  const partners = [await startPartner('one.localhost'), await startPartner('two.localhost')];
  const server = await startServer({
    PORT: '0',
    DATA_DIR: directory,
    VOICE_TTS: 'off',
    DEMO_ORIGINS: partners.map(({ origin }) => origin).join(','),
  });
  const context = await browser.newContext();
  const pages: Page[] = [];
  for (const partner of partners) {
    partner.setTutor(server.url);
    const page = await context.newPage();
    await page.goto(partner.origin);
    await startLesson(page);
    await ask(page, '7 + 8');
    await expect(page.getByRole('math').last()).toBeVisible();
    pages.push(page);
  }
  const form = (page: Page) => page.getByRole('group', { name: 'How is this lesson going?' });
  for (const page of pages) await expect(form(page)).toHaveCount(0);

  const dashboard = await context.newPage();
  await dashboard.goto(server.signInLink);
  await dashboard.getByRole('switch', { name: /feedback-form/ }).click();
  for (const page of pages) await expect(form(page)).toBeVisible();
  await dashboard
    .getByRole('button', { name: /roll back/i })
    .first()
    .click();
  const dialog = dashboard.getByRole('dialog');
  await expect(dialog).toContainText('feedback-form');
  await dialog.getByRole('button', { name: /roll back/i }).click();
  for (const page of pages) await expect(form(page)).toHaveCount(0);
  await expect(dashboard.getByText('checkpoint.restored').first()).toBeVisible();
  await expect(dashboard.getByText('flag.set-enabled').first()).toBeVisible();
  await server.end('SIGTERM');
  partners.forEach((partner) => partner.close());
});

test('a control plane killed during a lesson: the page says so, resumes, and nothing acknowledged is lost', async ({
  page,
}) => {
  const PORT = String(await freePort());
  const first = await startServer({ PORT, DATA_DIR: directory, VOICE_TTS: 'off' });
  await page.goto(`${first.url}/examples/plain-html/`);
  await startLesson(page);
  await ask(page, '7 + 8');
  await expect(page.getByRole('math').last()).toBeVisible();
  const signIn = async (link: string) => {
    const origin = new URL(link).origin;
    const answer = await fetch(`${origin}/v1/operator/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ token: link.split('#token=')[1] }),
    });
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  };
  const call = async (cookie: string, path: string, init: RequestInit = {}) =>
    (
      await fetch(`${first.url}/v1/operator${path}`, {
        ...init,
        headers: { cookie, origin: first.url, 'content-type': 'application/json' },
      })
    ).json() as Promise<Record<string, unknown>>;
  const cookie = await signIn(first.signInLink);
  const { revision } = (await call(cookie, '/flags')) as { revision: number };
  const changed = (await call(cookie, '/flags/feedback-form', {
    method: 'PUT',
    body: JSON.stringify({ enabled: true, expectedRevision: revision }),
  })) as { revision: number };
  expect(changed.revision).toBe(revision + 1);
  await expect(page.getByRole('group', { name: 'How is this lesson going?' })).toBeVisible();
  const audit = await call(cookie, '/audit');
  await first.end('SIGKILL');
  await expect(page.getByText('Connection lost. Reconnecting…')).toBeVisible();

  const second = await startServer({ PORT, DATA_DIR: directory, VOICE_TTS: 'off' });
  await expect(page.getByText('Your turn')).toBeVisible({ timeout: 30_000 });
  // What was said stays, and the lesson goes on in the same session.
  await expect(page.getByText('7 + 8').first()).toBeVisible();
  await ask(page, '3 + 4');
  await expect(page.getByRole('math', { name: /(7|seven)$/ }).last()).toBeVisible();
  await expect(page.getByRole('group', { name: 'How is this lesson going?' })).toBeVisible();
  // The operator's session survived as well.
  expect(((await call(cookie, '/flags')) as { revision: number }).revision).toBe(changed.revision);
  const later = await call(cookie, '/audit');
  expect(later['intact']).toBe(true);
  expect((later['entries'] as unknown[]).slice(-(audit['entries'] as unknown[]).length)).toEqual(audit['entries']);
  await second.end('SIGTERM');
});
