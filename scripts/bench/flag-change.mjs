/** From the operator's change being sent to each of 200 pages having the new answer, beside a bare server pushing the same bytes. */
import { Agent, get } from 'node:http';
import { startBare, startPlane } from './processes.mjs';
import { median, quantile } from './statistics.mjs';

const PAGES = 200;
const FLAG = 'feedback-form';

/** 200 streams held by this process. `wait(n)` resolves to the moments at which each had event number `n` or a later one. */
async function openStreams(urlOf) {
  const agent = new Agent({ maxSockets: Infinity });
  const newest = new Array(PAGES).fill(-1);
  let body = '';
  let waiting = null;
  const seen = (page, id, data) => {
    newest[page] = Math.max(newest[page], id);
    body = data;
    if (!waiting || id < waiting.id || waiting.atMs[page] !== undefined) return;
    waiting.atMs[page] = performance.now();
    waiting.left -= 1;
    if (waiting.left === 0) waiting.resolve(waiting.atMs);
  };
  const requests = await Promise.all(
    Array.from(
      { length: PAGES },
      (_, page) =>
        new Promise((resolve, reject) => {
          const request = get(urlOf(page), { agent }, (response) => {
            let rest = '';
            response.setEncoding('utf8').on('data', (data) => {
              const events = (rest + data).split('\n\n');
              rest = events.pop();
              for (const event of events) {
                const id = /^id: ?(\d+)$/m.exec(event)?.[1];
                const text = /^data: ?(.*)$/m.exec(event)?.[1];
                if (/^event: ?config$/m.test(event) && id !== undefined) seen(page, Number(id), text ?? '');
              }
              resolve(request); // The first bytes: the server has this page among its streams.
            });
            response.on('error', () => {});
          });
          request.on('error', reject);
        }),
    ),
  );
  return {
    /** To be called before the change is sent: `send` resolves to the number that the change got. */
    change: (expected, send) =>
      new Promise((resolve, reject) => {
        const beganMs = performance.now();
        waiting = {
          id: expected,
          atMs: new Array(PAGES),
          left: PAGES,
          resolve: (atMs) => {
            waiting = null;
            resolve(atMs.map((at) => at - beganMs));
          },
        };
        send().catch(reject);
      }),
    body: () => body,
    close: () => requests.forEach((request) => request.destroy()),
  };
}

/** Name of the figure on the command line. */
export const name = 'flag-change';
/** What it measures, in a line. */
export const about = `flag change to ${PAGES} open pages, p50 and p99`;

/** Measures. */
export async function run({ quick }) {
  const rounds = quick ? 5 : 30;
  const plane = await startPlane();
  const bare = await startBare('./bare-stream.mjs');
  const streams = [];
  try {
    const call = await plane.operator();
    // Each page of another cohort, as on real sites: each needs an answer of its own.
    const ours = await openStreams((page) => `${plane.url}/v1/sites/pk_demo/stream?cohort=${page * 5}`);
    const limit = await openStreams(() => bare.url);
    streams.push(ours, limit);
    let { revision } = await call('/flags');
    let enabled = false;
    const changeFlag = () => {
      enabled = !enabled;
      const change = { enabled, expectedRevision: revision };
      revision += 1;
      return ours.change(revision, () => call(`/flags/${FLAG}`, { method: 'PUT', body: JSON.stringify(change) }));
    };
    let pushes = 0;
    const pushBare = () => {
      pushes += 1;
      return limit.change(pushes, () => fetch(bare.url, { method: 'POST', body: ours.body() }));
    };
    await changeFlag();
    await pushBare();
    const [oursMs, bareMs] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      oursMs.push(await changeFlag());
      bareMs.push(await pushBare());
    }
    return [
      ['p50', 0.5],
      ['p99', 0.99],
    ].map(([label, part]) => ({
      figure: name,
      what: `${label} over ${PAGES} pages`,
      value: median(oursMs.map((each) => quantile(each, part))),
      unit: 'ms',
      limit: median(bareMs.map((each) => quantile(each, part))),
      against: 'bare SSE server, same bytes, nothing stored',
      runs: rounds,
    }));
  } finally {
    streams.forEach((each) => each.close());
    await plane.end();
    await bare.end();
  }
}
