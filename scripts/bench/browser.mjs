/** A real Chromium, a partner's page on an origin of its own, and what a learner does on it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../chromium.mjs';

/** Starts the browser. */
export async function startBrowser(...args) {
  return chromium.launch({ executablePath: await ensureChromium(), args: [...chromiumArgs, ...args] });
}

const page = (content) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>Partner</title></head><body><h1>Exercise</h1><p>Solve 2x + 3 = 11.</p>${content}</body></html>`;

/** The tag as partners write it. */
export const tag = (
  tutorUrl,
) => `<script type="module" src="${tutorUrl}/sdk/v1/voice-tutor.js"></script><voice-tutor site-key="pk_demo"
topic="Linear equations" grade="7" lang="en"></voice-tutor>`;

/**
 * A partner's site; its address must be known before the control plane starts, which has to admit it.
 * `set(path, content, headers)` puts a page there; `script(path, code)` a script, compressed as a CDN would.
 */
export async function startPartner() {
  const answers = new Map();
  const server = createServer((request, response) => {
    const answer = answers.get(new URL(request.url, 'http://x').pathname);
    response.writeHead(answer ? 200 : 404, answer?.headers);
    response.end(answer?.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://partner.localhost:${server.address().port}`,
    set: (path, content, headers = {}) =>
      answers.set(path, { body: page(content), headers: { 'content-type': 'text/html; charset=utf-8', ...headers } }),
    script: (path, code) =>
      answers.set(path, {
        body: brotliCompressSync(code),
        headers: { 'content-type': 'text/javascript; charset=utf-8', 'content-encoding': 'br' },
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Resolves when the element says that it is set up; call before the page is opened. */
export async function readiness(page) {
  await page.addInitScript(() => {
    window.tutorReady = new Promise((resolve) => addEventListener('voice-tutor-ready', resolve, { once: true }));
  });
  return () => page.evaluate(() => window.tutorReady.then(() => true));
}

/** Opens the panel, agrees, and waits until the tutor listens. */
export async function startLesson(page) {
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await page.getByText('Your turn').waitFor();
}

/** Types a question. */
export async function ask(page, words) {
  await page.getByLabel('Your question').fill(words);
  await page.keyboard.press('Enter');
}
