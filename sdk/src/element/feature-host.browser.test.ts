/** Features that go wrong, one way after another: each is taken away alone, and reported once. */
import { expect } from '@open-wc/testing';
import { html, nothing } from 'lit';
import type { Feature, FeatureContext, LessonView } from '../contracts/features.js';
import { TEXT_LIMIT } from '../contracts/voice.js';
import { fakeStore, settled } from '../../../tests/support/sdk-fakes.js';
import { FEATURE_LIMITS } from './feature-context.js';
import { createFeatureHost, FEATURES } from './feature-host.js';

const fault = new Error('the feature');
const fail = (): never => {
  throw fault;
};
type Start = (context: FeatureContext) => (() => void) | undefined;

function setUp(features: Readonly<Record<string, Start>>, load?: (key: string) => Promise<void>) {
  let lesson: LessonView = { phase: 'listening', turn: 1, transcript: [] };
  const log: string[] = [];
  const faults: (readonly [string, string, unknown])[] = [];
  const slots = new Map<string, HTMLElement>();
  const store = fakeStore();
  let frames: (() => void)[] = [];
  const host = createFeatureHost({
    features: Object.fromEntries(
      Object.entries(features).map(([key, start]) => [
        key,
        async () => {
          await load?.(key);
          return { feature: { start } as Feature };
        },
      ]),
    ),
    store,
    lesson: () => lesson,
    send: (text) => log.push(`send ${text}`),
    rate: (rating) => log.push(`rate ${rating}`),
    onFault: (...all) => faults.push(all),
    slotFor(key) {
      const slot = slots.get(key) ?? document.createElement('div');
      slots.set(key, slot);
      return slot;
    },
    removeSlot: (key) => slots.delete(key),
    nextFrame: (task) => frames.push(task),
  });
  return {
    host,
    log,
    faults,
    slots,
    store,
    frames: () => frames.length,
    async apply(variants: Readonly<Record<string, string>>) {
      host.apply((key) => variants[key] ?? null);
      await settled();
    },
    change(turn: number) {
      lesson = { ...lesson, turn };
      host.lessonChanged();
    },
    frame() {
      const due = frames;
      frames = [];
      due.forEach((task) => task());
    },
  };
}
const good =
  (log: string[] = []): Start =>
  (context) => {
    context.render(html`<p>${context.variant}</p>`);
    context.onLesson(({ turn }) => log.push(`turn ${turn}`));
    return () => {
      context.render(nothing);
      log.push('stopped');
    };
  };

