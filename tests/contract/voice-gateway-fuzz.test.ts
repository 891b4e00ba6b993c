/** Anything at all at the socket's edge: no crash, no effect that was not asked for, and an honest lesson beside it goes on. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import { AUDIO_KIND, encodeAudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import {
  createManualClock,
  createScriptedTutor,
  openRoomDb,
  startVoiceRoom,
  type ManualClock,
  type RoomPage,
  type ScriptedTutor,
  type VoiceRoom,
} from '../support/voice-room.js';

let db: Db;
let room: VoiceRoom;
let tutor: ScriptedTutor;
let clock: ManualClock;
let honest: RoomPage & { readonly resumeToken: string };
before(async () => {
  db = await openRoomDb();
  tutor = createScriptedTutor();
  clock = createManualClock();
  room = await startVoiceRoom({ db, tutor, clock });
  honest = await room.join();
});
after(async () => {
  await room.stop();
  await db.close();
});

type Input = string | Uint8Array;
const json = (message: object) => JSON.stringify(message);
const hello = (token: string) =>
  json({ type: 'hello', auth: { kind: 'session', token }, isolation: 'worker', release: '0.1.0' });

const valid: fc.Arbitrary<Input> = fc.oneof(
  fc
    .string({ minLength: 1, maxLength: 2000 })
    .map((text) => json({ type: 'text', id: randomUUID(), source: 'typed', text })),
  fc.constantFrom('open', 'muted', 'closed', 'talk-down', 'talk-up').map((state) => json({ type: 'mic', state })),
  fc.nat(100).map((turn) => json({ type: 'interrupt', turn, playedMs: turn })),
  fc.string({ maxLength: 4000 }).map((exercise) => json({ type: 'context', exercise })),
  fc.nat(100).map((turn) => json({ type: 'feedback', rating: 'up', turn })),
  fc.nat(2 ** 31).map((lastSeq) => json({ type: 'ping', sentAtMs: 0, lastSeq })),
  fc.constant(json({ type: 'bye' })),
  fc.constant(json({ type: 'from-the-future', x: 1 })),
  fc.constant(hello('x'.repeat(40))),
  fc
    .record({ turn: fc.nat(0xffffff), sequence: fc.nat(2 ** 32 - 1), count: fc.integer({ min: 1, max: 2000 }) })
    .map(
      ({ turn, sequence, count }) =>
        new Uint8Array(
          encodeAudioFrame({ kind: AUDIO_KIND.mic, turn, sequence, samples: new Int16Array(count).fill(turn) }),
        ),
    ),
);
const wild: fc.Arbitrary<Input> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.uint8Array({ maxLength: 3000 }),
  // Nearly right: one member replaced, or far too much of something.
  fc
    .tuple(fc.constantFrom('text', 'mic', 'interrupt', 'context', 'hello', 'ping'), fc.jsonValue())
    .map(([type, value]) =>
      json({ type, id: value, text: value, state: value, turn: value, exercise: value, auth: value }),
    ),
  fc.integer({ min: 4001, max: 70_000 }).map((length) => json({ type: 'context', exercise: 'x'.repeat(length) })),
  fc.integer({ min: 1, max: 24_000 }).map((count) => new Uint8Array(8 + count).fill(2)),
);
const inputs = fc.array(fc.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: wild }), {
  size: 'max',
  maxLength: 60,
});

/** Codes that a page may be closed with for what it sends. */
const CLOSES = [1000, 1007, 1009, 4400, 4401, 4429];
const rows = async () => Number((await db.query('select count(*) as n from voice_session')).rows[0]?.['n']);

/** Sends all and waits until the gateway is done with it; null when the socket is still open. */
async function provoke(page: RoomPage, what: readonly Input[]): Promise<number | null> {
  for (const input of what) page.socket.send(input);
  return page.settled().then(
    () => null,
    () => page.closed(),
  );
}
async function honestIsWell() {
  clock.advance(1000);
  const before = honest.frames.length;
  tutor.sessions[0]?.events.audio(new Int16Array(960));
  await honest.until(() => honest.frames.length === before + 1);
  await honest.settled();
}

describe('the socket’s edge', () => {
  it('takes anything before a hello without opening, writing or crashing', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (what) => {
        const [sessions, kept] = [tutor.sessions.length, await rows()];
        await room.token();
        const page = await room.connect();
        const code = await provoke(page, what);
        assert.ok(code === null || CLOSES.includes(code), `closed with ${code}`);
        assert.equal(tutor.sessions.length, sessions);
        assert.equal(await rows(), kept);
        if (code === null) await room.lose(page);
        await honestIsWell();
      }),
      { numRuns: 40 },
    );
  });
  it('lets only valid messages of a joined page through to the tutor, in any order, hello in the middle included', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, fc.nat(60), async (what, at) => {
        const token = await room.token();
        const page = await room.connect();
        const sessions = tutor.sessions.length;
        const code = await provoke(page, [...what.slice(0, at), hello(token), ...what.slice(at), hello(token)]);
        assert.ok(code === null || CLOSES.includes(code), `closed with ${code}`);
        assert.ok(tutor.sessions.length <= sessions + 1);
        for (const [name, value] of tutor.sessions[sessions]?.calls ?? []) {
          if (name === 'text') assert.ok(typeof value === 'string' && value.length > 0 && value.length <= 2000);
          if (name === 'context') assert.ok(Number(value) <= 4000);
          if (name === 'audio') assert.ok(Number(value) <= 24_000);
        }
        if (code === null) await room.lose(page);
        await honestIsWell();
      }),
      { numRuns: 60 },
    );
  });
  it('survives ten thousand frames in a burst', async () => {
    const page = await room.join();
    const frame = new Uint8Array(
      encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 0, sequence: 0, samples: new Int16Array(1) }),
    );
    for (let i = 0; i < 10_000; i += 1) page.socket.send(frame);
    await page.settled();
    assert.equal(tutor.sessions.at(-1)?.calls.length, 200);
    await honestIsWell();
  });
});
