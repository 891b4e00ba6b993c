import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { MetricPoint } from '../live.js';
import { CHART_MINUTES, withPoint } from './metric-controller.js';

const point = (startMs: number, count = 1): MetricPoint => ({ startMs, count, p50: null, p75: null });

describe('a newer point', () => {
  it('takes the place of its minute’s older reading', () =>
    assert.deepEqual(withPoint([point(0), point(60_000)], point(60_000, 9)), [point(0), point(60_000, 9)]));
  it('keeps the order', () =>
    assert.deepEqual(withPoint([point(120_000)], point(60_000)), [point(60_000), point(120_000)]));
  it('pushes out what is older than the chart', () => {
    let points = [point(0)];
    for (let i = 1; i <= CHART_MINUTES; i += 1) points = withPoint(points, point(i * 60_000));
    assert.equal(points.length, CHART_MINUTES);
    assert.equal(points[0]?.startMs, 60_000);
  });
});
