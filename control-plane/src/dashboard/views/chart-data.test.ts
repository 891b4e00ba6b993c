import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newestPoint, toColumns } from './chart-data.js';

const point = (startMs: number, count: number, p50: number | null = 1, p75: number | null = 2) => ({
  startMs,
  count,
  p50,
  p75,
});

describe('chart columns', () => {
  it('have a slot for each minute, empty where nothing was measured', () => {
    assert.deepEqual(toColumns([point(60_000, 3), point(180_000, 0), point(240_000, 5, null, null)], 250_000, 5), {
      startSeconds: [0, 60, 120, 180, 240],
      count: [null, 3, null, null, 5],
      p50: [null, 1, null, null, null],
      p75: [null, 2, null, null, null],
    });
  });
  it('are of one length and one minute apart, whatever the points', () => {
    const points = fc.array(
      fc.record({
        startMs: fc.integer({ min: -1e6, max: 1e12 }),
        count: fc.nat(),
        p50: fc.option(fc.double()),
        p75: fc.option(fc.double()),
      }),
    );
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 1e12 }), (given, nowMs) => {
        const { startSeconds, ...columns } = toColumns(given, nowMs, 60);
        assert.equal(startSeconds.length, 60);
        for (const column of Object.values(columns)) assert.equal(column.length, 60);
        for (let i = 1; i < 60; i += 1) assert.equal((startSeconds[i] as number) - (startSeconds[i - 1] as number), 60);
        assert.ok((startSeconds[59] as number) * 1000 <= nowMs);
      }),
    );
  });
});

describe('the newest point', () => {
  it('is the latest minute with anything in it', () => {
    assert.equal(newestPoint([point(1, 1), point(3, 1), point(2, 1), point(4, 0)])?.startMs, 3);
    assert.equal(newestPoint([point(1, 0)]), null);
    assert.equal(newestPoint([]), null);
  });
});
