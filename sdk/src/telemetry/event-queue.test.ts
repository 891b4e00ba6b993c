import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Batch, BATCH_LIMIT, TelemetryEvent } from '../contracts/telemetry.js';
import { fakeClock, fakeIds, fakeRandom, settled } from '../../../tests/support/sdk-fakes.js';
import { createEventQueue, LEAVING_BYTES, LONGEST_WAIT_MS, type NewEvent, type SendOutcome } from './event-queue.js';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const THUMB: NewEvent = { kind: 'feedback.given', rating: 'up' };
/** An event of about this many bytes; larger than any the SDK makes. */
const bulky = (bytes: number): NewEvent => ({
  kind: 'feature.fault',
  flagKey: 'plots' as never,
  variant: 'v'.repeat(bytes),
  reason: 'error',
});

interface Rig {
  readonly siteKey?: string;
  readonly capacity?: number;
  /** Null leaves it undecided. */
  readonly ratio?: number | null;
  readonly samplePoint?: number;
  readonly variants?: Readonly<Record<string, string>>;
}
/** A queue whose sender answers when the test says so. */
function setUp({ siteKey = 'pk_demo', capacity = 64, ratio = 1, samplePoint = 0.5, variants = {} }: Rig = {}) {
  const clock = fakeClock();
  const sends: { body: string; leaving: boolean; batch: Batch; answer(outcome: SendOutcome | Error): void }[] = [];
  const queue = createEventQueue(
    {
      clock,
      ids: fakeIds(),
      random: fakeRandom(0.5),
      variants: () => variants,
      send: (body, leaving) =>
        new Promise((resolve, reject) => {
          const answer = (outcome: SendOutcome | Error) =>
            outcome instanceof Error ? reject(outcome) : resolve(outcome);
          sends.push({ body, leaving, batch: Batch.parse(JSON.parse(body)), answer });
        }),
    },
    { siteKey, release: '0.1.0', cohort: 7, capacity, flushMs: 5000, samplePoint },
  );
  if (ratio !== null) queue.setSampleRatio(ratio);
  const add = (count: number, event = THUMB) => Array.from({ length: count }, () => queue.add(event));
  const answer = async (outcome: SendOutcome | Error, index = -1) => {
    const send = sends.at(index);
    assert.ok(send);
    send.answer(outcome);
    await settled();
  };
  return { clock, queue, sends, add, answer };
}

describe('sending', () => {
  it('sends what waits after flushMs, as a batch of the contract', async () => {
    const { clock, queue, sends, add, answer } = setUp({ variants: { 'feedback-form': 'on' } });
    add(2);
    clock.advance(4999);
    assert.equal(sends.length, 0);
    clock.advance(1);
    const batch = sends[0]?.batch;
    assert.ok(batch);
    assert.deepEqual(batch.variants, { 'feedback-form': 'on' });
    assert.deepEqual([batch.siteKey, batch.release, batch.cohort, batch.dropped], ['pk_demo', '0.1.0', 7, {}]);
    for (const event of batch.events) assert.equal(TelemetryEvent.parse(event).atMs, 1_000_000);
    assert.deepEqual(queue.counts(), { added: 2, sent: 0, inFlight: 2, waiting: 0, dropped: {} });
    await answer('sent');
    assert.deepEqual(queue.counts(), { added: 2, sent: 2, inFlight: 0, waiting: 0, dropped: {} });
    assert.deepEqual(clock.pending(), []);
  });

  it('sends at most fifty at once, the rest later, one request at a time', async () => {
    const { clock, queue, sends, add, answer } = setUp();
    add(60);
    void queue.flush();
    void queue.flush();
    assert.deepEqual(
      sends.map(({ batch }) => batch.events.length),
      [BATCH_LIMIT.events],
    );
    await answer('sent');
    clock.advance(5000);
    assert.deepEqual(
      sends.map(({ batch }) => batch.events.length),
      [50, 10],
    );
  });

  it('keeps a batch within the bytes of the contract', async () => {
    const { queue, sends, add } = setUp();
    add(10, bulky(20_000));
    void queue.flush();
    assert.equal(sends[0]?.batch.events.length, 3);
    assert.ok(bytesOf(sends[0].body) <= BATCH_LIMIT.bytes);
  });

  it('drops an event that no batch can hold, counts it, and sends the others', async () => {
    const { queue, sends, add } = setUp();
    add(1, bulky(70_000));
    add(1);
    void queue.flush();
    assert.deepEqual(sends[0]?.batch.events.length, 1);
    assert.deepEqual(sends[0].batch.dropped, { 'too-large': 1 });
    assert.deepEqual(queue.counts().dropped, { 'too-large': 1 });
  });

  it('leaves out variants that would take more than half a batch', async () => {
    const variants = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`flag-${n}`, 'ü'.repeat(40)]));
    const { queue, sends, add } = setUp({ variants });
    add(50);
    void queue.flush();
    const send = sends[0];
    assert.ok(send);
    assert.ok(bytesOf(send.body) <= BATCH_LIMIT.bytes);
    assert.equal(send.batch.events.length, 50);
    const kept = Object.keys(send.batch.variants).length;
    assert.ok(kept > 250 && kept < 400, String(kept));
  });
});