describe('features', () => {
  it('run while their flag asks for them, in the variant it asks for', async () => {
    const log: string[] = [];
    const rig = setUp({ good: good(log) });
    await rig.apply({});
    expect(rig.slots.size).to.equal(0);
    await rig.apply({ good: 'a' });
    await rig.apply({ good: 'a' });
    expect(rig.slots.get('good')?.textContent).to.equal('a');
    await rig.apply({ good: 'b' });
    expect(rig.slots.get('good')?.textContent).to.equal('b');
    await rig.apply({});
    expect(rig.slots.size).to.equal(0);
    expect(log).to.deep.equal(['stopped', 'stopped']);
    await rig.apply({ good: 'a' });
    rig.host.stop();
    rig.host.stop();
    expect(log.length).to.equal(3);
    expect(rig.faults).to.deep.equal([]);
  });

  it('hear of the lesson once a frame, of its newest state', async () => {
    const log: string[] = [];
    const rig = setUp({ good: good(log) });
    rig.change(1);
    expect(rig.frames(), 'nobody listens').to.equal(0);
    await rig.apply({ good: 'a' });
    rig.change(2);
    rig.change(3);
    expect(rig.frames()).to.equal(1);
    rig.frame();
    rig.change(4);
    rig.frame();
    expect(log).to.deep.equal(['turn 3', 'turn 4']);
    rig.change(5);
    rig.host.stop();
    rig.frame();
    expect(log).to.deep.equal(['turn 3', 'turn 4', 'stopped']);
  });

  it('use the frames of the browser unless told otherwise', async () => {
    const heard = new Promise<number>((resolve) => {
      const host = createFeatureHost({
        features: {
          good: async () => ({
            feature: {
              start(context) {
                context.onLesson(({ turn }) => resolve(turn));
                host.lessonChanged();
                return () => {};
              },
            },
          }),
        },
        store: fakeStore(),
        lesson: () => ({ phase: 'listening', turn: 9, transcript: [] }),
        send: () => {},
        rate: () => {},
        onFault: () => {},
        slotFor: () => document.createElement('div'),
        removeSlot: () => {},
      });
      host.apply(() => 'on');
    });
    expect(await heard).to.equal(9);
  });

  const failures: Readonly<Record<string, Start>> = {
    start: fail,
    'a listener': (context) => {
      context.onLesson(fail);
      return () => {};
    },
    'an async listener': (context) => {
      context.onLesson(new Proxy(() => {}, { apply: () => Promise.reject(fault) }));
      return () => {};
    },
    render: (context) => {
      context.onLesson(() => context.render(html`${{ toString: fail }}`));
      return () => {};
    },
    'a stop that throws as well': (context) => {
      context.onLesson(fail);
      return fail;
    },
  };
  for (const [place, bad] of Object.entries(failures)) {
    it(`that fail in ${place} are taken away, reported once, and stay off; others go on`, async () => {
      const log: string[] = [];
      const rig = setUp({ bad, good: good(log) });
      await rig.apply({ bad: 'on', good: 'on' });
      for (const turn of [1, 2]) {
        rig.change(turn);
        rig.frame();
        await settled();
      }
      expect(rig.faults).to.deep.equal([['bad', 'on', fault]]);
      expect([...rig.slots.keys()]).to.deep.equal(['good']);
      expect(log).to.deep.equal(['turn 1', 'turn 2']);
      await rig.apply({});
      await rig.apply({ bad: 'on', good: 'on' });
      expect([...rig.slots.keys()]).to.deep.equal(['good']);
      expect(rig.faults.length).to.equal(1);
    });
  }

  it('that fail in stop are reported once and stay off', async () => {
    const log: string[] = [];
    const rig = setUp({ bad: () => fail, good: good(log) });
    await rig.apply({ bad: 'on', good: 'on' });
    await rig.apply({ bad: 'other', good: 'on' });
    expect(rig.faults).to.deep.equal([['bad', 'on', fault]]);
    await rig.apply({ bad: 'on', good: 'on' });
    rig.host.stop();
    expect(rig.faults.length).to.equal(1);
    expect(log).to.deep.equal(['stopped']);
  });

  it('that cannot be loaded are reported once', async () => {
    const rig = setUp({ bad: fail }, async () => fail());
    await rig.apply({ bad: 'on' });
    await rig.apply({ bad: 'on' });
    expect(rig.faults).to.deep.equal([['bad', 'on', fault]]);
  });

  it('that arrive after their end are not started, and a failure to arrive is nobody’s', async () => {
    for (const ending of ['arrives', 'fails'] as const) {
      let arrive = () => {};
      const log: string[] = [];
      const rig = setUp(
        { late: good(log) },
        () => new Promise((resolve, reject) => (arrive = () => (ending === 'arrives' ? resolve() : reject(fault)))),
      );
      await rig.apply({ late: 'on' });
      rig.host.stop();
      arrive();
      await settled();
      expect(rig.slots.size).to.equal(0);
      expect(log).to.deep.equal([]);
      expect(rig.faults).to.deep.equal([]);
    }
  });

  it('that are taken away while they start are stopped all the same', async () => {
    const log: string[] = [];
    const rig = setUp({
      leaky(context) {
        context.render(html`${{ toString: fail }}`);
        log.push('holds something');
        return () => log.push('let go');
      },
    });
    await rig.apply({ leaky: 'on' });
    expect(log).to.deep.equal(['holds something', 'let go']);
    expect(rig.faults.length).to.equal(1);
    const stopped: string[] = [];
    const other = setUp({
      ended() {
        other.host.stop();
        return () => stopped.push('let go');
      },
    });
    await other.apply({ ended: 'on' });
    expect(stopped).to.deep.equal(['let go']);
  });

  it('can do nothing after their end', async () => {
    let context: FeatureContext | null = null;
    const rig = setUp({
      ghost(given) {
        context = given;
        return undefined;
      },
    });
    await rig.apply({ ghost: 'on' });
    const kept = context as unknown as FeatureContext;
    const stop = kept.onLesson(fail);
    stop();
    rig.host.stop();
    kept.send('boo');
    kept.rate('up');
    kept.render(html`boo`);
    kept.storage.set('boo', 'boo');
    kept.onLesson(fail);
    expect(rig.log).to.deep.equal([]);
    expect(rig.slots.size).to.equal(0);
    expect(rig.store.map.size).to.equal(0);
  });
});

