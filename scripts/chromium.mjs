/** Finds the browser that tests and benchmarks drive, and installs one where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canInstall, installPackages } from './debian.mjs';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a Chromium, or null. */
export function findChromium() {
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** Flags for a browser in a test: quiet, without a sandbox (containers), with a fake microphone. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** True when a browser starts: Ubuntu's package of this name is a stub that only names a snap. */
const works = (path) =>
  spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 60_000 }).status === 0;

/** Path of a Chromium, installed when missing: from Debian's packages as root, else Playwright's own. Throws with advice. */
export async function ensureChromium(log = console.log) {
  const { CHROMIUM } = process.env;
  if (CHROMIUM && !existsSync(CHROMIUM)) throw new Error(`CHROMIUM names ${CHROMIUM}, which does not exist.`);
  const found = findChromium();
  if (found && works(found)) return found;
  if (CHROMIUM) throw new Error(`CHROMIUM names ${CHROMIUM}, which does not start.`);
  if (canInstall()) {
    log('installing Chromium from Debian packages; this takes a minute or two');
    // The browser only recommends fonts, and without any it draws no text.
    installPackages(['chromium', 'fonts-liberation']);
    const installed = findChromium();
    if (installed && works(installed)) return installed;
  }
  log("installing Playwright's Chromium; this takes a minute or two");
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  const wanted = ['install', ...(canInstall() ? ['--with-deps'] : []), 'chromium'];
  spawnSync(process.execPath, [cli, ...wanted], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  if (existsSync(path) && works(path)) return path;
  throw new Error(
    'No Chromium that starts: install one (Debian: apt-get install chromium fonts-liberation) or name it in CHROMIUM.',
  );
}