describe('losses', () => {
  it('lets the oldest go when full, and tells how many', async () => {
    const { queue, sends, add, answer } = setUp({ capacity: 3 });
    add(5);
    void queue.flush();
    assert.deepEqual(sends[0]?.batch.dropped, { 'queue-overflow': 2 });
    assert.deepEqual(
      sends[0].batch.events.map((event) => TelemetryEvent.parse(event).id.slice(-1)),
      ['3', '4', '5'],
    );
    await answer('sent');
    add(1);
    void queue.flush();
    assert.deepEqual(sends[1]?.batch.dropped, {}, 'a loss is told once');
  });

  it('sends the same events with the same ids again, later each time, with the losses not yet told', async () => {
    const { clock, queue, sends, add, answer } = setUp({ capacity: 3 });
    add(4);
    const waits: number[] = [];
    clock.advance(5000);
    for (const outcome of [
      'retry',
      new Error('offline'),
      'retry',
      'retry',
      'retry',
      'retry',
      'retry',
      'retry',
    ] as const) {
      await answer(outcome);
      waits.push(...clock.pending());
      clock.advance(LONGEST_WAIT_MS);
    }
    // Three quarters of the doubled time: half is fixed, half is drawn.
    assert.deepEqual(waits, [7500, 15_000, 30_000, 60_000, 120_000, 225_000, 225_000, 225_000]);
    for (const { batch } of sends) {
      assert.deepEqual(batch.events, sends[0]?.batch.events);
      assert.deepEqual(batch.dropped, { 'queue-overflow': 1 });
    }
    await answer('sent');
    add(1);
    assert.deepEqual(clock.pending(), [5000]);
    assert.equal(queue.counts().sent, 3);
  });

  it('counts a refused batch and does not send it again', async () => {
    const { clock, queue, sends, add, answer } = setUp();
    add(3);
    clock.advance(5000);
    await answer('refused');
    assert.deepEqual(clock.pending(), []);
    add(1);
    clock.advance(5000);
    assert.deepEqual(sends[1]?.batch.dropped, { 'send-failed': 3 });
    assert.equal(queue.counts().waiting, 0);
  });

  it('lets the oldest go when a batch comes back to a full queue', async () => {
    const { queue, add, answer } = setUp({ capacity: 4 });
    add(3);
    void queue.flush();
    add(3);
    await answer('retry');
    assert.deepEqual(queue.counts(), { added: 6, sent: 0, inFlight: 0, waiting: 4, dropped: { 'queue-overflow': 2 } });
  });

  it('counts what a page with an impossible site key adds, and throws nothing into it', async () => {
    const { clock, queue, sends, add } = setUp({ siteKey: 'my school!' });
    add(2);
    clock.advance(60_000);
    await queue.flush(true);
    assert.equal(sends.length, 0);
    assert.deepEqual(queue.counts().dropped, { invalid: 2 });
  });
});

describe('a page that goes away', () => {
  it('sends all that waits within the same moment', async () => {
    const { queue, sends, add } = setUp();
    add(64);
    void queue.flush(true);
    assert.deepEqual(
      sends.map(({ leaving, batch }) => [leaving, batch.events.length]),
      [
        [true, 50],
        [true, 14],
      ],
    );
  });

  it('sends what came meanwhile although an answer is still awaited', async () => {
    const { queue, sends, add } = setUp();
    add(1);
    void queue.flush();
    add(1);
    void queue.flush(true);
    assert.deepEqual(
      sends.map(({ leaving }) => leaving),
      [false, true],
    );
  });

  it('stays below what the browser lets a page leave, and keeps the rest for its return', async () => {
    const { clock, queue, sends, add, answer } = setUp();
    add(20, bulky(5000));
    void queue.flush(true);
    const total = sends.reduce((sum, { body }) => sum + bytesOf(body), 0);
    assert.ok(total <= LEAVING_BYTES, String(total));
    const gone = sends.reduce((sum, { batch }) => sum + batch.events.length, 0);
    assert.ok(gone >= 10);
    assert.equal(queue.counts().waiting, 20 - gone);
    for (const index of sends.keys()) await answer('sent', index);
    assert.deepEqual(clock.pending(), [5000]);
  });

  it('keeps what the browser did not take, and loses none of it uncounted when it ends', async () => {
    const { clock, queue, sends, add, answer } = setUp();
    add(64);
    void queue.flush(true);
    await answer('retry', 1);
    await answer('sent', 0);
    assert.deepEqual(queue.counts(), { added: 64, sent: 50, inFlight: 0, waiting: 14, dropped: {} });
    queue.stop();
    assert.deepEqual(queue.counts().dropped, { 'send-failed': 14 });
    assert.deepEqual(clock.pending(), []);
    assert.equal(sends.length, 2);
  });

  it('is not woken by an answer that comes after the end', async () => {
    const { clock, queue, add, answer } = setUp();
    add(2);
    void queue.flush(true);
    queue.stop();
    await answer('retry');
    add(1);
    queue.setSampleRatio(1);
    assert.deepEqual(clock.pending(), []);
    assert.deepEqual(queue.counts(), { added: 3, sent: 0, inFlight: 0, waiting: 0, dropped: { 'send-failed': 3 } });
  });
});

