import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cookieName, isSameOrigin, mayAct, nextRefusal, noRefusals, roleFor, type Role } from './access-rules.js';

describe('roles', () => {
  const table: readonly (readonly [Role, Role, boolean])[] = [
    ['viewer', 'viewer', true],
    ['viewer', 'operator', false],
    ['viewer', 'admin', false],
    ['operator', 'viewer', true],
    ['operator', 'operator', true],
    ['operator', 'admin', false],
    ['admin', 'viewer', true],
    ['admin', 'operator', true],
    ['admin', 'admin', true],
  ];
  for (const [role, needed, may] of table) {
    it(`${role} ${may ? 'may' : 'may not'} do what needs ${needed}`, () => assert.equal(mayAct(role, needed), may));
  }
  it('looking needs a viewer, everything else an operator', () => {
    assert.deepEqual(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'get'].map(roleFor), [
      'viewer',
      'viewer',
      'viewer',
      'operator',
      'operator',
      'operator',
      'operator',
      'operator',
    ]);
  });
});

describe('same origin', () => {
  const ours = 'https://tutor.example.org';
  const table: readonly (readonly [origin: string | undefined, fetchSite: string | undefined, same: boolean])[] = [
    [ours, 'same-origin', true],
    [ours, undefined, true],
    [undefined, 'same-origin', true],
    [undefined, undefined, false],
    [ours, 'cross-site', false],
    [ours, 'same-site', false],
    [ours, 'none', false],
    ['null', undefined, false],
    ['null', 'same-origin', false],
    ['', undefined, false],
    ['http://tutor.example.org', undefined, false],
    ['https://tutor.example.org:8443', undefined, false],
    ['https://tutor.example.org.evil.example', undefined, false],
    ['https://evil.example', undefined, false],
    ['https://TUTOR.example.org', undefined, false],
    ['https://tutor.example.org/', undefined, false],
    ['https://x@tutor.example.org', undefined, false],
    ['https://evil-tutor.example.org', undefined, false],
  ];
  for (const [origin, fetchSite, same] of table) {
    it(`${origin ?? 'no Origin'}, Sec-Fetch-Site ${fetchSite ?? 'absent'}: ${same ? 'ours' : 'refused'}`, () =>
      assert.equal(isSameOrigin({ origin, fetchSite }, ours), same));
  }
  it('takes no other origin, whatever it is', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        assert.equal(isSameOrigin({ origin: url, fetchSite: 'same-origin' }, ours), url === ours);
      }),
    );
  });
});

describe('refusals', () => {
  it('writes the minute’s first, counts the rest, and says the count in the next entry; none is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (gapsMs, perMinute) => {
          let window = noRefusals;
          let nowMs = 1_000_000;
          let told = 0;
          const writtenAtMs: number[] = [];
          for (const gapMs of gapsMs) {
            nowMs += gapMs;
            const step = nextRefusal(window, nowMs, perMinute);
            window = step.window;
            if (!step.write) continue;
            told += 1 + step.alsoRefused;
            writtenAtMs.push(nowMs);
          }
          assert.equal(told + window.suppressed, gapsMs.length);
          // Windows are fixed, so any 60 s touch two of them at most.
          for (const start of writtenAtMs)
            assert.ok(writtenAtMs.filter((at) => at >= start && at < start + 60_000).length <= 2 * perMinute);
        },
      ),
    );
  });
});

describe('the cookie', () => {
  it('carries the __Host- prefix with TLS only', () => {
    assert.equal(cookieName('https://tutor.example.org'), '__Host-vt_operator');
    assert.equal(cookieName('http://localhost:8787'), 'vt_operator');
  });
});
