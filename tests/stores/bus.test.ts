import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import type { Bus } from '../../control-plane/src/platform/bus/bus.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { OpenError } from '../../control-plane/src/platform/open-error.js';
import { findNats, forEachBus, NO_NATS, openNatsBus, ownPrefix } from '../support/buses.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const changed = (revision: number): DomainEvent => ({ type: 'flag.changed', revision, changedAtMs: 0 });
const closed = (startMs: number): DomainEvent => ({ type: 'rollup.closed', startMs });

/** Resolves with the revisions heard once the one asked for is among them. */
function heardUntil(bus: Bus<DomainEvent>, last: number): Promise<readonly number[]> {
  const revisions: number[] = [];
  return new Promise((resolve) => {
    const stop = bus.subscribe('flag.changed', ({ revision }) => {
      revisions.push(revision);
      if (revision !== last) return;
      stop();
      resolve(revisions);
    });
  });
}

await forEachBus('bus', (open) => {
  let one: Bus<DomainEvent>;
  let two: Bus<DomainEvent>;
  let three: Bus<DomainEvent>;
  before(async () => {
    [one, two, three] = [await open(), await open(), await open()];
  });

  it('tells every instance once, the one that spoke included', async () => {
    const heard = [one, two, three].map((bus) => heardUntil(bus, 2));
    one.publish(changed(1));
    one.publish(changed(2));
    assert.deepEqual(await Promise.all(heard), [
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });
  it('keeps the order of one publisher', async () => {
    const wanted = Array.from({ length: 500 }, (_, n) => 1000 + n);
    const heard = heardUntil(two, 1499);
    for (const revision of wanted) one.publish(changed(revision));
    assert.deepEqual(await heard, wanted);
  });
  it('gives a listener its own kind only, until it stops', async () => {
    const kinds: string[] = [];
    const stop = two.subscribe('rollup.closed', ({ type }) => kinds.push(type));
    const first = heardUntil(two, 3000);
    one.publish(closed(1));
    one.publish(changed(3000));
    await first;
    stop();
    const second = heardUntil(two, 3001);
    one.publish(closed(2));
    one.publish(changed(3001));
    await second;
    assert.deepEqual(kinds, ['rollup.closed']);
  });
  it('lets no listener that throws stop the others', async () => {
    const stop = two.subscribe('flag.changed', () => {
      throw new Error('a listener failed');
    });
    const heard = heardUntil(two, 4000);
    one.publish(changed(4000));
    assert.deepEqual(await heard, [4000]);
    stop();
  });
  it('answers a ping, and after closing, twice too, hears and says nothing', async () => {
    await one.ping();
    const heard: DomainEvent[] = [];
    three.subscribe('flag.changed', (event) => heard.push(event));
    await three.close();
    await three.close();
    three.publish(changed(5000));
    one.publish(changed(5001));
    assert.deepEqual(heard, []);
  });
});

const server = await findNats();
describe('bus in NATS, disturbed', { skip: server ? false : NO_NATS }, () => {
  const prefix = ownPrefix();
  const natsUrl = new URL(server ?? 'nats://none');
  let proxy: TcpProxy;
  let raw: NatsConnection;
  const opened: Bus<DomainEvent>[] = [];
  const open = async (url: string, log = silentLog) => {
    const bus = await openNatsBus(url, prefix, log);
    opened.push(bus);
    return bus;
  };
  before(async () => {
    proxy = await startTcpProxy(natsUrl.hostname, Number(natsUrl.port || 4222));
    raw = await connect({ servers: natsUrl.href });
  });
  after(async () => {
    await Promise.all(opened.map((bus) => bus.close()));
    await raw.close();
    await proxy.close();
  });
  /** A bus through the proxy, and a promise of the moment it notices that the server is gone. */
  const openCuttable = async () => {
    let gone = () => {};
    const noticed = new Promise<void>((resolve) => (gone = resolve));
    const bus = await open(`nats://127.0.0.1:${proxy.port}`, { ...silentLog, warn: () => gone() });
    return { bus, noticed };
  };

  it('ignores and counts what it cannot read, and hears what comes after', async () => {
    const bus = await open(natsUrl.href);
    const heard = heardUntil(bus, 7);
    const strange = [
      '',
      '{',
      'null',
      '7',
      '{"event":{}}',
      '{"from":"x","event":null}',
      '{"from":"x","event":{"type":"unheard.of"}}',
      '{"from":"x","event":{"type":"flag.changed","revision":"7","changedAtMs":0}}',
      '\u0000\ufffd'.repeat(20_000),
    ];
    for (const text of strange) raw.publish(`${prefix}.events`, text);
    raw.publish(`${prefix}.events`, JSON.stringify({ from: 'x', event: changed(7) }));
    assert.deepEqual(await heard, [7]);
    assert.equal(bus.counters.ignored, strange.length);
  });
  it('says that it is gone, loses and counts what it says meanwhile, tells of the gap and goes on', async () => {
    const { bus, noticed } = await openCuttable();
    const other = await open(natsUrl.href);
    await bus.ping();
    proxy.cut();
    await noticed;
    await assert.rejects(bus.ping(), /gone/);
    const own = heardUntil(bus, 20);
    bus.publish(changed(20));
    assert.deepEqual(await own, [20]);
    assert.equal(bus.counters.unsent, 1);
    const gap = new Promise<void>((resolve) => bus.onGap(resolve));
    proxy.mend();
    await gap;
    await bus.ping();
    const [toUs, toThem] = [heardUntil(bus, 21), heardUntil(other, 22)];
    other.publish(changed(21));
    assert.deepEqual(await toUs, [21]);
    bus.publish(changed(22));
    assert.deepEqual(await toThem, [21, 22]);
  });
  it('closes although the server is gone', async () => {
    const { bus, noticed } = await openCuttable();
    proxy.cut();
    await noticed;
    await bus.close();
    proxy.mend();
  });
  it('refuses to start in one sentence when nobody answers, or nobody speaks', async () => {
    await assert.rejects(open('nats://127.0.0.1:1'), OpenError);
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    await assert.rejects(open(`nats://127.0.0.1:${(mute.address() as AddressInfo).port}`), OpenError);
    mute.close();
    for (const socket of sockets) socket.destroy();
  });
});
