import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerText, decision, flag } from '../../../tests/support/config-answer.js';
import { fakeClock, fakeRandom, fakeStore, settled } from '../../../tests/support/sdk-fakes.js';
import { BUDGET_MS, createConfigClient, LAG_MS } from './config-client.js';
import { FIRST_RETRY_MS, LONGEST_RETRY_MS, SETTLED_MS } from './config-stream.js';

const CONNECTION = '00000000-0000-4000-8000-0000000000aa';
const hello = (revision: number) => JSON.stringify({ connection: CONNECTION, revision });

/** A client whose server is played by the test. */
function setUp({ stored = null as string | null, random = 0.5, streams = true } = {}) {
  const clock = fakeClock();
  const store = fakeStore(stored === null ? {} : { 'config:pk_demo': stored });
  const log: string[] = [];
  const faults: unknown[] = [];
  const asked: { resolve(text: string): void; reject(): void }[] = [];
  const opened: { url: string; closed: boolean; say(event: string, data: string): void; break(): void }[] = [];
  let failOpen = false;
  const client = createConfigClient(
    {
      clock,
      store,
      random: fakeRandom(random),
      fetchText: (url, timeoutMs) =>
        new Promise((resolve, reject) => {
          log.push(`ask ${url} ${timeoutMs}`);
          asked.push({ resolve, reject: () => reject(new Error('away')) });
        }),
      openStream(url) {
        if (failOpen) throw new SyntaxError('bad address');
        if (!streams) return null;
        log.push(`open ${url}`);
        let onEvent: (event: string, data: string) => void = () => {};
        let onBroken = () => {};
        const stream = {
          url,
          closed: false,
          say: (event: string, data: string) => onEvent(event, data),
          break: () => onBroken(),
        };
        opened.push(stream);
        return {
          onEvent: (listener) => (onEvent = listener),
          onBroken: (listener) => (onBroken = listener),
          close: () => (stream.closed = true),
        };
      },
      post: (url, body) => log.push(`post ${url} ${body}`),
      onFault: (error) => faults.push(error),
    },
    { serverOrigin: 'https://tutor.example', siteKey: 'pk_demo', cohort: 7, release: '0.1.0' },
  );
  client.subscribe(({ revision }) => log.push(`obey ${revision}`));
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items.at(index);
    assert.ok(item);
    return item;
  };
  return {
    clock,
    store,
    log,
    faults,
    client,
    asked,
    opened,
    refuseToOpen: () => (failOpen = true),
    revision: () => client.current()?.revision ?? null,
    stream: () => at(opened, -1),
    /** Answers the newest question. */
    async answer(text: string) {
      at(asked, -1).resolve(text);
      await settled();
    },
    async fail() {
      at(asked, -1).reject();
      await settled();
    },
  };
}

/** Started, answered live with a revision, and listening. */
async function live(revision: number, options: Parameters<typeof setUp>[0] = {}) {
  const rig = setUp(options);
  const stop = rig.client.start();
  await rig.answer(answerText(revision));
  return { ...rig, stop };
}

