/** The arithmetic under the benchmarks' table; nothing here measures time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ratioOf, table } from './report.mjs';
import { interleave, median, quantile } from './statistics.mjs';
import { readTrace } from './trace.mjs';

describe('statistics', () => {
  it('takes the middle, or the mean of both middles', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([1, 2, 3, 100]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });
  it('takes quantiles by the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, i) => i + 1);
    assert.equal(quantile(values, 0.5), 100);
    assert.equal(quantile(values, 0.99), 198);
    assert.equal(quantile([7], 0.99), 7);
  });
  it('runs every sampler once a round, each round from another one on', async () => {
    const order = [];
    const sampler = (name) => async () => order.push(name);
    const results = await interleave({ a: sampler('a'), b: sampler('b') }, 2);
    assert.deepEqual(order, ['a', 'b', 'b', 'a']);
    assert.deepEqual(results, { a: [1, 4], b: [2, 3] });
  });
});

describe('report', () => {
  it('divides by the limit, and by nothing where there is none', () => {
    assert.equal(ratioOf({ value: 6, limit: 2 }), 3);
    assert.equal(ratioOf({ value: 6 }), null);
    assert.equal(ratioOf({ value: 6, limit: 0 }), null);
  });
  it('says what each figure is compared with', () => {
    const lines = table([{ figure: 'f', what: 'w', value: 6, unit: 'ms', limit: 2, against: 'bare', runs: 5 }]);
    assert.match(lines, /f +w +6 +ms +2 +×3 +5 +bare/);
  });
});

describe('trace', () => {
  const at = (name, ts, dur, more = {}) => ({ name, ph: 'X', pid: 1, tid: 2, ts, dur, ...more });
  const commit = at('CommitLoad', 0, 1, { args: { data: { url: 'http://a/' } } });
  it('counts overlapping script work once, of the page’s own thread, and whole tasks over 50 ms', () => {
    const events = [
      commit,
      at('RunTask', 1000, 60_000),
      at('v8.compileModule', 2000, 10_000),
      at('v8.evaluateModule', 10_000, 10_000),
      at('Layout', 30_000, 5000),
      at('EvaluateScript', 5000, 90_000, { tid: 9 }),
      at('RunTask', 70_000, 20_000),
    ];
    assert.deepEqual(readTrace(events, 'http://a/'), { scriptMs: 18, longMs: 60 });
  });
  it('refuses a trace of another page', () => assert.throws(() => readTrace([commit], 'http://b/'), /does not hold/));
});
