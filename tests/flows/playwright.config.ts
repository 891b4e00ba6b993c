/** Flows in a real Chromium, one at a time: each starts servers of its own. */
import { defineConfig } from '@playwright/test';
import { chromiumArgs } from '../../scripts/chromium.mjs';

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
      args: chromiumArgs,
    },
  },
});
