/** A gateway that stops: pages are told, given time, and sent on. */
import { after, afterEach, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Problem } from '../../sdk/src/contracts/errors.js';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import {
  createManualClock,
  createScriptedTutor,
  openRoomDb,
  ORIGIN,
  startVoiceRoom,
  WANTED,
} from '../support/voice-room.js';

let db: Db;
before(async () => {
  db = await openRoomDb();
});
after(() => db.close());
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
async function start() {
  const tutor = createScriptedTutor();
  const clock = createManualClock();
  const room = await startVoiceRoom({ db, tutor, clock });
  cleanups.push(() => room.stop());
  return { tutor, clock, room };
}

describe('draining', () => {
  it('is over at once when nobody is there', async () => {
    const { room } = await start();
    await room.voice.drain(5000);
  });
  it('tells every page, and is over when all have moved to another instance, where their lesson goes on', async () => {
    const [old, next] = [await start(), await start()];
    const pages = [await old.room.join(), await old.room.join()];
    const drained = old.room.voice.drain(5000);
    for (const page of pages) {
      assert.equal((await page.first('draining')).withinMs, 5000);
      const moved = await next.room.join({ kind: 'resume', token: page.resumeToken, lastSeq: 1 });
      assert.equal((await moved.first('ready')).resumed, true);
      page.socket.close();
    }
    await drained;
    assert.equal(old.room.voice.counters.cutOff, 0);
    assert.equal(next.room.voice.counters.resumed, 2);
  });
  it('goes on with lessons until the time is over, then closes them with 1012', async () => {
    const { room, clock, tutor } = await start();
    const page = await room.join();
    const drained = room.voice.drain(5000);
    await page.first('draining');
    clock.advance(4999);
    tutor.say().tutorText('still here', true);
    await page.first('transcript');
    await page.settled();
    clock.advance(1);
    assert.equal(await page.closed(), 1012);
    await drained;
    assert.equal(room.voice.counters.cutOff, 1);
  });
  it('cuts a page off that does not answer its close', async () => {
    const { room, clock } = await start();
    const page = await room.join();
    page.socket.pause();
    const drained = room.voice.drain(1000);
    clock.advance(1000);
    // The wait for the answer begins once the wait for the move has ended.
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(5000);
    await drained;
  });
  it('refuses sockets and sessions meanwhile, with the time to come back', async () => {
    const { room, clock } = await start();
    const page = await room.join();
    const waiting = await room.connect();
    const drained = room.voice.drain(5000);
    // A socket that has no lesson yet has nothing to move.
    assert.equal(await waiting.closed(), 1012);
    const late = new WebSocket(`${room.url.replace('http', 'ws')}/v1/voice`, 'voice-tutor.v1', { origin: ORIGIN });
    late.on('error', () => undefined);
    const [, response] = (await once(late, 'unexpected-response')) as [
      unknown,
      { statusCode: number; headers: Record<string, string> },
    ];
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '1');
    const refused = await room.ask(WANTED);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(Problem.parse(await refused.json()).code, 'unavailable');
    clock.advance(5000);
    assert.equal(await page.closed(), 1012);
    await drained;
    // A second call is the same drain.
    await room.voice.drain(1);
  });
});
