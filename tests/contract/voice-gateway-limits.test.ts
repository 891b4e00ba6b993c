/** What one socket may do to the gateway, and that nobody else's lesson feels it. */
import { after, afterEach, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import { AUDIO_KIND, encodeAudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import { createManualClock, createScriptedTutor, openRoomDb, SITE, startVoiceRoom } from '../support/voice-room.js';

let db: Db;
before(async () => {
  db = await openRoomDb();
});
after(() => db.close());
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(about: Partial<Parameters<typeof startVoiceRoom>[0]> = {}) {
  const tutor = createScriptedTutor();
  const clock = createManualClock();
  const room = await startVoiceRoom({ db, tutor, clock, ...about });
  cleanups.push(() => room.stop());
  return { tutor, clock, room };
}
const micFrame = (samples = 320) =>
  encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 0, sequence: 0, samples: new Int16Array(samples) });

describe('hello', () => {
  it('is taken once on a socket: a second one is garbage, and its token stays good', async () => {
    const { room, tutor } = await start();
    const [one, two] = [await room.token(), await room.token()];
    const page = await room.connect();
    page.hello({ kind: 'session', token: one });
    page.hello({ kind: 'session', token: two });
    await page.settled();
    assert.equal(page.all('ready').length, 1);
    assert.equal(tutor.sessions.length, 1);
    assert.equal(room.voice.counters.garbage, 1);
    await room.join({ kind: 'session', token: two });
  });
  it('is taken once also while the first one waits for the database', async () => {
    const old = await start();
    const resumable = await Promise.all([old.room.join(), old.room.join()]);
    for (const page of resumable) await page.settled();
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: Db = {
      ...db,
      async query(sql, parameters) {
        if (sql.startsWith('delete from voice_session where token_hash')) await gate;
        return db.query(sql, parameters);
      },
    };
    const { room, tutor } = await start({ db: slow });
    const page = await room.connect();
    for (const { resumeToken } of resumable) page.hello({ kind: 'resume', token: resumeToken, lastSeq: 0 });
    await page.settled();
    release();
    await page.first('ready');
    await page.settled();
    assert.equal(page.all('ready').length, 1);
    assert.equal(tutor.sessions.length, 1);
    assert.equal(room.voice.counters.garbage, 1);
  });
  it('must come in time', async () => {
    const { room, clock } = await start();
    await room.token();
    const page = await room.connect();
    clock.advance(5000);
    assert.equal(await page.closed(), 4408);
  });
  it('opens nothing after the gateway has closed', async () => {
    const { room, tutor } = await start();
    const token = await room.token();
    const page = await room.connect();
    for (let i = 0; i < 21; i += 1) page.socket.send('{');
    page.hello({ kind: 'session', token });
    assert.equal(await page.closed(), 4400);
    assert.equal(tutor.sessions.length, 0);
    await room.join({ kind: 'session', token });
  });
  it('finds no place when more tokens than places were given out', async () => {
    const { room, tutor } = await start({ site: { ...SITE, sessionLimit: 1 } });
    const [one, two] = [await room.token(), await room.token()];
    const first = await room.join({ kind: 'session', token: one });
    const second = await room.connect();
    second.hello({ kind: 'session', token: two });
    assert.equal((await second.first('error')).code, 'VT_TOO_MANY_SESSIONS');
    assert.equal(await second.closed(), 4429);
    assert.equal(tutor.sessions.length, 1);
    await first.settled();
  });
});

