/** A lesson whose socket is lost: what comes again, what does not, and what another process does with it. */
import { after, afterEach, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import {
  createManualClock,
  createScriptedTutor,
  openRoomDb,
  SITE,
  startVoiceRoom,
  type RoomPage,
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

async function start(about: Partial<Parameters<typeof startVoiceRoom>[0]> = {}) {
  const tutor = createScriptedTutor();
  const room = await startVoiceRoom({ db, tutor, ...about });
  cleanups.push(() => room.stop());
  return { tutor, room, say: () => tutor.say() };
}
const frame = (mark: number) => new Int16Array(960).fill(mark);
const lastSeq = (page: RoomPage) =>
  page.messages.reduce((seq, message) => ('seq' in message ? Math.max(seq, message.seq) : seq), 0);
const sequences = (page: RoomPage) => page.frames.map(({ sequence }) => sequence);

describe('sound of a turn whose socket is lost', () => {
  it('comes again with the words, in order, when it was made meanwhile', async () => {
    const { room, say } = await start();
    const first = await room.join();
    say().thinking();
    say().audio(frame(1));
    say().audio(frame(2));
    await first.until(() => first.frames.length === 2);
    await room.lose(first);
    say().tutorText('We have', false);
    say().audio(frame(3));
    say().equation({ latex: 'x=4', role: 'answer' });
    say().audio(frame(4));
    say().turnEnd();
    const second = await room.join({ kind: 'resume', token: first.resumeToken, lastSeq: lastSeq(first), lastTurn: 1 });
    await second.until(() => second.all('turn-end').length === 1);
    assert.deepEqual(second.order.slice(1, 6), ['transcript 3', 'audio 2', 'equation 4', 'audio 3', 'turn-end 5']);
    assert.deepEqual(
      second.frames.map(({ samples, turn }) => [samples[0], turn]),
      [
        [3, 1],
        [4, 1],
      ],
    );
    // A page that loses this socket too has heard them.
    await room.lose(second);
    const third = await room.join({
      kind: 'resume',
      token: second.resumeToken,
      lastSeq: lastSeq(second),
      lastTurn: 1,
    });
    await third.settled();
    assert.deepEqual(sequences(third), []);
  });
  it('comes again from where the page says that it ended, also what a dead socket took', async () => {
    const { room, say } = await start();
    const first = await room.join();
    for (let mark = 0; mark < 5; mark += 1) say().audio(frame(mark));
    await first.until(() => first.frames.length === 5);
    // As if frames 3 and 4 had been on their way when the line broke, unnoticed by the gateway.
    const second = await room.join({
      kind: 'resume',
      token: first.resumeToken,
      lastSeq: lastSeq(first),
      lastTurn: 1,
      lastAudioSequence: 2,
    });
    say().audio(frame(5));
    await second.until(() => second.frames.length === 3);
    assert.deepEqual(sequences(second), [3, 4, 5]);
    assert.equal(await first.closed(), 4409);
  });
  it('is not heard when the turn was interrupted', async () => {
    const { room, say } = await start();
    const first = await room.join();
    say().audio(frame(1));
    await first.until(() => first.frames.length === 1);
    await room.lose(first);
    say().audio(frame(2));
    say().interrupted();
    say().audio(frame(3));
    const second = await room.join({ kind: 'resume', token: first.resumeToken, lastSeq: lastSeq(first), lastTurn: 1 });
    await second.until(() => second.frames.length === 1);
    assert.deepEqual(
      second.frames.map(({ turn, samples }) => [turn, samples[0]]),
      [[2, 3]],
    );
  });
  it('is kept up to its bound; the oldest goes and is counted', async () => {
    const { room, say } = await start({ options: { replayAudioBytes: 3 * 1928 } });
    const first = await room.join();
    await room.lose(first);
    for (let mark = 0; mark < 10; mark += 1) say().audio(frame(mark));
    const second = await room.join({ kind: 'resume', token: first.resumeToken, lastSeq: 0 });
    await second.until(() => second.frames.length === 3);
    assert.deepEqual(sequences(second), [7, 8, 9]);
    assert.equal(room.voice.counters.lostAudio, 7);
  });
  it('of 5 s fits, and so does what a fast service makes in that time', async () => {
    const { room, say } = await start();
    const first = await room.join();
    await room.lose(first);
    for (let mark = 0; mark < 20 * 24; mark += 1) say().audio(new Int16Array(1000).fill(mark));
    const second = await room.join({ kind: 'resume', token: first.resumeToken, lastSeq: 0 });
    await second.until(() => second.frames.length >= 476);
    assert.ok(room.voice.counters.lostAudio <= 4, 'only what the headers take is lost of 20 s');
  });
});

describe('a lesson in another process', () => {
  /** Sends a page of one room to another; `claim` is what the page says of its turn. */
  async function move(claim: object) {
    const old = await start();
    const first = await old.room.join();
    old.say().learnerText('hello', true);
    old.say().audio(frame(1));
    await first.until(() => first.frames.length === 1);
    const next = await start();
    const second = await next.room.join({
      kind: 'resume',
      token: first.resumeToken,
      lastSeq: lastSeq(first),
      lastTurn: 1,
      ...claim,
    });
    await second.settled();
    return { first, second, ...next };
  }
  it('ends the turn that was lost when the page waits for its end, or does not say', async () => {
    for (const claim of [{}, { turnOpen: true }]) {
      const { first, second } = await move(claim);
      const [end] = second.all('turn-end');
      assert.deepEqual([end?.turn, end?.how, end?.seq], [1, 'failed', lastSeq(first) + 1]);
    }
  });
  it('ends no turn that the page knows to be over', async () => {
    const { second } = await move({ turnOpen: false });
    assert.deepEqual(second.all('turn-end'), []);
  });
  it('numbers messages, turns and sound on from what the page has', async () => {
    const { first, second, say } = await move({ turnOpen: false, lastAudioSequence: 0 });
    say().learnerText('again', true);
    say().audio(frame(2));
    await second.until(() => second.frames.length === 1);
    const [words] = second.all('transcript');
    assert.deepEqual([words?.turn, words?.seq], [2, lastSeq(first) + 1]);
    assert.deepEqual(
      second.frames.map(({ sequence, turn }) => [sequence, turn]),
      [[1, 2]],
    );
  });
  it('is refused when the site no longer lets it', async () => {
    const old = await start();
    const first = await old.room.join();
    await first.settled();
    const excluded = createScriptedTutor({ minors: 'excluded' });
    const next = await start({ tutor: excluded, site: { ...SITE, audience: 'minors' } });
    const page = await next.room.connect();
    page.hello({ kind: 'resume', token: first.resumeToken, lastSeq: 0 });
    assert.equal((await page.first('error')).code, 'VT_SESSION_EXPIRED');
    assert.equal(await page.closed(), 4401);
    assert.equal(excluded.sessions.length, 0);
  });
  it('waits for a page that left while the database was asked', async () => {
    const old = await start();
    const first = await old.room.join();
    await first.settled();
    let release = () => {};
    let asked = () => {};
    const reached = new Promise<void>((resolve) => (asked = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: Db = {
      ...db,
      async query(sql, parameters) {
        if (sql.startsWith('delete from voice_session where token_hash')) {
          asked();
          await gate;
        }
        return db.query(sql, parameters);
      },
    };
    const next = await start({ db: slow });
    const gone = await next.room.connect();
    gone.hello({ kind: 'resume', token: first.resumeToken, lastSeq: 0 });
    await reached;
    await next.room.lose(gone);
    release();
    await next.tutor.opened();
    // The same token works again: here, because the session was brought here.
    const second = await next.room.connect();
    second.hello({ kind: 'resume', token: first.resumeToken, lastSeq: 0 });
    assert.equal((await second.first('ready')).resumed, true);
    assert.equal(next.tutor.sessions.length, 1);
  });
});

describe('a lesson that nobody comes back to', () => {
  it('ends after its time, and its token with it', async () => {
    const clock = createManualClock();
    const { room, tutor } = await start({ clock });
    const page = await room.join();
    await room.lose(page);
    clock.advance(59_999);
    assert.deepEqual(tutor.sessions[0]?.calls, []);
    clock.advance(1);
    assert.deepEqual(tutor.sessions[0].calls, [['close']]);
  });
});
