/** Bytes and requests that the tag adds to a page: closed, at first open, at the first formula. */
import { openChannels } from '../devtools/channels.mjs';
import { ask, readiness, startBrowser, startLesson, startPartner, tag } from './browser.mjs';
import { startPlane } from './processes.mjs';
import { median } from './statistics.mjs';

/** Counts what a page, its workers and its worklets fetch, by the browser's own Network events. */
async function countNetwork(page) {
  const requests = new Map();
  const waiting = new Set();
  const urls = [];
  const inFlight = () => [...requests.values()].filter(({ over, stream }) => !over && !stream).length;
  const settle = () => {
    for (const each of waiting) {
      if (inFlight() > 0 || !urls.some((url) => each.address.test(url))) continue;
      waiting.delete(each);
      each.resolve();
    }
  };
  let channels = 0;
  await openChannels(page, (channel) => {
    const prefix = channels++;
    channel.on((method, { requestId, ...event }) => {
      const id = `${prefix} ${requestId}`;
      const begin = (more) => requests.set(id, { head: 0, body: 0, decoded: 0, total: null, over: false, ...more });
      const local = (url) => /^(data|blob):/.test(url);
      if (method === 'Network.requestWillBeSent' && !local(event.request.url))
        begin({ stream: event.type === 'EventSource' });
      if (method === 'Network.requestWillBeSent') urls.push(event.request.url);
      if (method === 'Network.webSocketCreated') begin({ over: true, stream: true });
      // Of a worklet's script the request itself is not told.
      if (method === 'Network.responseReceived' && !requests.has(id) && !local(event.response.url)) begin({});
      const request = requests.get(id);
      if (!request) return;
      if (method === 'Network.responseReceived') {
        request.head = event.response.encodedDataLength;
        request.stream ||= event.response.mimeType === 'text/event-stream';
      }
      if (method === 'Network.dataReceived') {
        request.body += event.encodedDataLength;
        request.decoded += event.dataLength;
      }
      if (method === 'Network.loadingFinished') request.total = event.encodedDataLength;
      if (method === 'Network.loadingFinished' || method === 'Network.loadingFailed') request.over = true;
      settle();
    });
    return channel.send('Network.enable').catch(() => {}); // A worker may be gone before it answers.
  });
  return {
    /** Resolves once nothing is under way but streams, and an address like this was asked for. */
    quiet: (address = /./) =>
      new Promise((resolve) => {
        waiting.add({ address, resolve });
        settle();
      }),
    /** Sums so far; `wire` is the bodies as served, compressed, without headers. */
    sums() {
      const all = [...requests.values()];
      const sum = (of) => all.reduce((total, each) => total + of(each), 0);
      return {
        requests: all.length,
        wire: sum(({ total, head, body }) => (total === null ? body : Math.max(0, total - head))),
        decoded: sum(({ decoded }) => decoded),
      };
    },
  };
}

/** Name of the figure on the command line. */
export const name = 'page-bytes';
/** What it measures, in a line. */
export const about = 'bytes and requests of first load, first open and first formula, against the page without the tag';

/** Measures. */
export async function run({ quick }) {
  const runs = quick ? 1 : 5;
  const partner = await startPartner();
  const plane = await startPlane({ DEMO_ORIGINS: partner.origin });
  const browser = await startBrowser();
  const seen = { bare: [], load: [], open: [], formula: [] };
  try {
    partner.set('/bare', '');
    partner.set('/tutor', tag(plane.url));
    for (let i = 0; i < runs; i += 1) {
      const visit = async (path, acts) => {
        // A context of its own has an empty cache.
        const context = await browser.newContext();
        const page = await context.newPage();
        const network = await countNetwork(page);
        const ready = await readiness(page);
        await page.goto(partner.origin + path);
        await acts(page, network, ready);
        await context.close();
      };
      await visit('/bare', async (_page, network) => {
        await network.quiet();
        seen.bare.push(network.sums());
      });
      await visit('/tutor', async (page, network, ready) => {
        await ready();
        // A page that is set up holds a stream of changes and has confirmed what it was told.
        await network.quiet(/\/confirmations$/);
        seen.load.push(network.sums());
        await startLesson(page);
        await network.quiet();
        seen.open.push(network.sums());
        await ask(page, 'solve 2x + 3 = 11');
        await page.getByRole('math').first().locator('math').waitFor({ state: 'attached' });
        await network.quiet();
        seen.formula.push(network.sums());
      });
    }
  } finally {
    await browser.close();
    await plane.end();
    partner.close();
  }
  const phases = [
    ['load', 'first load, closed'],
    ['open', 'up to first open, sound ready'],
    ['formula', 'up to the first formula'],
  ];
  const units = [
    ['wire', 'bytes, brotli'],
    ['decoded', 'bytes, decoded'],
    ['requests', 'requests'],
  ];
  return phases.flatMap(([phase, what]) =>
    units.map(([key, unit]) => ({
      figure: name,
      what,
      value: median(seen[phase].map((sums) => sums[key])),
      unit,
      limit: median(seen.bare.map((sums) => sums[key])),
      against: 'same page without the tag',
      runs,
    })),
  );
}