describe('a socket that sends too much', () => {
  it('is closed for its bytes', async () => {
    const { room, tutor } = await start();
    const [honest, greedy] = [await room.join(), await room.join()];
    for (let i = 0; i < 10; i += 1) greedy.socket.send(micFrame(16_000));
    assert.equal(await greedy.closed(), 4429);
    assert.equal(room.voice.counters.tooMuch, 1);
    // 2 × 131,072 bytes in hand, less its hello: eight frames of 32,008.
    assert.equal(tutor.sessions[1]?.calls.filter(([what]) => what === 'audio').length, 8);
    await honest.settled();
  });
  it('is closed for its messages, of whatever kind', async () => {
    const { room } = await start();
    for (const message of [{ type: 'ping', sentAtMs: 1, lastSeq: 0 }, { type: 'from-the-future' }]) {
      const page = await room.join();
      for (let i = 0; i < 60; i += 1) page.send(message);
      assert.equal(await page.closed(), 4429);
    }
    assert.equal(room.voice.counters.tooMuch, 2);
    assert.ok(room.voice.counters.unknown <= 40);
  });
  it('loses microphone frames beyond twice real time, and only those', async () => {
    const { room, tutor, clock } = await start();
    const page = await room.join();
    for (let i = 0; i < 250; i += 1) page.socket.send(micFrame());
    await page.settled();
    assert.equal(room.voice.counters.droppedFrames, 50);
    clock.advance(1000);
    for (let i = 0; i < 50; i += 1) page.socket.send(micFrame());
    await page.settled();
    assert.equal(room.voice.counters.droppedFrames, 50);
    assert.equal(tutor.sessions[0]?.calls.length, 250);
  });
  it('has the burst of a microphone that waited 5 s for its socket', async () => {
    const { room } = await start();
    const page = await room.join();
    for (let i = 0; i < 250; i += 1) page.socket.send(micFrame());
    await page.settled();
    assert.equal(room.voice.counters.tooMuch, 0);
  });
  it('is closed for a message larger than any', async () => {
    const { room } = await start();
    const [honest, page] = [await room.join(), await room.join()];
    page.socket.send('x'.repeat(65_537));
    assert.equal(await page.closed(), 1009);
    await honest.settled();
  });
});

describe('a socket that is not there any more', () => {
  it('is cut off when nothing was heard for 10 s; one that pings is not', async () => {
    const { room, clock } = await start();
    const [silent, alive] = [await room.join(), await room.join()];
    for (let seconds = 0; seconds < 9; seconds += 1) {
      clock.advance(1000);
      await alive.settled();
    }
    assert.equal(silent.socket.readyState, WebSocket.OPEN);
    clock.advance(1000);
    assert.equal(await silent.closed(), 1006);
    await alive.settled();
  });
  it('R-FAULT-14: is closed with 1013 when it takes too little for 10 s; words are kept, others go on', async () => {
    const { room, tutor, clock } = await start({ options: { bufferedBytes: 65_536, silentMs: 60_000 } });
    const [slow, honest] = [await room.join(), await room.join()];
    const [slowTutor, honestTutor] = tutor.sessions;
    slow.socket.pause();
    // What the machine's own buffers take is not the gateway's; they end.
    for (let i = 0; room.voice.counters.droppedAudio === 0 && i < 2000; i += 1)
      slowTutor?.events.audio(new Int16Array(24_000));
    assert.equal(room.voice.counters.droppedAudio, 1);
    slowTutor?.events.tutorText('kept', true);
    clock.advance(9999);
    assert.equal(room.voice.counters.slow, 0);
    clock.advance(1);
    assert.equal(room.voice.counters.slow, 1);
    honestTutor?.events.audio(new Int16Array(960));
    await honest.until(() => honest.frames.length === 1);
    slow.socket.resume();
    assert.equal(await slow.closed(), 1013);
    const again = await room.join({ kind: 'resume', token: slow.resumeToken, lastSeq: 0 });
    await again.until(() => again.all('transcript').some(({ delta }) => delta === 'kept'));
  });
});

describe('a lesson that ends by itself', () => {
  it('takes its socket along, after its reason', async () => {
    const { room, tutor } = await start();
    const page = await room.join();
    tutor.say().failed('configuration');
    assert.equal(await page.closed(), 1000);
    const error = await page.first('error');
    assert.deepEqual([error.code, error.retryable], ['VT_TUTOR_CONFIGURATION', false]);
  });
  it('goes on after a passing failure', async () => {
    const { room, tutor } = await start();
    const page = await room.join();
    const codes = { temporary: 'VT_TUTOR_TEMPORARY', blocked: 'VT_TUTOR_BLOCKED' } as const;
    for (const failure of ['temporary', 'blocked'] as const) {
      tutor.say().thinking();
      tutor.say().failed(failure);
      await page.until(() => page.all('error').some(({ code }) => code === codes[failure]));
    }
    assert.deepEqual(
      page.all('turn-end').map(({ how }) => how),
      ['failed', 'failed'],
    );
    page.ask('and now');
    await page.settled();
    assert.deepEqual(tutor.sessions[0]?.calls.at(-1), ['text', 'and now']);
  });
  for (const [failure, code] of [
    ['quota', 'VT_TUTOR_QUOTA'],
    ['region', 'VT_TUTOR_REGION'],
  ] as const) {
    it(`says ${code} for ${failure}`, async () => {
      const { room, tutor } = await start();
      const page = await room.join();
      tutor.say().failed(failure);
      assert.equal((await page.first('error')).code, code);
    });
  }
  it('ends when the learner says bye, and cannot be resumed', async () => {
    const { room, tutor } = await start();
    const page = await room.join();
    page.send({ type: 'bye' });
    assert.equal(await page.closed(), 1000);
    assert.deepEqual(tutor.sessions[0]?.calls, [['close']]);
    await room.token();
    const late = await room.connect();
    late.hello({ kind: 'resume', token: page.resumeToken, lastSeq: 0 });
    assert.equal((await late.first('error')).code, 'VT_SESSION_EXPIRED');
  });
});

