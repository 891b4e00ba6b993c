/** What every flow imports instead of Playwright's own `test`: the same, with coverage of its pages where it is asked for. */
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { countPages } from './page-coverage.js';

export { expect, type Page } from '@playwright/test';

interface Counter {
  take(): Promise<void>;
}

/** Playwright's `test`; in a run with coverage each page, its workers and worklets are counted. */
export const test = base.extend<{ counted: null }, { counter: Counter | null }>({
  counter: [
    async ({ browser }, use) => {
      const directory = process.env['FLOWS_COVERAGE'];
      await use(directory ? countPages(browser, join(directory, 'browser')) : null);
    },
    { scope: 'worker', auto: true },
  ],
  counted: [
    async ({ counter }, use) => {
      await use(null);
      // Contexts that the flow made itself are still open here.
      await counter?.take();
    },
    { auto: true },
  ],
});