describe('precedence of answers', () => {
  it('has nothing, then the stored one, then the live one', async () => {
    assert.equal(setUp().client.current(), null);
    assert.equal(setUp().client.variant('feedback-form'), null);
    assert.equal(setUp({ stored: '{garbage' }).client.current(), null);
    const rig = setUp({ stored: answerText(5) });
    assert.equal(rig.revision(), 5);
    assert.equal(rig.client.variant('feedback-form'), 'on');
    rig.client.start();
    await rig.answer(answerText(6, { flags: [] }));
    assert.equal(rig.revision(), 6);
    assert.equal(rig.client.variant('feedback-form'), null);
    assert.equal(rig.store.map.get('config:pk_demo'), answerText(6, { flags: [] }));
  });

  it('takes a live answer over a stored one of a higher revision, by question and by stream', async () => {
    const asked = await live(3, { stored: answerText(500) });
    assert.equal(asked.revision(), 3);
    const streamed = setUp({ stored: answerText(500) });
    streamed.client.start();
    await streamed.fail();
    // The stored revision is not told: a server with fewer would think that the page has everything.
    assert.doesNotMatch(streamed.stream().url, /since/);
    streamed.stream().say('hello', hello(3));
    streamed.stream().say('config', answerText(3));
    assert.equal(streamed.revision(), 3);
  });

  it('keeps the stored answer while the server is away or talks nonsense', async () => {
    const away = setUp({ stored: answerText(5) });
    away.client.start();
    await away.fail();
    assert.equal(away.revision(), 5);
    const nonsense = setUp({ stored: answerText(5) });
    nonsense.client.start();
    await nonsense.answer('<!doctype html>');
    nonsense.stream().say('config', '{}');
    assert.equal(nonsense.revision(), 5);
    assert.equal(nonsense.store.map.get('config:pk_demo'), answerText(5));
    assert.doesNotMatch(nonsense.log.join(), /obey/);
  });

  it('counts what it did not understand', async () => {
    const rig = setUp({ stored: answerText(1, { flags: ['?'] }) });
    rig.client.start();
    await rig.answer(answerText(2, { decisions: [decision('page.painted', 2, {}), 1] }));
    assert.equal(rig.client.ignored(), 3);
  });

  it('asks within its budget and listens only after the answer, from there on', async () => {
    const rig = setUp();
    rig.client.start();
    assert.deepEqual(rig.log, [`ask https://tutor.example/v1/sites/pk_demo/config?cohort=7 ${BUDGET_MS}`]);
    await rig.answer(answerText(4));
    assert.equal(rig.stream().url, 'https://tutor.example/v1/sites/pk_demo/stream?cohort=7&since=4&release=0.1.0');
  });
});

describe('live answers', () => {
  it('takes a whole set over a gap in revisions', async () => {
    const rig = await live(3);
    rig.stream().say('config', answerText(9, { flags: [flag('feedback-form', false)] }));
    assert.equal(rig.revision(), 9);
    assert.equal(rig.client.variant('feedback-form'), null);
  });

  it('refuses the older of two that arrive out of order', async () => {
    const rig = await live(3);
    rig.stream().say('config', answerText(9));
    rig.stream().say('config', answerText(8, { flags: [] }));
    assert.equal(rig.revision(), 9);
    assert.equal(rig.client.variant('feedback-form'), 'on');
    assert.equal(rig.store.map.get('config:pk_demo'), answerText(9));
  });

  it('confirms a revision after its listeners ran, once it knows its connection', async () => {
    const rig = await live(3);
    rig.log.length = 0;
    rig.stream().say('config', answerText(4));
    assert.deepEqual(rig.log, ['obey 4']);
    rig.stream().say('hello', hello(4));
    rig.stream().say('config', answerText(5));
    const confirmed = (revision: number) =>
      `post https://tutor.example/v1/sites/pk_demo/confirmations {"connection":"${CONNECTION}","revision":${revision}}`;
    assert.deepEqual(rig.log, ['obey 4', confirmed(4), 'obey 5', confirmed(5)]);
    rig.stream().say('hello', 'nonsense');
    rig.stream().say('config', answerText(6));
    assert.doesNotMatch(rig.log.join(), /"revision":6/);
  });

  it('reports a listener that throws and still confirms', async () => {
    const rig = await live(3);
    rig.client.subscribe(() => {
      throw new Error('listener');
    });
    rig.stream().say('hello', hello(3));
    rig.stream().say('config', answerText(4));
    assert.equal(rig.faults.length, 1);
    assert.match(rig.log.at(-1) ?? '', /"revision":4/);
  });
});

