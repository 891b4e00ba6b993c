/**
 * Takes V8 coverage of Playwright's pages, their workers and worklets, over the DevTools protocol; scripts/coverage merges it. A worker
 * that began before it was counted misses its first lines; other flows make up for that.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openChannels, type Channel } from '../../scripts/devtools/channels.mjs';

interface Entry {
  readonly scriptId: string;
  readonly url: string;
}

/** Scripts of ours: the release, the loader, the dashboard, and the worker, which has no address but its blob's. */
const wanted = (url: string) => /\/(sdk|dashboard)\/[^?]*\.js$/.test(url) || url.startsWith('blob:');

/** Not awaited for a worker: a paused one answers only when it may run, but obeys these first. */
const arm = (channel: Channel) =>
  Promise.all([
    channel.send('Profiler.enable'),
    channel.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true }),
    channel.send('Debugger.enable'),
    channel.send('Debugger.setSkipAllPauses', { skip: true }),
  ]);

async function take(channels: readonly Channel[]): Promise<object[]> {
  const taken = await Promise.all(
    channels.map(async (channel) => {
      try {
        const { result } = (await channel.send('Profiler.takePreciseCoverage')) as { result: Entry[] };
        return await Promise.all(
          result
            .filter(({ url }) => wanted(url))
            .map(async (entry) => ({
              ...entry,
              // Only a script without an address must bring its text; the others are read from the build.
              source: entry.url.startsWith('blob:') ? await sourceOf(channel, entry.scriptId) : '',
            })),
        );
      } catch {
        return []; // The target is gone: a worker that was ended keeps nothing to read.
      }
    }),
  );
  return taken.flat();
}
const sourceOf = async (channel: Channel, scriptId: string) =>
  ((await channel.send('Debugger.getScriptSource', { scriptId })) as { scriptSource: string }).scriptSource;

let written = 0;

/** Counts every page of a browser from now on; what was counted goes to files in `directory` before a page goes elsewhere or away. */
export function countPages(browser: Browser, directory: string): { take(): Promise<void> } {
  const open = new Map<Page, Channel[]>();
  mkdirSync(directory, { recursive: true });
  const write = async (pages: readonly Page[]) => {
    const entries = (await Promise.all(pages.map((page) => take(open.get(page) ?? [])))).flat();
    if (entries.length > 0)
      writeFileSync(join(directory, `flows-${process.pid}-${written++}.json`), JSON.stringify(entries));
  };
  const countPage = async (page: Page) => {
    if (open.has(page)) return;
    const channels: Channel[] = [];
    open.set(page, channels);
    page.on('close', () => open.delete(page));
    await openChannels(page, (channel, type) => {
      channels.push(channel);
      const armed = arm(channel);
      if (type === 'page') return armed;
      armed.catch(() => {}); // It may be gone before it answers.
      return undefined;
    });
    const { goto, reload, close } = {
      goto: page.goto.bind(page),
      reload: page.reload.bind(page),
      close: page.close.bind(page),
    };
    page.goto = (...given) => write([page]).then(() => goto(...given));
    page.reload = (...given) => write([page]).then(() => reload(...given));
    page.close = (...given) => write([page]).then(() => close(...given));
  };
  const countContext = (context: BrowserContext) => {
    const newPage = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await newPage();
      await countPage(page);
      return page;
    };
    const close = context.close.bind(context);
    context.close = (...given) => write(context.pages()).then(() => close(...given));
  };
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    countContext(context);
    return context;
  };
  return { take: () => write([...open.keys()]) };
}
