/** Flows in a real Chromium, one at a time: each starts servers of its own. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.flow.ts',
  workers: 1,
  retries: 0,
  // Only what hangs is ended: a busy machine may take its time.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  outputDir: '../../test-results/flows',
  use: {
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
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
      ],
    },
  },
});
