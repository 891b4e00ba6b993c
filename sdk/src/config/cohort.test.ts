import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeRandom, fakeStore } from '../../../tests/support/sdk-fakes.js';
import { cohortOf } from './cohort.js';

describe('the cohort', () => {
  it('is drawn once, from 0 to 999, and kept', () => {
    for (const [drawn, cohort] of [
      [0, 0],
      [0.4567, 456],
      [0.99999, 999],
    ] as const) {
      const store = fakeStore();
      assert.equal(cohortOf(store, fakeRandom(drawn)), cohort);
      assert.equal(cohortOf(store, fakeRandom(0.1)), cohort);
    }
  });

  it('is drawn anew where something else is kept', () => {
    for (const kept of ['', '-1', '1000', 'x', '1.5']) {
      const store = fakeStore({ cohort: kept });
      assert.equal(cohortOf(store, fakeRandom(0.5)), 500);
      assert.equal(store.get('cohort'), '500');
    }
  });
});
