/** `POST /v1/sites/{siteKey}/sessions`: everything that is wrong gets a problem with a stable code, and reserves nothing. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Problem } from '../../sdk/src/contracts/errors.js';
import { SessionAnswer, SessionRequest } from '../../sdk/src/contracts/sessions.js';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import {
  createScriptedTutor,
  openRoomDb,
  SITE,
  startVoiceRoom,
  WANTED,
  type VoiceRoom,
} from '../support/voice-room.js';

let db: Db;
let room: VoiceRoom;
before(async () => {
  db = await openRoomDb();
  room = await startVoiceRoom({ db, tutor: createScriptedTutor() });
});
after(async () => {
  await room.stop();
  await db.close();
});
async function isProblem(response: Response, status: number, code: Problem['code']) {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = Problem.parse(await response.json());
  assert.deepEqual([response.status, problem.status, problem.code], [status, status, code]);
}
/** Runs a request and checks that nothing was reserved by it. */
async function refused(ask: () => Promise<Response>, status: number, code: Problem['code'], at: VoiceRoom = room) {
  const before = at.voice.counters.granted;
  await isProblem(await ask(), status, code);
  assert.equal(at.voice.counters.granted, before);
}

describe('asking for a session', () => {
  it('answers a right request with a token and the gateway’s address', async () => {
    const response = await room.ask({ ...WANTED, topic: 'Linear equations', grade: '8' });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const answer = SessionAnswer.parse(await response.json());
    assert.equal(answer.voiceUrl, `${room.url.replace('http', 'ws')}/v1/voice`);
    assert.equal(answer.expiresInMs, 60_000);
  });
  it('lets a browser ask first, and names what it takes', async () => {
    const preflight = await room.ask(undefined, { method: 'OPTIONS' });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST');
    await refused(() => room.ask(WANTED, { method: 'PUT' }), 405, 'method-not-allowed');
    await refused(() => room.ask(WANTED, { method: 'GET' }), 405, 'method-not-allowed');
  });
  it('refuses strangers, unknown sites, old consent, large bodies and what is no JSON', async () => {
    await refused(() => room.ask(WANTED, { origin: 'http://evil.example' }), 403, 'forbidden-origin');
    await refused(() => room.ask(WANTED, { origin: null }), 403, 'forbidden-origin');
    await refused(() => room.ask(WANTED, { origin: 'null' }), 403, 'forbidden-origin');
    await refused(() => room.ask(WANTED, { key: 'pk_nobody' }), 404, 'not-found');
    await refused(() => room.ask(WANTED, { key: '%E0%A4%A' }), 400, 'bad-request');
    await refused(() => room.ask({ ...WANTED, consent: { given: true, version: 2 } }), 403, 'consent-required');
    await refused(() => room.ask('x'.repeat(4097)), 413, 'payload-too-large');
    await refused(() => room.ask('{'), 400, 'bad-request');
    await refused(() => room.ask({ ...WANTED, topic: 'a\u0000b' }), 400, 'bad-request');
  });
  it('refuses any body that is not of the form, and takes any that is', async () => {
    const nearly = fc.record(
      {
        consent: fc.oneof(
          fc.constant(WANTED.consent),
          fc.record({ given: fc.boolean(), version: fc.oneof(fc.integer(), fc.double()) }, { requiredKeys: [] }),
          fc.jsonValue(),
        ),
        lang: fc.oneof(fc.constantFrom('en', 'pt-BR'), fc.string(), fc.jsonValue()),
        topic: fc.oneof(fc.string({ unit: 'binary', maxLength: 210 }), fc.jsonValue()),
        grade: fc.oneof(fc.string({ maxLength: 25 }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      nearly.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const before = room.voice.counters.granted;
        const response = await room.ask(text);
        let parsed: ReturnType<typeof SessionRequest.safeParse> | null = null;
        try {
          parsed = SessionRequest.safeParse(JSON.parse(Buffer.from(text).toString('utf8')));
        } catch {
          // No JSON at all.
        }
        if (Buffer.byteLength(text) > 4096) await isProblem(response, 413, 'payload-too-large');
        else if (!parsed?.success) await isProblem(response, 400, 'bad-request');
        else if (parsed.data.consent.version !== 1) await isProblem(response, 403, 'consent-required');
        else assert.equal(response.status, 201);
        assert.equal(room.voice.counters.granted, before + (response.status === 201 ? 1 : 0));
      }),
      { numRuns: 300 },
    );
  });
  it('refuses any site key and any origin but the right ones', async () => {
    const key = fc.string({ minLength: 1, maxLength: 60 }).map(encodeURIComponent);
    const origin = fc.oneof(
      fc.webUrl(),
      fc.stringMatching(/^[!-~]{0,60}$/),
      fc.constantFrom('null', 'http://school.example.evil.example', 'http://school.example:80'),
    );
    await fc.assert(
      fc.asyncProperty(key, origin, async (siteKey, from) => {
        fc.pre(siteKey.length <= 60 && !['.', '..'].includes(siteKey));
        await refused(() => room.ask(WANTED, { key: siteKey }), 404, 'not-found');
        await refused(() => room.ask(WANTED, { origin: from }), 403, 'forbidden-origin');
      }),
      { numRuns: 60 },
    );
  });
  it('says how long to wait when an address asks too often, or no place is left', async () => {
    const often = await startVoiceRoom({ db, tutor: createScriptedTutor(), options: { sessionsPerMinute: 1 } });
    assert.equal((await often.ask(WANTED)).status, 201);
    await refused(() => often.ask(WANTED), 429, 'too-many-requests', often);
    assert.ok(Number((await often.ask(WANTED)).headers.get('retry-after')) > 0);
    await often.stop();
    const small = await startVoiceRoom({ db, tutor: createScriptedTutor(), site: { ...SITE, sessionLimit: 1 } });
    await small.join();
    await refused(() => small.ask(WANTED), 429, 'too-many-requests', small);
    await small.stop();
  });
  it('forgets the oldest token when more wait than may, and counts it', async () => {
    const small = await startVoiceRoom({ db, tutor: createScriptedTutor(), options: { tokens: 2 } });
    const [first, , third] = [await small.token(), await small.token(), await small.token()];
    assert.equal(small.voice.counters.droppedTokens, 1);
    const page = await small.connect();
    page.hello({ kind: 'session', token: first });
    assert.equal(await page.closed(), 4401);
    await small.join({ kind: 'session', token: third });
    await small.stop();
  });
  it('is a problem, not a crash, when the sites cannot be read', async () => {
    const broken = await startVoiceRoom({
      db,
      tutor: createScriptedTutor(),
      site: () => {
        throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
      },
    });
    await refused(() => broken.ask(WANTED), 503, 'unavailable', broken);
    await broken.stop();
  });
});

describe('a site for minors', () => {
  const site = { ...SITE, audience: 'minors' } as const;
  it('gets no session of a tutor whose provider excludes them', async () => {
    const tutor = createScriptedTutor({ minors: 'excluded' });
    const minors = await startVoiceRoom({ db, tutor, site });
    await refused(() => minors.ask(WANTED), 403, 'provider-contract-required', minors);
    await minors.stop();
    const adults = await startVoiceRoom({ db, tutor });
    assert.equal((await adults.ask(WANTED)).status, 201);
    await adults.stop();
  });
  it('gets one where a contract covers them, or none is needed', async () => {
    const minors = await startVoiceRoom({ db, tutor: createScriptedTutor({ minors: 'allowed' }), site });
    assert.equal((await minors.ask(WANTED)).status, 201);
    await minors.stop();
  });
});
