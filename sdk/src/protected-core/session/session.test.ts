/** The session's effects over a socket, a clock and a gateway that are all the test's. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createSessionHarness, granted } from '../../../../tests/support/session-harness.js';

describe('session', () => {
  it('asks, opens, says hello with its token, and is ready', async () => {
    const { session, socket, live, seen } = createSessionHarness();
    await live();
    assert.equal(socket().url, 'ws://gateway/v1/voice');
    assert.deepEqual(socket().sent, [
      {
        type: 'hello',
        auth: { kind: 'session', token: 'session-token-001' },
        isolation: 'worker',
        release: '1.2.3',
      },
    ]);
    assert.equal(session.state().phase, 'listening');
    assert.deepEqual(
      seen.content.map(({ type }) => type),
      ['ready'],
    );
  });

  it('an answer to a question of an earlier start opens nothing', async () => {
    const { session, grants, sockets, settled } = createSessionHarness();
    session.dispatch({ type: 'start' });
    session.dispatch({ type: 'end' });
    session.dispatch({ type: 'start' });
    grants[0]?.(granted);
    await settled();
    assert.deepEqual([sockets.length, session.state().phase], [0, 'connecting']);
    grants[1]?.(granted);
    await settled();
    assert.equal(sockets.length, 1);
  });

  it('an answer that comes after the end opens nothing', async () => {
    const { session, grants, sockets, settled, clock } = createSessionHarness();
    session.dispatch({ type: 'start' });
    session.dispatch({ type: 'end' });
    grants[0]?.(granted);
    await settled();
    assert.deepEqual([sockets.length, session.state().phase, clock.pending().length], [0, 'ended', 0]);
  });

  it('a request that throws counts as refused for now', async () => {
    const { session, rejections, settled, clock } = createSessionHarness();
    session.dispatch({ type: 'start' });
    rejections[0]?.(new Error('planted'));
    await settled();
    assert.equal(session.state().phase, 'reconnecting');
    assert.deepEqual(clock.pending(), [500]);
  });

  it('a request that is refused for good ends the lesson and says why', async () => {
    const { session, grants, settled } = createSessionHarness();
    session.dispatch({ type: 'start' });
    grants[0]?.({ ok: false, error: { code: 'VT_ORIGIN_REFUSED', retryable: false } });
    await settled();
    assert.deepEqual([session.state().phase, session.state().problem], ['ended', 'VT_ORIGIN_REFUSED']);
  });

  it('gives up a socket that never says ready, after 8 s', async () => {
    const { session, grants, settled, sockets, clock } = createSessionHarness();
    session.dispatch({ type: 'start' });
    grants[0]?.(granted);
    await settled();
    clock.advance(7999);
    assert.equal(session.state().phase, 'connecting');
    clock.advance(1);
    assert.deepEqual([session.state().phase, sockets[0]?.isOpen], ['reconnecting', false]);
  });

  it('notices a socket that fell silent after three pings, and resumes with what it has seen', async () => {
    const { session, socket, sockets, live, say, clock } = createSessionHarness();
    await live();
    say({ type: 'turn-end', seq: 5, turn: 2, how: 'complete' });
    clock.advance(2000);
    say({ type: 'pong', sentAtMs: 2000 });
    clock.advance(7999);
    assert.equal(session.state().phase, 'listening');
    clock.advance(1);
    assert.equal(session.state().phase, 'reconnecting');
    assert.deepEqual(
      socket()
        .sent.slice(1)
        .map((message) => (message as { type: string }).type),
      ['ping', 'ping', 'ping', 'ping'],
    );
    clock.advance(500);
    assert.equal(sockets.length, 2);
    socket().listeners.opened();
    assert.deepEqual((socket().sent[0] as { auth: unknown }).auth, {
      kind: 'resume',
      token: 'resume-token-0001',
      lastSeq: 5,
      lastTurn: 2,
    });
  });

  it('waits a random share of the time, so that pages do not come back all at once', async () => {
    const { live, socket, clock } = createSessionHarness(0.25);
    await live();
    socket().listeners.closed();
    assert.deepEqual(clock.pending(), [125]);
  });

  it('asks for a new session when the old one can no longer be resumed', async () => {
    const { live, socket, clock, grants, sockets, settled } = createSessionHarness();
    await live();
    for (let round = 0; round < 12; round += 1) {
      socket().listeners.closed();
      clock.advance(30_000);
      if (grants.length > 1) break;
    }
    grants.at(-1)?.(granted);
    await settled();
    socket().listeners.opened();
    assert.equal((socket().sent[0] as { auth: { kind: string } }).auth.kind, 'session');
    assert.ok(sockets.slice(0, -1).every(({ isOpen }) => !isOpen));
  });

  it('what a replaced socket still says changes nothing', async () => {
    const { live, sockets, clock, session, seen } = createSessionHarness();
    await live();
    const [first] = sockets;
    first?.listeners.closed();
    clock.advance(500);
    first?.listeners.closed();
    first?.listeners.opened();
    first?.listeners.text(JSON.stringify({ type: 'turn-end', seq: 9, turn: 9, how: 'complete' }));
    first?.listeners.binary(new ArrayBuffer(10));
    assert.deepEqual(
      [session.state().phase, session.state().turn, seen.audio, sockets.length],
      ['reconnecting', 0, 0, 2],
    );
  });

  it('counts what is not of the protocol and goes on', async () => {
    const { live, socket, say, seen, session } = createSessionHarness();
    await live();
    for (const data of ['', '{', 'null', '[]', '{"type":"nonsense"}', '{"type":"state","seq":-1,"state":"speaking"}'])
      socket().listeners.text(data);
    assert.equal(seen.garbage, 6);
    say({ type: 'state', seq: 1, state: 'speaking' });
    assert.equal(session.state().phase, 'speaking');
    socket().listeners.binary(new ArrayBuffer(10));
    assert.equal(seen.audio, 1);
  });

  it('says bye before it closes, once, and leaves no timer', async () => {
    const { live, socket, session, clock, seen } = createSessionHarness();
    await live();
    session.dispatch({ type: 'end' });
    session.dispatch({ type: 'end' });
    assert.deepEqual(socket().sent.at(-1), { type: 'bye' });
    assert.equal(socket().sent.filter((message) => (message as { type?: string }).type === 'bye').length, 1);
    assert.deepEqual([socket().isOpen, clock.pending().length, seen.flushed], [false, 0, [0]]);
  });

  it('an event that an effect brings waits until the effects of the first are done', async () => {
    const { live, session, say, seen } = createSessionHarness();
    await live();
    const content = seen.content;
    content.push = (...messages) => {
      session.dispatch({ type: 'end' });
      return messages.length;
    };
    say({ type: 'turn-end', seq: 1, turn: 1, how: 'complete' });
    assert.deepEqual(seen.phases.slice(-2), ['listening', 'ended']);
  });

  describe('sound', () => {
    const frame = () => new ArrayBuffer(648);
    it('goes up while the tutor can hear, and at no other time', async () => {
      const { live, session, say, socket } = createSessionHarness();
      assert.equal(session.sendAudio(frame()), false);
      session.dispatch({ type: 'start' });
      assert.equal(session.sendAudio(frame()), false);
      session.dispatch({ type: 'end' });
      await live();
      for (const [seq, state] of (['listening', 'thinking', 'speaking'] as const).entries()) {
        say({ type: 'state', seq: seq + 1, state });
        assert.equal(session.sendAudio(frame()), true, state);
      }
      assert.equal(socket().sent.filter((data) => data instanceof ArrayBuffer).length, 3);
      say({ type: 'state', seq: 4, state: 'text-only' });
      assert.equal(session.sendAudio(frame()), false);
      say({ type: 'draining', seq: 5, withinMs: 0 });
      assert.equal(session.sendAudio(frame()), false);
    });
    it('waits while the socket holds more than two seconds of it', async () => {
      const { live, session, socket } = createSessionHarness();
      await live();
      socket().bufferedBytes = 64_001;
      assert.equal(session.sendAudio(frame()), false);
      socket().bufferedBytes = 64_000;
      assert.equal(session.sendAudio(frame()), true);
    });
  });
});