describe('sampling', () => {
  it('sends nothing before the ratio is known, then what waited', async () => {
    const { clock, queue, sends, add } = setUp({ ratio: null });
    add(3);
    clock.advance(60_000);
    await queue.flush(true);
    assert.equal(sends.length, 0);
    queue.setSampleRatio(1);
    clock.advance(5000);
    assert.equal(sends[0]?.batch.events.length, 3);
  });

  it('reports the share of page loads that the site asks for', () => {
    const reports = (samplePoint: number, ratio: number) => {
      const { clock, sends, add } = setUp({ samplePoint, ratio });
      add(1);
      clock.advance(5000);
      return sends.length === 1;
    };
    assert.deepEqual(
      [0, 0.0999, 0.1, 0.5, 0.999].map((point) => [reports(point, 0), reports(point, 0.1), reports(point, 1)]),
      [
        [false, true, true],
        [false, true, true],
        [false, false, true],
        [false, false, true],
        [false, false, true],
      ],
    );
  });

  it('counts what a silent page does not send, and tells it when the site asks for more', async () => {
    const { clock, queue, sends, add } = setUp({ ratio: null });
    add(3);
    queue.setSampleRatio(0.2);
    add(2);
    clock.advance(60_000);
    assert.equal(sends.length, 0);
    assert.deepEqual(queue.counts().dropped, { 'sampled-out': 5 });
    queue.setSampleRatio(0.9);
    add(1);
    clock.advance(5000);
    assert.deepEqual(sends[0]?.batch.dropped, { 'sampled-out': 5 });
  });

  it('drops what comes back to a page that fell silent', async () => {
    const { queue, add, answer } = setUp();
    add(2);
    void queue.flush();
    queue.setSampleRatio(0);
    await answer('retry');
    assert.deepEqual(queue.counts().dropped, { 'sampled-out': 2 });
  });
});

describe('the interval', () => {
  it('follows the config answer from the next wait on', () => {
    const { clock, queue, add } = setUp();
    queue.setFlushMs(1000);
    add(1);
    assert.deepEqual(clock.pending(), [1000]);
  });
});

describe('whatever happens', () => {
  it('no event is lost uncounted, and no batch is over its bounds', async () => {
    const outcome = fc.constantFrom<SendOutcome | Error>('sent', 'retry', 'refused', new Error('offline'));
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), count: fc.integer({ min: 1, max: 40 }) }) },
      fc.record({ do: fc.constant('bulky' as const), bytes: fc.integer({ min: 1, max: 70_000 }) }),
      fc.record({ do: fc.constant('flush' as const), leaving: fc.boolean() }),
      { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), index: fc.nat(9), outcome }) },
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400_000 }) }),
      fc.record({ do: fc.constant('ratio' as const), ratio: fc.constantFrom(0, 1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, stops) => {
        const { clock, queue, sends, add } = setUp({ ratio: null });
        const check = () => {
          const { added, sent, waiting, inFlight, dropped } = queue.counts();
          const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          assert.equal(sent + lost + waiting + inFlight, added);
          assert.ok(waiting <= 64);
        };
        for (const one of steps) {
          if (one.do === 'add') add(one.count);
          else if (one.do === 'bulky') add(1, bulky(one.bytes));
          else if (one.do === 'flush') void queue.flush(one.leaving);
          else if (one.do === 'answer') sends[one.index]?.answer(one.outcome);
          else if (one.do === 'wait') clock.advance(one.ms);
          else queue.setSampleRatio(one.ratio);
          await settled();
          check();
        }
        if (stops) queue.stop();
        check();
        for (const { body, batch } of sends) {
          assert.ok(batch.events.length >= 1 && batch.events.length <= BATCH_LIMIT.events);
          assert.ok(bytesOf(body) <= BATCH_LIMIT.bytes);
        }
      }),
      { numRuns: 300 },
    );
  });
});
