/** How batches leave, with the browser's own fetch and beacon replaced at the edge. */
import { expect } from '@open-wc/testing';
import { createSender } from './sender.js';
import type { NewEvent } from './event-queue.js';
import { watchVitals } from './vitals.js';

const realFetch = window.fetch;
let requests: { readonly url: string; readonly init: RequestInit }[] = [];
let beacons: (readonly [string, unknown])[] = [];
let takesBeacons = true;
const answer = (status: number) => {
  window.fetch = async (input, init = {}) => {
    requests.push({ url: input instanceof Request ? input.url : String(input), init });
    return new Response(null, { status });
  };
};

describe('sender', () => {
  const send = createSender('https://tutor.example');
  beforeEach(() => {
    [requests, beacons, takesBeacons] = [[], [], true];
    Object.defineProperty(navigator, 'sendBeacon', {
      configurable: true,
      value: (url: string, body: unknown) => {
        beacons.push([url, body]);
        return takesBeacons;
      },
    });
  });
  afterEach(() => {
    window.fetch = realFetch;
    Reflect.deleteProperty(navigator, 'sendBeacon');
  });

  it('posts text without credentials that outlives the page, and waits for the answer within a bound', async () => {
    answer(202);
    expect(await send('{}', false)).to.equal('sent');
    const { url, init } = requests[0] ?? {};
    expect(url).to.equal('https://tutor.example/v1/ingest');
    expect(init?.signal).to.be.instanceOf(AbortSignal);
    expect({ ...init, signal: null }).to.deep.equal({
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
      keepalive: true,
      signal: null,
    });
    expect(beacons).to.deep.equal([]);
  });

  it('tells a refusal from what may be tried again', async () => {
    const outcomes: Record<number, string> = {};
    for (const status of [200, 400, 403, 413, 429, 500, 503]) {
      answer(status);
      outcomes[status] = await send('{}', false);
    }
    expect(outcomes).to.deep.equal({
      200: 'sent',
      400: 'refused',
      403: 'refused',
      413: 'refused',
      429: 'retry',
      500: 'retry',
      503: 'retry',
    });
  });

  it('leaves by beacon, and by fetch where the browser takes none', async () => {
    answer(202);
    expect(await send('{"a":1}', true)).to.equal('sent');
    expect(beacons).to.deep.equal([['https://tutor.example/v1/ingest', '{"a":1}']]);
    expect(requests).to.deep.equal([]);
    takesBeacons = false;
    expect(await send('{}', true)).to.equal('sent');
    expect(requests[0]?.init.signal).to.equal(undefined);
  });

  it('rejects where nothing leaves', async () => {
    window.fetch = async () => {
      throw new TypeError('offline');
    };
    const failure = await send('{}', false).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TypeError);
  });
});

describe('vitals', () => {
  it('report the first paint and the answer time of this page', async () => {
    const seen = new Map<string, NewEvent>();
    await new Promise<void>((resolve) => {
      watchVitals((event) => {
        if (event.kind === 'vital') seen.set(event.name, event);
        if (seen.has('TTFB') && seen.has('FCP')) resolve();
      });
      document.body.append('something to paint');
    });
    for (const event of seen.values()) {
      expect(event.kind === 'vital' && event.value >= 0).to.equal(true);
      expect(Object.keys(event).sort()).to.deep.equal(['kind', 'name', 'rating', 'value']);
    }
  });
});
