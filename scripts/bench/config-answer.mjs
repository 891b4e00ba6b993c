/** Processor time of a config answer, 200 from the cache and 304, beside bare node:http answering the same bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBare, startPlane } from './processes.mjs';
import { interleave, median } from './statistics.mjs';

/** Requests in flight: enough to keep one server busy, few enough for two cores. */
const AT_ONCE = 8;

function request(url, agent, headers = {}) {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (data) => (body += data));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** Microseconds of processor time per request that a server spends on `count` requests. */
async function sample({ server, url, headers, status, count, agent }) {
  const before = await server.cpuMicros();
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await request(url, agent, headers);
      if (answer.status !== status) throw new Error(`${url} answered ${answer.status}, not ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return ((await server.cpuMicros()) - before) / count;
}

/** Name of the figure on the command line. */
export const name = 'config-answer';
/** What it measures, in a line. */
export const about = 'processor time of a config answer (cached 200, 304) against bare node:http';

/** Measures. */
export async function run({ quick }) {
  const [count, rounds] = quick ? [300, 5] : [6000, 9];
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const directory = mkdtempSync(join(tmpdir(), 'voice-tutor-bench-'));
  const plane = await startPlane();
  let bare;
  try {
    const path = '/v1/sites/pk_demo/config?cohort=7';
    const { body, headers } = await request(plane.url + path, agent);
    const { etag, vary, 'cache-control': cacheControl, 'cross-origin-resource-policy': policy } = headers;
    const same = { etag, vary, 'cache-control': cacheControl, 'cross-origin-resource-policy': policy };
    writeFileSync(join(directory, 'answer.json'), JSON.stringify({ body, headers: same }));
    bare = await startBare('./bare-answer.mjs', join(directory, 'answer.json'));
    const known = { 'if-none-match': etag };
    const cases = {
      ours200: { server: plane, url: plane.url + path, status: 200 },
      bare200: { server: bare, url: bare.url + path, status: 200 },
      ours304: { server: plane, url: plane.url + path, headers: known, status: 304 },
      bare304: { server: bare, url: bare.url + path, headers: known, status: 304 },
    };
    const samplers = Object.fromEntries(
      Object.entries(cases).map(([key, each]) => [key, () => sample({ ...each, count, agent })]),
    );
    await interleave(samplers, 1); // Compiled and connected before anything counts.
    const cost = await interleave(samplers, rounds);
    return ['200', '304'].map((status) => ({
      figure: name,
      what: `cached ${status}${status === '200' ? `, ${body.length} bytes` : ''}`,
      value: median(cost[`ours${status}`]),
      unit: 'µs CPU/request',
      limit: median(cost[`bare${status}`]),
      against: 'bare node:http, same bytes and headers',
      runs: rounds,
    }));
  } finally {
    agent.destroy();
    await plane.end();
    await bare?.end();
    rmSync(directory, { recursive: true, force: true });
  }
}