describe('a fault behind one socket', () => {
  it('closes it with 4500 and leaves the others alone, whether the database or the tutor fails', async () => {
    let down = false;
    const failing: Db = {
      ...db,
      query(sql, parameters) {
        if (down) return Promise.reject(new Error('away'));
        return db.query(sql, parameters);
      },
    };
    const tutor = createScriptedTutor();
    const open = tutor.provider.open.bind(tutor.provider);
    const provider = {
      ...tutor.provider,
      open: (...given: Parameters<typeof open>) => ({
        ...open(...given),
        interrupt() {
          throw new Error('a fault');
        },
      }),
    };
    const { room } = await start({ db: failing, tutor: { ...tutor, provider } });
    const honest = await room.join();
    const other = await room.join();
    other.send({ type: 'interrupt', turn: 0, playedMs: 0 });
    assert.equal(await other.closed(), 4500);
    down = true;
    const resuming = await room.connect();
    resuming.hello({ kind: 'resume', token: 'x'.repeat(40), lastSeq: 0 });
    assert.equal(await resuming.closed(), 4500);
    await honest.settled();
    down = false;
  });
});

describe('rows of sessions', () => {
  it('are kept fresh while a page is there, and forgotten when they are too old', async () => {
    const { room, clock } = await start();
    const page = await room.join();
    await page.settled();
    const gone = await room.join();
    await room.lose(gone);
    // A resume is looked up only when all rows before it are written: none may come fresh after the next statement.
    const stranger = await room.connect();
    stranger.hello({ kind: 'resume', token: 'x'.repeat(40), lastSeq: 0 });
    assert.equal(await stranger.closed(), 4401);
    await db.query(`update voice_session set seen_at = clock_timestamp() - interval '59 s'`);
    const before = Number((await db.query('select count(*) as n from voice_session')).rows[0]?.['n']);
    assert.ok(before >= 2);
    for (let seconds = 0; seconds < 15; seconds += 5) {
      clock.advance(5000);
      await page.settled();
    }
    await db.query(`update voice_session set seen_at = seen_at - interval '2 s'`);
    for (let seconds = 0; seconds < 15; seconds += 5) {
      clock.advance(5000);
      await page.settled();
    }
    await room.voice.close();
    const { rows } = await db.query('select 1 from voice_session');
    assert.equal(rows.length, 1);
  });
});

describe('an upgrade', () => {
  const refused = async (url: string, protocols: string[], origin: string | undefined) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/voice`, protocols, origin ? { origin } : {});
    socket.on('error', () => undefined);
    return new Promise<number | undefined>((resolve) =>
      socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode)),
    );
  };
  it('is refused without the subprotocol, without an origin, and from an origin without a session', async () => {
    const { room } = await start();
    assert.equal(await refused(room.url, [], 'http://school.example'), 400);
    assert.equal(await refused(room.url, ['voice-tutor.v1'], undefined), 403);
    assert.equal(await refused(room.url, ['voice-tutor.v1'], 'http://evil.example'), 403);
    assert.equal(room.voice.counters.refusedUpgrades, 3);
  });
  it('asks the database for a bounded number of strangers at once, and says 503 when it is away', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let down = false;
    const slow: Db = {
      ...db,
      async query(sql, parameters) {
        if (sql.startsWith('select 1 from voice_session')) {
          await gate;
          if (down) throw new Error('away');
        }
        return db.query(sql, parameters);
      },
    };
    const { room } = await start({ db: slow, options: { lookups: 1 } });
    const first = refused(room.url, ['voice-tutor.v1'], 'http://one.example');
    const second = refused(room.url, ['voice-tutor.v1'], 'http://two.example');
    // One of them waits, the other is turned away.
    assert.equal(await Promise.race([first, second]), 503);
    down = true;
    release();
    assert.deepEqual(await Promise.all([first, second]), [503, 503]);
    down = false;
    assert.equal(await refused(room.url, ['voice-tutor.v1'], 'http://three.example'), 403);
  });
});
