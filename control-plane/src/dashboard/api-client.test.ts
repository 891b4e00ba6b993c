import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createApiClient, type FetchPort } from './api-client.js';
import { errorText, type ApiError } from './outcome.js';

const problem = (status: number, code: string, detail?: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'Title.', status, code, ...(detail ? { detail } : {}) }), {
    status,
  });

describe('api client', () => {
  const table: readonly (readonly [name: string, answer: () => Response, expected: unknown])[] = [
    [
      'an answer of the contract',
      () => new Response('{"name":"admin","role":"admin"}'),
      { ok: true, value: { name: 'admin', role: 'admin' } },
    ],
    ['another form', () => new Response('{"name":7}'), { ok: false, error: { reason: 'unreadable' } }],
    ['no JSON', () => new Response('<html>'), { ok: false, error: { reason: 'unreadable' } }],
    ['nothing', () => new Response(''), { ok: false, error: { reason: 'unreadable' } }],
    ['nobody', () => new Response(null, { status: 204 }), { ok: false, error: { reason: 'signed-out', detail: '' } }],
    ['no session', () => problem(401, 'unauthorized'), { ok: false, error: { reason: 'signed-out', detail: '' } }],
    ['a conflict', () => problem(409, 'revision-conflict'), { ok: false, error: { reason: 'conflict' } }],
    [
      'a damaged checkpoint',
      () => problem(409, 'checkpoint-damaged'),
      { ok: false, error: { reason: 'refused', code: 'checkpoint-damaged', detail: 'Title.' } },
    ],
    [
      'a refusal with detail',
      () => problem(403, 'forbidden', 'Needs admin.'),
      { ok: false, error: { reason: 'refused', code: 'forbidden', detail: 'Needs admin.' } },
    ],
    [
      'a problem of a code from the future',
      () => problem(418, 'teapot'),
      { ok: false, error: { reason: 'unreadable' } },
    ],
    [
      'a proxy without a control plane behind it',
      () => new Response('<html>502', { status: 502 }),
      { ok: false, error: { reason: 'offline' } },
    ],
    [
      'a fault of another server',
      () => new Response('oops', { status: 500 }),
      { ok: false, error: { reason: 'unreadable' } },
    ],
  ];
  for (const [name, answer, expected] of table) {
    it(`takes ${name}`, async () => {
      assert.deepEqual(await createApiClient({ fetch: async () => answer(), onSignedOut: () => {} }).me(), expected);
    });
  }

  it('takes silence for being offline', async () => {
    const client = createApiClient({
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
      onSignedOut: () => {},
    });
    assert.deepEqual(await client.flags(), { ok: false, error: { reason: 'offline' } });
  });

  it('tells when a session has ended, but not when a sign-in token is refused', async () => {
    let ended = 0;
    const client = createApiClient({
      fetch: async () => problem(401, 'unauthorized', 'Used.'),
      onSignedOut: () => (ended += 1),
    });
    await client.signIn('x'.repeat(43));
    assert.equal(ended, 0);
    await client.flags();
    assert.equal(ended, 1);
  });

  it('asks as the contract says', async () => {
    const asked: string[] = [];
    const fetch: FetchPort = async (path, { method, headers, body }) => {
      asked.push([method, path, body ?? '-', headers['Content-Type'] ?? '-'].join(' '));
      return new Response('{}');
    };
    const client = createApiClient({ fetch, onSignedOut: () => {} });
    const id = '00000000-0000-4000-8000-000000000001';
    await client.signIn('token');
    await client.signOut();
    await client.setFlag('hints', { enabled: true, expectedRevision: 4 });
    await client.takeCheckpoint('a/b');
    await client.preview(id);
    await client.rollback(id, 5);
    await client.audit(null);
    await client.audit(7);
    await client.metrics('first-answer', 60);
    const json = 'application/json';
    assert.deepEqual(asked, [
      `POST /v1/operator/sign-in {"token":"token"} ${json}`,
      'POST /v1/operator/sign-out - -',
      `PUT /v1/operator/flags/hints {"enabled":true,"expectedRevision":4} ${json}`,
      `POST /v1/operator/checkpoints {"name":"a/b"} ${json}`,
      `GET /v1/operator/checkpoints/${id}/preview - -`,
      `POST /v1/operator/checkpoints/${id}/rollback {"expectedRevision":5} ${json}`,
      'GET /v1/operator/audit - -',
      'GET /v1/operator/audit?before=7 - -',
      'GET /v1/operator/metrics?name=first-answer&minutes=60 - -',
    ]);
  });

  it('has a sentence for each error', () => {
    const errors: readonly ApiError[] = [
      { reason: 'offline' },
      { reason: 'signed-out', detail: '' },
      { reason: 'signed-out', detail: 'Used.' },
      { reason: 'conflict' },
      { reason: 'refused', code: 'forbidden', detail: 'Needs admin.' },
      { reason: 'unreadable' },
    ];
    for (const error of errors) assert.match(errorText(error), /\.$/);
  });
});
