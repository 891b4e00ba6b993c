import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { FakeStream } from './operator-api.fake.js';
import { openLive } from './live.js';

function start() {
  const streams: FakeStream[] = [];
  const heard: unknown[] = [];
  const pauses: { readonly delayMs: number; readonly task: () => void; stopped: boolean }[] = [];
  const stop = openLive(
    {
      openEvents: () => {
        const stream = new FakeStream();
        streams.push(stream);
        return stream;
      },
      after: (delayMs, task) => {
        const pause = { delayMs, task, stopped: false };
        pauses.push(pause);
        return () => (pause.stopped = true);
      },
    },
    {
      onDelivery: ({ confirmed }) => heard.push(['delivery', confirmed]),
      onMetric: (name, { count }) => heard.push(['metric', name, count]),
      onRevision: (revision) => heard.push(['revision', revision]),
      onOpen: () => heard.push('open'),
      onLost: (refused) => heard.push(refused ? 'refused' : 'lost'),
    },
  );
  return { streams, heard, pauses, stop };
}

describe('live connection', () => {
  it('hears what fits the contract and leaves out what does not', () => {
    const { streams, heard } = start();
    const [stream] = streams;
    stream!.open();
    stream!.tell('delivery', { revision: 1, connected: 2, confirmed: 1, p50Ms: null, p99Ms: null, pages: [] });
    stream!.tell('metric', { name: 'LCP', point: { startMs: 0, count: 3, p50: 1, p75: 2 } });
    stream!.tell('flags', { revision: 9 });
    for (const type of ['delivery', 'metric', 'flags'])
      for (const data of [null, 7, {}, { revision: -1 }, { name: 'LCP' }, []]) stream!.tell(type, data);
    stream!.dispatchEvent(new MessageEvent('flags', { data: 'no json' }));
    assert.deepEqual(heard, ['open', ['delivery', 1], ['metric', 'LCP', 3], ['revision', 9]]);
  });

  it('leaves a broken connection to the browser, and reopens a refused one with growing pauses', () => {
    const { streams, heard, pauses } = start();
    streams[0]!.open();
    streams[0]!.cut(false);
    assert.equal(pauses.length, 0);
    streams[0]!.open();
    for (let i = 0; i < 6; i += 1) {
      streams.at(-1)!.cut(true);
      pauses.at(-1)!.task();
    }
    assert.deepEqual(
      pauses.map(({ delayMs }) => delayMs),
      [1000, 2000, 4000, 8000, 15_000, 15_000],
    );
    streams.at(-1)!.open();
    streams.at(-1)!.cut(true);
    assert.equal(pauses.at(-1)!.delayMs, 1000);
    assert.deepEqual(heard.slice(0, 3), ['open', 'lost', 'open']);
  });

  it('hears nothing after its end', () => {
    const { streams, heard, pauses, stop } = start();
    streams[0]!.cut(true);
    stop();
    assert.equal(pauses[0]!.stopped, true);
    assert.equal(streams[0]!.readyState, 2);
    streams[0]!.open();
    streams[0]!.tell('flags', { revision: 1 });
    assert.deepEqual(heard, ['refused']);
  });
});
