import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Delivery, MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';
import type { DomainEvent } from '../domain/events.js';
import { createLocalBus } from '../platform/bus/local-bus.js';
import type { Clock } from '../platform/clock.js';
import { problemHandler } from '../platform/http/problem.js';
import { silentLog } from '../platform/log.js';
import { createLiveStream, type LiveStreamOptions } from './live-stream.js';

/** Virtual time: tasks run when `advance` passes them, in order. */
function createFakeClock(): Clock & { advance(ms: number): void } {
  let nowMs = 0;
  const tasks = new Set<{ readonly atMs: number; readonly task: () => void }>();
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [due] = [...tasks].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (!due) break;
        tasks.delete(due);
        nowMs = due.atMs;
        due.task();
      }
      nowMs = untilMs;
    },
  };
}

interface Heard {
  readonly event: string;
  readonly data: unknown;
}

/** A client that keeps what it heard and waits for what it wants. */
function createClient(response: IncomingMessage) {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  let ended = false;
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const data = fields.get('data');
      if (data !== undefined) heard.push({ event: fields.get('event') ?? 'message', data: JSON.parse(data) });
    }
    for (const check of waiting) check();
  });
  response.on('close', () => {
    ended = true;
    for (const check of waiting) check();
  });
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return {
    status: response.statusCode,
    heard,
    of: (event: string) => heard.filter((one) => one.event === event).map(({ data }) => data),
    until: (event: string, count: number) => until(() => heard.filter((one) => one.event === event).length >= count),
    end: () => until(() => ended),
    leave: () => response.destroy(),
  };
}

async function start(options: Partial<LiveStreamOptions> = {}) {
  const clock = createFakeClock();
  const bus = createLocalBus<DomainEvent>(silentLog);
  let delivery: Delivery = { revision: 4, connected: 0, confirmed: 0, p50Ms: null, p99Ms: null, pages: [] };
  const changes = new Set<() => void>();
  const points = new Map<string, MetricSeries['points'][number]>();
  const asked: string[] = [];
  const live = createLiveStream(
    {
      clock,
      bus,
      log: silentLog,
      delivery: {
        delivery: () => delivery,
        onChange: (listener) => {
          changes.add(listener);
          return () => changes.delete(listener);
        },
      },
      metrics: {
        async series(name) {
          asked.push(name);
          const point = points.get(name);
          return { name, points: point ? [point] : [] };
        },
      },
    },
    options,
  );
  const server = createServer(express().use(live.routes).use(problemHandler(silentLog))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    clock,
    bus,
    live,
    points,
    asked,
    changes,
    setDelivery(change: Partial<Delivery>) {
      delivery = { ...delivery, ...change };
      for (const listener of changes) listener();
    },
    async listen(query = '') {
      const [response] = (await once(httpGet(`http://127.0.0.1:${port}/v1/operator/live${query}`), 'response')) as [
        IncomingMessage,
      ];
      return createClient(response);
    },
    async stop() {
      live.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describe('live stream', () => {
  it('starts with the present state', async () => {
    const house = await start();
    const client = await house.listen();
    await client.until('flags', 1);
    assert.equal(client.status, 200);
    assert.deepEqual(client.of('flags'), [{ revision: 4 }]);
    assert.deepEqual(client.of('delivery'), [
      { revision: 4, connected: 0, confirmed: 0, p50Ms: null, p99Ms: null, pages: [] },
    ]);
    await house.stop();
  });

  it('sends delivery at most each 100 ms, the first at once and the last always', async () => {
    const house = await start();
    const client = await house.listen();
    await client.until('delivery', 1);
    for (let confirmed = 1; confirmed <= 1000; confirmed += 1) house.setDelivery({ confirmed });
    await client.until('delivery', 2);
    house.clock.advance(99);
    house.setDelivery({ confirmed: 1001 });
    house.clock.advance(1);
    await client.until('delivery', 3);
    house.clock.advance(1000);
    house.setDelivery({ confirmed: 1002 });
    await client.until('delivery', 4);
    assert.deepEqual(
      (client.of('delivery') as Delivery[]).map(({ confirmed }) => confirmed),
      [0, 1, 1001, 1002],
    );
    await house.stop();
  });

  it('tells the new revision when the bus does', async () => {
    const house = await start();
    const client = await house.listen();
    await client.until('flags', 1);
    house.bus.publish({ type: 'flag.changed', revision: 5, changedAtMs: 1 });
    await client.until('flags', 2);
    assert.deepEqual(client.of('flags').at(-1), { revision: 5 });
    await house.stop();
  });

  it('tells a metric’s newest point when a minute closes and each 5 s, once, to those who draw it', async () => {
    const house = await start();
    const lcp = await house.listen('?metric=LCP');
    const all = await house.listen();
    await all.until('flags', 1);
    await lcp.until('flags', 1);
    house.points.set('LCP', { startMs: 60_000, count: 3, p50: 1200, p75: 1900 });
    house.points.set('errors', { startMs: 60_000, count: 1, p50: null, p75: null });
    house.bus.publish({ type: 'rollup.closed', startMs: 60_000 });
    await all.until('metric', 2);
    await lcp.until('metric', 1);
    house.points.set('LCP', { startMs: 120_000, count: 4, p50: 1300, p75: 2000 });
    house.clock.advance(5000);
    await lcp.until('metric', 2);
    await all.until('metric', 3);
    assert.deepEqual(lcp.of('metric'), [
      { name: 'LCP', point: { startMs: 60_000, count: 3, p50: 1200, p75: 1900 } },
      { name: 'LCP', point: { startMs: 120_000, count: 4, p50: 1300, p75: 2000 } },
    ]);
    await house.stop();
  });

  it('reads no metrics while nobody listens', async () => {
    const house = await start();
    house.clock.advance(60_000);
    house.bus.publish({ type: 'rollup.closed', startMs: 0 });
    assert.deepEqual(house.asked, []);
    await house.stop();
  });

  it('refuses more than 50 listeners, and takes one again when one has left', async () => {
    const house = await start();
    const clients = await Promise.all(Array.from({ length: 50 }, () => house.listen('?metric=none')));
    assert.ok(clients.every(({ status }) => status === 200));
    assert.equal((await house.listen()).status, 503);
    clients[0]!.leave();
    await clients[0]!.end();
    let status = 503;
    // The server hears of the closed socket a turn later than we do; each try is a full round trip.
    for (let i = 0; i < 100 && status === 503; i += 1) status = (await house.listen()).status ?? 0;
    assert.equal(status, 200);
    await house.stop();
  });

  it('ends each stream after its life, and all of them at close', async () => {
    const house = await start({ streamLifeMs: 1000 });
    const first = await house.listen();
    await first.until('flags', 1);
    house.clock.advance(1000);
    await first.end();
    const second = await house.listen();
    await second.until('flags', 1);
    house.live.close();
    await second.end();
    assert.equal(house.changes.size, 0);
    assert.equal((await house.listen()).status, 503);
    await house.stop();
  });
});
