/** Takes V8 coverage of Playwright's pages, their workers and worklets, over the DevTools protocol; scripts/coverage merges it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';

interface Entry {
  readonly scriptId: string;
  readonly url: string;
}
interface Channel {
  send(method: string, params?: object): Promise<unknown>;
}

/** Scripts of ours: the release, the loader, the dashboard, and the worker, which has no address but its blob's. */
const wanted = (url: string) => /\/(sdk|dashboard)\/[^?]*\.js$/.test(url) || url.startsWith('blob:');

/** Not awaited before a paused target may run: it answers these only then, but obeys them first. */
const arm = (channel: Channel) =>
  Promise.all([
    channel.send('Profiler.enable'),
    channel.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true }),
    channel.send('Debugger.enable'),
    channel.send('Debugger.setSkipAllPauses', { skip: true }),
  ]);

/**
 * Channels to what a page starts. Playwright keeps flat child sessions for itself, so that messages are wrapped.
 * It also resumes workers itself: now and then one begins before it is counted, which other flows make up for.
 */
async function attach(page: Page, found: (channel: Channel) => void): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const waiting = new Map<string, { resolve(value: unknown): void; reject(reason: Error): void }>();
  let calls = 0;
  const channelTo = (sessionId: string): Channel => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(`${sessionId} ${id}`, { resolve, reject });
        const message = JSON.stringify({ id, method, params });
        session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
      }),
  });
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const channel = channelTo(sessionId);
    found(channel);
    arm(channel).catch(() => {});
    channel.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  });
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result, error } = JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } };
    const call = waiting.get(`${sessionId} ${id}`);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
    waiting.delete(`${sessionId} ${id}`);
  });
  session.on('Target.detachedFromTarget', ({ sessionId }) => {
    for (const [key, call] of waiting) if (key.startsWith(`${sessionId} `)) call.reject(new Error('target is gone'));
  });
  const own: Channel = { send: (method, params) => session.send(method as 'Profiler.enable', params) };
  found(own);
  await arm(own);
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
}

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
    await attach(page, (channel) => channels.push(channel));
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