describe('what a feature may do', () => {
  /** A running feature's context. */
  async function running() {
    let context: FeatureContext | null = null;
    const rig = setUp({
      one(given) {
        context = given;
        return undefined;
      },
    });
    await rig.apply({ one: 'on' });
    return { ...rig, context: context as unknown as FeatureContext };
  }

  it('send a few messages a turn, none longer than a learner may', async () => {
    const { context, log, faults, change } = await running();
    context.send('x'.repeat(TEXT_LIMIT + 1));
    expect(log[0]).to.equal(`send ${'x'.repeat(TEXT_LIMIT)}`);
    change(2);
    for (let n = 0; n < FEATURE_LIMITS.sendsPerTurn; n += 1) context.send('y');
    expect(faults).to.deep.equal([]);
    context.send('one too many');
    context.send('and after its end');
    expect(log.length).to.equal(1 + FEATURE_LIMITS.sendsPerTurn);
    expect(faults.length).to.equal(1);
  });

  it('rate a turn a few times', async () => {
    const { context, log, faults } = await running();
    for (let n = 0; n <= FEATURE_LIMITS.ratingsPerTurn; n += 1) context.rate('down');
    expect(log).to.deep.equal(Array(FEATURE_LIMITS.ratingsPerTurn).fill('rate down'));
    expect(faults.length).to.equal(1);
  });

  it('listen a few times', async () => {
    const { context, faults } = await running();
    for (let n = 0; n < FEATURE_LIMITS.listeners; n += 1) context.onLesson(() => {});
    expect(faults.length).to.equal(0);
    context.onLesson(() => {});
    expect(faults.length).to.equal(1);
  });

  it('store sixteen strings of its own, cut to their bounds', async () => {
    const { context, store, faults } = await running();
    for (let n = 0; n < FEATURE_LIMITS.storedKeys + 4; n += 1) context.storage.set(`key-${n}`, 'v');
    expect(context.storage.get('key-15')).to.equal('v');
    expect(context.storage.get('key-16')).to.equal(null);
    context.storage.set('key-3', 'w'.repeat(5000));
    expect(context.storage.get('key-3')).to.equal('w'.repeat(FEATURE_LIMITS.storedCharacters));
    const long = 'k'.repeat(100);
    expect([...store.map.keys()].every((key) => key.startsWith('feature:one:') || key === 'feature-keys:one')).to.equal(
      true,
    );
    store.map.clear();
    context.storage.set(long, 'found');
    expect(context.storage.get(long)).to.equal('found');
    store.map.set('feature-keys:one', '{broken');
    context.storage.set('again', 'x');
    store.map.set('feature-keys:one', '{}');
    context.storage.set('again', 'y');
    expect(context.storage.get('again')).to.equal('y');
    expect(faults).to.deep.equal([]);
  });
});

describe('the feedback form', () => {
  it('asks after the first answer, rates once, thanks, and remembers', async () => {
    const { feature } = (await FEATURES['feedback-form']?.()) ?? {};
    const start: Start = (context) => feature?.start(context);
    const rig = setUp({ form: start });
    const form = () => rig.slots.get('form');
    rig.change(0);
    await rig.apply({ form: 'on' });
    expect(form()?.textContent.trim()).to.equal('');
    rig.change(1);
    rig.frame();
    const [up, down] = form()?.querySelectorAll('button') ?? [];
    expect(up?.getAttribute('aria-label')).to.equal('Going well');
    down?.click();
    expect(rig.log).to.deep.equal(['rate down']);
    expect(form()?.querySelector('[role=status]')?.textContent).to.contain('Thank you');
    await rig.apply({});
    expect(form()).to.equal(undefined);
    await rig.apply({ form: 'on' });
    expect(form()?.querySelector('[role=status]')).to.not.equal(null);
    expect(rig.faults).to.deep.equal([]);
  });
});
