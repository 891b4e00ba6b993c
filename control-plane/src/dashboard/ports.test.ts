import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenFrom } from './ports.js';

describe('a pasted sign-in link', () => {
  const token = 'Abc_-0123456789012345678901234567890123456789';
  const table: readonly (readonly [pasted: string, token: string | null])[] = [
    [`http://localhost:8787/dashboard/#token=${token}`, token],
    [`  https://tutor.example.org/dashboard/#token=${token}\n`, token],
    [`#token=${token}`, token],
    [`token=${token}`, token],
    [token, token],
    [`Sign in: http://localhost:8787/dashboard/#token=${token} (15 minutes)`, token],
    ['', null],
    ['no link', null],
    ['http://localhost:8787/dashboard/', null],
    ['#token=', null],
    ['#token=short', null],
    ['x'.repeat(257), null],
  ];
  for (const [pasted, expected] of table)
    it(`"${pasted.trim().slice(0, 50)}"`, () => assert.equal(tokenFrom(pasted), expected));
  it('gives nothing that the contract would refuse', () => {
    fc.assert(
      fc.property(fc.string(), (pasted) => {
        const found = tokenFrom(pasted);
        assert.ok(found === null || (found.length >= 16 && found.length <= 256));
      }),
    );
  });
});
