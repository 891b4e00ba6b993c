/** A host with a strict policy: one Trusted Types name is all it lists for us, and a lesson works; without it the page is told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from './flow.js';
import { startServer, type ServerProcess } from './server.js';

/** A partner whose every answer carries a policy. `{tutor}` in it stands for the control plane. */
async function startStrictHost(): Promise<{
  readonly origin: string;
  serve(options: { readonly tutor: string; readonly policy: string; readonly script?: string }): void;
  close(): void;
}> {
  let [policy, page] = ['', ''];
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', policy);
    response.end(page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://strict.localhost:${(server.address() as AddressInfo).port}`,
    serve({ tutor, policy: given, script = '' }) {
      policy = given.replaceAll('{tutor}', tutor).replaceAll('{socket}', tutor.replace(/^http/, 'ws'));
      page = `<!doctype html><html lang="en"><title>Strict</title><link rel="icon" href="data:,">
        <script nonce="page">
          window.told = [];
          for (const type of ['voice-tutor-unavailable', 'voice-tutor-transport'])
            addEventListener(type, (event) => told.push([type, event.detail && event.detail.mode]));
          addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => told.push([effectiveDirective, blockedURI]));
          ${script}
          window.before = [];
          window.before = Object.getOwnPropertyNames(window);
        </script>
        <script type="module" src="${tutor}/sdk/v1/voice-tutor.js"></script>
        <h1>Strict</h1><p>Above</p><voice-tutor site-key="pk_demo" lang="en"></voice-tutor><p>Below</p></html>`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the documents tell a partner with a strict policy to list. */
const LISTED =
  "default-src 'self'; img-src data:; script-src 'nonce-page' {tutor}; worker-src blob:; connect-src {tutor} {socket}; font-src {tutor}; ";
const told = (page: Page) =>
  page.evaluate(() => (window as unknown as { told: (readonly [string, string | null])[] }).told);

let directory: string;
let server: ServerProcess;
let host: Awaited<ReturnType<typeof startStrictHost>>;
test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vt-strict-'));
  host = await startStrictHost();
  server = await startServer({ PORT: '0', DATA_DIR: directory, VOICE_TTS: 'off', DEMO_ORIGINS: host.origin });
});
test.afterAll(async () => {
  host.close();
  await server.end('SIGTERM');
  rmSync(directory, { recursive: true, force: true });
});

async function lesson(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask the tutor' }).click();
  await page.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByText('Your turn')).toBeVisible();
  await page.getByLabel('Your question').fill('7 + 8');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('math').last()).toBeVisible();
}

for (const [name, types] of [
  ['lists voice-tutor alone', "require-trusted-types-for 'script'; trusted-types voice-tutor"],
  ['allows duplicates', "require-trusted-types-for 'script'; trusted-types voice-tutor 'allow-duplicates'"],
  ['lists nothing', "require-trusted-types-for 'script'"],
] as const) {
  test(`a lesson in a worker on a page that requires Trusted Types and ${name}`, async ({ page }) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    host.serve({ tutor: server.url, policy: LISTED + types });
    await page.goto(host.origin);
    await lesson(page);
    expect(await told(page)).toEqual([['voice-tutor-transport', 'worker']]);
    const left = await page.evaluate(() => ({
      names: Object.getOwnPropertyNames(window).filter(
        (name) => !(window as unknown as { before: string[] }).before.includes(name),
      ),
      handed: [...document.scripts].filter((script) => Symbol.for('voice-tutor.policy') in script).length,
    }));
    expect(left, 'no global and no policy is left on the page').toEqual({ names: [], handed: 0 });
    expect(faults).toEqual([]);
  });
}

test('a page that refuses the policy is told, once, and nothing is thrown into it', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  host.serve({ tutor: server.url, policy: `${LISTED}require-trusted-types-for 'script'; trusted-types other` });
  await page.goto(host.origin);
  await expect
    .poll(async () => (await told(page)).filter(([type]) => type === 'voice-tutor-unavailable'))
    .toEqual([['voice-tutor-unavailable', null]]);
  expect(faults).toEqual([]);
});

test('a page whose own policy is named voice-tutor is told too', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  host.serve({
    tutor: server.url,
    policy: `${LISTED}require-trusted-types-for 'script'; trusted-types voice-tutor`,
    script: `trustedTypes.createPolicy('voice-tutor', {});`,
  });
  await page.goto(host.origin);
  await expect.poll(async () => (await told(page)).map(([type]) => type)).toContain('voice-tutor-unavailable');
  expect(faults).toEqual([]);
});
