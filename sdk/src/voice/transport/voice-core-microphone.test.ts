/** The microphone's way through the core: no frame lost while a socket is missing, none held twice. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createCoreHarness, fakePort, frame, START } from '../../../../tests/support/voice-core-harness.js';

describe('microphone', () => {
  it('frames that come while connecting wait and are sent in order on ready, without another frame', async () => {
    const { core, settled, ready, frames } = createCoreHarness();
    const port = fakePort();
    core.command({ type: 'microphone' }, port);
    core.command(START);
    for (let i = 0; i < 100; i += 1) port.say(frame(i));
    await settled();
    ready();
    assert.deepEqual(
      frames().map(({ sequence, samples }) => [sequence, samples[0]]),
      Array.from({ length: 100 }, (_, i) => [i, i]),
    );
    port.say('no frame');
    assert.equal(frames().length, 100);
  });
  it('five seconds are kept, the rest dropped and counted', async () => {
    const { core, live, socket, clock, stats } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    socket().listeners.closed();
    for (let i = 0; i < 260; i += 1) port.say(frame(i));
    clock.advance(250);
    assert.deepEqual([stats()?.micFrames, stats()?.micDropped], [260, 10]);
  });
  it('what was said during a cut follows after the resume, in its order, then the end of speech', async () => {
    const { core, live, sockets, socket, clock, ready, frames, texts } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    port.say(frame(0));
    socket().listeners.closed();
    for (let i = 1; i <= 200; i += 1) port.say(frame(i));
    core.command({ type: 'mic', state: 'muted' });
    clock.advance(500);
    assert.equal(sockets.length, 2);
    ready(0, true);
    assert.equal(
      texts().some(({ type }) => type === 'mic'),
      false,
    );
    clock.advance(1000);
    assert.deepEqual(
      frames().map(({ sequence }) => sequence),
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    assert.deepEqual(socket().sent.at(-1), { type: 'mic', state: 'muted' });
  });
  it('an end of speech that was taken back is not sent later', async () => {
    const { core, live, socket, clock, ready, texts } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    socket().listeners.closed();
    port.say(frame(1));
    core.command({ type: 'mic', state: 'muted' });
    core.command({ type: 'mic', state: 'open' });
    clock.advance(500);
    ready(0, true);
    clock.advance(1000);
    assert.deepEqual(
      texts().filter(({ type }) => type === 'mic'),
      [{ type: 'mic', state: 'open' }],
    );
  });
  it('is not kept for a tutor that only reads', async () => {
    const { core, live, say, clock, frames, stats } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    say({ type: 'state', seq: 1, state: 'text-only' });
    for (let i = 0; i < 5; i += 1) port.say(frame(i));
    say({ type: 'state', seq: 2, state: 'listening' });
    clock.advance(250);
    assert.deepEqual([frames().length, stats()?.micDropped], [0, 5]);
  });
  it('the port that is replaced or no longer needed is closed', async () => {
    const { core, live, frames } = createCoreHarness();
    const [first, second] = [fakePort(), fakePort()];
    await live();
    core.command({ type: 'microphone' }, first);
    core.command({ type: 'microphone' }, second);
    assert.deepEqual([first.isClosed, second.isClosed], [true, false]);
    second.say(frame(1));
    core.command({ type: 'mic', state: 'closed' });
    assert.deepEqual([second.isClosed, frames().length], [true, 1]);
  });
  it('tells its level at most ten times a second', async () => {
    const { core, live, clock, reports, snapshot } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    const before = reports.filter(({ type }) => type === 'snapshot').length;
    for (let i = 0; i < 50; i += 1) {
      port.say(frame(8000));
      clock.advance(20);
    }
    const told = reports.filter(({ type }) => type === 'snapshot').length - before;
    assert.ok(told >= 9 && told <= 10, `${told} snapshots in a second`);
    assert.ok((snapshot()?.micLevel ?? 0) > 0.9);
  });
});
