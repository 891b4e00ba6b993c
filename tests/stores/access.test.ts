/** Operators' access over real HTTP and both record stores: one-time links, sessions, roles, origins and what the audit log says. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Problem } from '@voice-tutor/sdk/contracts/errors.js';
import { Operator } from '@voice-tutor/sdk/contracts/operator.js';
import { createAccess, type Access } from '../../control-plane/src/access/access.js';
import type { AccessOptions } from '../../control-plane/src/access/access-rules.js';
import { appendAudit } from '../../control-plane/src/audit/audit-store.js';
import { systemIds, type Clock } from '../../control-plane/src/platform/clock.js';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import { problemHandler } from '../../control-plane/src/platform/http/problem.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { forEachStore } from '../support/stores.js';

const minute = 60_000;
const hour = 60 * minute;

interface House {
  readonly access: Access;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** One process of the control plane: access, and a route behind it that looks, changes, and needs an admin. */
async function startHouse(
  db: Db,
  clock: Clock,
  options: Partial<AccessOptions> = {},
  publicUrl?: string,
): Promise<House> {
  const app = express();
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = createAccess(
    { db, clock, ids: systemIds, appendAudit, log: silentLog, publicUrl: () => publicUrl ?? url },
    { attemptsPerMinute: 1000, ...options },
  );
  app.use(access.routes);
  app.use('/v1/operator', access.requireOperator());
  app.all('/v1/operator/thing', (request, response) => void response.json({ by: access.operatorOf(request)?.name }));
  app.all('/v1/operator/danger', access.requireOperator('admin'), (_request, response) => void response.json({}));
  app.use(problemHandler(silentLog));
  return {
    access,
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';

await forEachStore('access', (db) => {
  let nowMs = Date.parse('2026-03-01T08:00:00Z');
  const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  let house: House;
  before(async () => {
    house = await startHouse(db(), clock);
  });
  after(() => house.close());

  const post = (
    path: string,
    { at = house, body, headers = {} }: { at?: House; body?: unknown; headers?: Record<string, string> } = {},
  ) =>
    fetch(`${at.url}/v1/operator/${path}`, {
      method: 'POST',
      headers: { origin: at.url, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const get = (path: string, cookie?: string, at = house, headers: Record<string, string> = {}) =>
    fetch(`${at.url}/v1/operator/${path}`, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
  const signIn = async (at = house) => {
    const response = await post('sign-in', { at, body: { token: tokenOf(await at.access.issueSignInLink()) } });
    assert.equal(response.status, 200);
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    return cookie;
  };
  const problemOf = async (response: Response) => {
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    return Problem.parse(await response.json());
  };
  const audited = async (action: string) =>
    (
      await db().query<{ actor: string; subject: string; payload: Record<string, unknown> }>(
        'select actor, subject, payload from audit where action = $1 order by seq',
        [action],
      )
    ).rows;

  it('a link signs in once, and its cookie says who is there', async () => {
    const link = await house.access.issueSignInLink();
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/dashboard\/#token=[A-Za-z0-9_-]{43}$/);
    const response = await post('sign-in', { body: { token: tokenOf(link) } });
    assert.deepEqual(Operator.parse(await response.json()), { name: 'admin', role: 'admin' });
    const [pair = '', ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
    assert.match(pair, /^vt_operator=[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/', 'SameSite=Strict']);
    assert.deepEqual(await (await get('me', pair)).json(), { name: 'admin', role: 'admin' });
    assert.deepEqual(await (await get('thing', pair)).json(), { by: 'admin' });
    const again = await post('sign-in', { body: { token: tokenOf(link) } });
    assert.equal(again.status, 401);
    assert.match((await problemOf(again)).detail ?? '', /already used/);
  });

  it('of 50 who use one link at once, one gets in', async () => {
    const token = tokenOf(await house.access.issueSignInLink());
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('sign-in', { body: { token } })));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array.from({ length: 49 }, () => 401)]);
    assert.equal(answers.filter((answer) => answer.headers.has('set-cookie')).length, 1);
    nowMs += minute;
  });

  it('keeps neither tokens nor session ids, in no table', async () => {
    const link = await house.access.issueSignInLink();
    const response = await post('sign-in', { body: { token: tokenOf(link) } });
    const session = (response.headers.get('set-cookie') ?? '').split(/[=;]/)[1] ?? '';
    assert.equal(session.length, 43);
    for (const table of ['operator', 'sign_in_token', 'operator_session', 'audit']) {
      const { rows } = await db().query<{ text: string }>(
        `select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`,
      );
      assert.ok(rows[0]!.text.length > 0);
      assert.ok(!rows[0]!.text.includes(session) && !rows[0]!.text.includes(tokenOf(link)), table);
    }
  });

  it('a link is good for 15 minutes', async () => {
    const [young, old] = [await house.access.issueSignInLink(), await house.access.issueSignInLink()];
    nowMs += 15 * minute - 1;
    assert.equal((await post('sign-in', { body: { token: tokenOf(young) } })).status, 200);
    nowMs += 1;
    const late = await post('sign-in', { body: { token: tokenOf(old) } });
    assert.equal(late.status, 401);
    assert.match((await problemOf(late)).detail ?? '', /too old/);
  });

  it('a made-up token is unknown; a body of another form is refused by name', async () => {
    const unknown = await post('sign-in', { body: { token: 'x'.repeat(43) } });
    assert.equal(unknown.status, 401);
    assert.equal((await problemOf(unknown)).code, 'unauthorized');
    for (const body of [{}, { token: 'short' }, { token: 7 }, { token: 'y'.repeat(257) }, []]) {
      const response = await post('sign-in', { body });
      assert.equal(response.status, 400);
      assert.equal((await problemOf(response)).code, 'bad-request');
    }
    assert.equal((await post('sign-in', { body: { token: 'z'.repeat(4000) } })).status, 413);
  });

  it('a session lasts two hours without use, twelve hours with', async () => {
    const idle = await signIn();
    nowMs += 2 * hour - 1;
    assert.equal((await get('me', idle)).status, 200);
    nowMs += 2 * hour - 1;
    assert.equal((await get('me', idle)).status, 200);
    nowMs += 2 * hour + 1;
    assert.equal((await get('me', idle)).status, 401);

    const busy = await signIn();
    for (let used = 0; used < 11; used += 1) {
      nowMs += hour;
      assert.equal((await get('me', busy)).status, 200);
    }
    nowMs += hour - 1;
    assert.equal((await get('me', busy)).status, 200);
    nowMs += 1;
    assert.equal((await get('me', busy)).status, 401);
  });

  it('a stream that opens by itself does not keep a session awake', async () => {
    const cookie = await signIn();
    for (const _ of [1, 2]) {
      nowMs += hour - minute;
      assert.equal((await get('thing', cookie, house, { accept: 'text/event-stream' })).status, 200);
    }
    nowMs += 3 * minute;
    assert.equal((await get('thing', cookie)).status, 401);
  });

  it('a session outlives the process', async () => {
    const cookie = await signIn();
    const second = await startHouse(db(), clock);
    try {
      assert.equal((await get('me', cookie, second)).status, 200);
    } finally {
      await second.close();
    }
  });

  it('signing out ends the session for good, and a new sign-in ends the old one', async () => {
    const cookie = await signIn();
    const out = await post('sign-out', { headers: { cookie } });
    assert.equal(out.status, 204);
    assert.match(out.headers.get('set-cookie') ?? '', /^vt_operator=; Max-Age=0;/);
    assert.equal((await get('me', cookie)).status, 401);
    assert.equal((await post('sign-out', { headers: { cookie } })).status, 204);

    const first = await signIn();
    const response = await post('sign-in', {
      body: { token: tokenOf(await house.access.issueSignInLink()) },
      headers: { cookie: first },
    });
    assert.equal(response.status, 200);
    assert.equal((await get('me', first)).status, 401);
  });

  it('keeps the newest sessions of an operator', async () => {
    const small = await startHouse(db(), clock, { sessionsPerOperator: 2 });
    try {
      const cookies: string[] = [];
      for (const _ of [1, 2, 3]) {
        nowMs += minute;
        cookies.push(await signIn(small));
      }
      const statuses = await Promise.all(cookies.map(async (cookie) => (await get('me', cookie, small)).status));
      assert.deepEqual(statuses, [401, 200, 200]);
    } finally {
      await small.close();
    }
  });

  describe('changes', () => {
    const sources: readonly (readonly [name: string, headers: Record<string, string>, allowed: boolean])[] = [
      ['our page', {}, true],
      ['another origin', { origin: 'https://evil.example' }, false],
      ['a sandboxed page', { origin: 'null' }, false],
      ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }, false],
      ['a sibling domain', { 'sec-fetch-site': 'same-site' }, false],
    ];
    for (const [name, headers, allowed] of sources) {
      it(`from ${name} are ${allowed ? 'accepted' : 'refused'}`, async () => {
        const cookie = await signIn();
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const response = await fetch(`${house.url}/v1/operator/thing`, {
            method,
            headers: { origin: house.url, cookie, ...headers },
          });
          assert.equal(response.status, allowed ? 200 : 403, method);
          if (!allowed) assert.equal((await problemOf(response)).code, 'forbidden');
        }
        nowMs += minute;
      });
    }
    it('need a source: a request that names none is refused', async () => {
      const response = await fetch(`${house.url}/v1/operator/thing`, {
        method: 'POST',
        headers: { cookie: await signIn() },
      });
      assert.equal(response.status, 403);
    });
    it('signing in counts as one', async () => {
      const token = tokenOf(await house.access.issueSignInLink());
      assert.equal(
        (await post('sign-in', { body: { token }, headers: { origin: 'https://evil.example' } })).status,
        403,
      );
      assert.equal((await post('sign-in', { body: { token } })).status, 200);
    });
  });

  it('a viewer looks, an operator changes, an admin does what is dangerous', async () => {
    const table = { viewer: [200, 403, 403], operator: [200, 200, 403], admin: [200, 200, 200] };
    for (const [role, expected] of Object.entries(table)) {
      const cookie = await signIn();
      await db().query('update operator set role = $1', [role]);
      const change = (path: string) =>
        fetch(`${house.url}/v1/operator/${path}`, { method: 'POST', headers: { origin: house.url, cookie } });
      const statuses = [
        (await get('thing', cookie)).status,
        (await change('thing')).status,
        (await change('danger')).status,
      ];
      await db().query('update operator set role = $1', ['admin']);
      assert.deepEqual(statuses, expected, role);
      nowMs += minute;
    }
  });

  it('nobody gets in without a session', async () => {
    for (const cookie of [undefined, 'vt_operator=', `vt_operator=${'a'.repeat(43)}`, 'vt_operator=%00', 'other=1']) {
      const response = await get('thing', cookie);
      assert.equal(response.status, 401);
      assert.equal((await problemOf(response)).code, 'unauthorized');
    }
  });

  it('limits attempts by address', async () => {
    const strict = await startHouse(db(), clock, { attemptsPerMinute: 3 });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 5; i += 1)
        statuses.push((await post('sign-in', { at: strict, body: { token: 'w'.repeat(43) } })).status);
      assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
      const response = await post('sign-in', { at: strict, body: { token: 'w'.repeat(43) } });
      assert.ok(Number(response.headers.get('retry-after')) > 0);
    } finally {
      await strict.close();
    }
  });

  it('audits sign-ins and refusals by name and reason, and a flood by its count', async () => {
    nowMs += minute;
    const flooded = await startHouse(db(), clock, { auditedRefusalsPerMinute: 2 });
    try {
      const before = (await audited('operator.sign-in-refused')).length;
      for (let i = 0; i < 6; i += 1) await post('sign-in', { at: flooded, body: { token: 'v'.repeat(43) } });
      nowMs += minute;
      await post('sign-in', { at: flooded, body: { token: 'v'.repeat(43) } });
      const refused = (await audited('operator.sign-in-refused')).slice(before);
      assert.deepEqual(
        refused.map(({ payload }) => payload),
        [{ reason: 'unknown' }, { reason: 'unknown' }, { reason: 'unknown', alsoRefused: 4 }],
      );
      assert.deepEqual((await audited('operator.signed-in')).at(-1), {
        actor: 'operator:admin',
        subject: 'admin',
        payload: { by: 'link' },
      });
      assert.ok((await audited('operator.signed-out')).length > 0);
      assert.ok(
        (await audited('access.refused')).some(
          ({ actor, payload }) => actor === 'operator:admin' && payload['reason'] === 'other-origin',
        ),
      );
      assert.ok(
        (await audited('access.refused')).some(
          ({ subject, payload }) => subject === 'POST /v1/operator/danger' && payload['reason'] === 'needs-admin',
        ),
      );
    } finally {
      await flooded.close();
    }
  });

  it('with TLS in front the cookie is Secure, of this host alone', async () => {
    const publicUrl = 'https://tutor.example.org';
    const tls = await startHouse(db(), clock, {}, publicUrl);
    try {
      const token = tokenOf(await tls.access.issueSignInLink());
      const response = await post('sign-in', { at: tls, body: { token }, headers: { origin: publicUrl } });
      const [pair = '', ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
      assert.match(pair, /^__Host-vt_operator=/);
      assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
      assert.equal((await get('me', pair, tls)).status, 200);
    } finally {
      await tls.close();
    }
  });
});