describe('a server that stands behind what it said before', () => {
  /** A page at revision 500 that meets a server at 3. */
  async function behind() {
    const rig = await live(500);
    rig.stream().break();
    rig.clock.advance(FIRST_RETRY_MS);
    rig.stream().say('hello', hello(3));
    return rig;
  }

  it('is given time to catch up, and nothing is undone meanwhile', async () => {
    const rig = await behind();
    rig.stream().say('config', answerText(4));
    assert.equal(rig.revision(), 500);
    rig.stream().say('config', answerText(501));
    assert.equal(rig.revision(), 501);
    rig.clock.advance(LAG_MS);
    assert.equal(rig.asked.length, 1);
  });

  it('is obeyed from anew when it stays there: its database was reset', async () => {
    const rig = await behind();
    rig.clock.advance(LAG_MS - 1);
    assert.equal(rig.asked.length, 1);
    rig.clock.advance(1);
    await rig.answer(answerText(4));
    assert.equal(rig.revision(), 4);
    assert.match(rig.log.at(-1) ?? '', /^post .*"revision":4/);
    // And the new life is monotonic like the old one.
    rig.stream().say('config', answerText(6));
    rig.stream().say('config', answerText(5));
    assert.equal(rig.revision(), 6);
    rig.clock.advance(10 * LAG_MS);
    assert.equal(rig.asked.length, 2);
  });

  it('is asked again while it cannot be reached or talks nonsense, and when another instance answers', async () => {
    const rig = await behind();
    rig.clock.advance(LAG_MS);
    await rig.fail();
    rig.clock.advance(LAG_MS);
    await rig.answer('nonsense');
    rig.clock.advance(LAG_MS);
    await rig.answer(answerText(502));
    assert.equal(rig.revision(), 502);
    rig.clock.advance(LAG_MS);
    await rig.answer(answerText(2));
    assert.equal(rig.revision(), 2);
  });

  it('loses its say when the stream catches up while it is asked', async () => {
    const rig = await behind();
    rig.clock.advance(LAG_MS);
    rig.stream().say('config', answerText(501));
    await rig.answer(answerText(3));
    assert.equal(rig.revision(), 501);
  });

  it('asks no more after the stop', async () => {
    const rig = await live(500);
    rig.stream().say('hello', hello(3));
    rig.stop();
    assert.deepEqual(rig.clock.pending(), []);
  });
});

describe('a stream that breaks', () => {
  it('is opened again within a doubling time, drawn in full, up to a cap', async () => {
    const rig = await live(3);
    const waits: number[] = [];
    for (let lost = 0; lost < 9; lost += 1) {
      rig.stream().break();
      assert.equal(rig.stream().closed, true);
      waits.push(...rig.clock.pending());
      rig.clock.advance(LONGEST_RETRY_MS);
    }
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    assert.equal(rig.opened.length, 10);
  });

  it('draws the wait from the whole time', async () => {
    for (const [random, wait] of [
      [0, 0],
      [0.25, 250],
      [0.999, 999],
    ] as const) {
      const rig = await live(3, { random });
      rig.stream().break();
      assert.deepEqual(rig.clock.pending(), [wait]);
    }
  });

  it('starts from the first wait again only after one that held', async () => {
    const rig = await live(3);
    for (const [heldMs, wait] of [
      [SETTLED_MS - 1, 500],
      [SETTLED_MS - 1, 1000],
      [SETTLED_MS, 500],
    ] as const) {
      rig.stream().say('hello', hello(3));
      rig.clock.advance(heldMs);
      rig.stream().break();
      assert.deepEqual(rig.clock.pending(), [wait]);
      rig.clock.advance(wait);
    }
  });

  it('names what is known by then, and is nobody to confirm to', async () => {
    const rig = await live(3);
    rig.stream().say('hello', hello(3));
    rig.stream().say('config', answerText(8));
    const old = rig.stream();
    old.break();
    old.break();
    old.say('config', answerText(99));
    assert.equal(rig.revision(), 8);
    rig.clock.advance(FIRST_RETRY_MS);
    assert.match(rig.stream().url, /since=8/);
    rig.log.length = 0;
    rig.stream().say('config', answerText(9));
    assert.deepEqual(rig.log, ['obey 9']);
  });

  it('is left alone where there is none, or where the address is none', async () => {
    const none = await live(3, { streams: false });
    assert.deepEqual(none.clock.pending(), []);
    const rig = setUp();
    rig.refuseToOpen();
    rig.client.start();
    await rig.answer(answerText(3));
    assert.equal(rig.faults.length, 1);
    assert.equal(rig.revision(), 3);
  });
});

describe('stopping', () => {
  it('closes the stream, forgets the retry, and hears nothing more', async () => {
    const open = await live(3);
    open.stop();
    open.stop();
    assert.equal(open.stream().closed, true);
    open.stream().say('config', answerText(4));
    open.stream().break();
    assert.equal(open.revision(), 3);
    const waiting = await live(3);
    waiting.stream().break();
    waiting.stop();
    assert.deepEqual(waiting.clock.pending(), []);
  });

  it('before the answer came takes nothing and opens nothing', async () => {
    const rig = setUp();
    rig.client.start()();
    await rig.answer(answerText(3));
    assert.equal(rig.revision(), null);
    assert.equal(rig.opened.length, 0);
  });
});
