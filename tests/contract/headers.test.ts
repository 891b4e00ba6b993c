/** Security headers of every kind of answer, word for word: a change here is meant, or it is a mistake. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { startPlane, type RunningPlane } from '../support/control-plane.js';

const WATCHED = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'cache-control',
];
const answer = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const dashboard = {
  ...answer,
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';connect-src 'self';img-src 'self' data:;font-src 'self';" +
    "base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types lit-html",
};
const open = { 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
const noStore = { 'cache-control': 'no-store' };

describe('headers', () => {
  let plane: RunningPlane;
  let secure: RunningPlane;
  before(async () => {
    plane = await startPlane();
    secure = await startPlane({}, 'https://tutor.example');
  });
  after(() => Promise.all([plane.stop(), secure.stop()]));
  const watched = (response: Response) =>
    Object.fromEntries(
      WATCHED.flatMap((name): [string, string][] => {
        const value = response.headers.get(name);
        return value ? [[name, value]] : [];
      }),
    );

  const expected: readonly (readonly [string, RequestInit, number, Record<string, string>])[] = [
    ['/dashboard/', {}, 200, { ...dashboard, 'cache-control': 'no-cache' }],
    ['/dashboard/none.js', {}, 404, { ...dashboard, ...noStore }],
    ['/healthz', {}, 200, { ...answer, ...noStore }],
    ['/readyz', {}, 200, { ...answer, ...noStore }],
    ['/v1/operator/flags', {}, 401, { ...answer, ...noStore }],
    ['/v1/operator/sign-in', { method: 'POST' }, 403, { ...answer, ...noStore }],
    ['/none', {}, 404, { ...answer, ...noStore }],
    [
      '/v1/sites/pk_demo/config?cohort=1',
      { headers: { origin: 'http://school.example' } },
      200,
      {
        ...open,
        'access-control-allow-origin': 'http://school.example',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'public, max-age=5, stale-while-revalidate=30, stale-if-error=86400',
      },
    ],
    [
      '/v1/sites/pk_demo/config',
      {},
      400,
      { ...open, 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', ...noStore },
    ],
    ['/v1/ingest', { method: 'POST', body: '{' }, 400, { ...open, ...noStore }],
    [
      '/sdk/v1/voice-tutor.js',
      {},
      200,
      {
        ...open,
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      },
    ],
    [
      '/sdk/0.1.0/voice-tutor.js',
      {},
      200,
      {
        ...open,
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    ],
  ];
  for (const [path, init, status, headers] of expected)
    it(`of ${init.method ?? 'GET'} ${path}`, async () => {
      const response = await fetch(plane.url + path, init);
      assert.deepEqual([response.status, watched(response)], [status, headers]);
    });
  it('of operators’ answers, which no cache keeps', async () => {
    for (const path of ['/flags', '/checkpoints', '/audit', '/delivery', '/metrics?name=LCP', '/me'])
      assert.deepEqual(watched(await plane.operator(path)), { ...answer, ...noStore }, path);
  });
  it('ask for TLS for a year where browsers come by https', async () => {
    for (const path of ['/dashboard/', '/healthz', '/v1/operator/flags'])
      assert.equal((await fetch(secure.url + path)).headers.get('strict-transport-security'), 'max-age=31536000', path);
  });
});
