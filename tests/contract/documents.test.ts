import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ERROR_CODES, PROBLEM_CODES } from '../../sdk/src/contracts/errors.js';
import { VARIABLES } from '../../control-plane/src/config.js';

const firstCells = (file: string, pattern: RegExp) =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name).sort();

describe('documents', () => {
  it('list every error code, and no other', () => {
    assert.deepEqual(firstCells('docs/reference/errors.md', /^\| `(VT_\w+)` \|/gm), [...ERROR_CODES].sort());
  });
  it('list every code of a problem, and no other', () => {
    assert.deepEqual(firstCells('docs/reference/errors.md', /^\| `([a-z-]+)` \|/gm), [...PROBLEM_CODES].sort());
  });
  it('list every variable of the environment, and no other', () => {
    assert.deepEqual(firstCells('README.md', /^\| `([A-Z_]+)` \|/gm), [...VARIABLES].sort());
  });
});
