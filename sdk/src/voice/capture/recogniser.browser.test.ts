/** The browser's recogniser played by the test: readings, restarts with a growing wait, and errors that are final. */
import { expect } from '@open-wc/testing';
import { createFakeClock } from '../../../../tests/support/fake-clock.js';
import { browserRecogniser } from './recogniser.js';

const scope = globalThis as Record<string, unknown>;

class FakeRecognition {
  static all: FakeRecognition[] = [];
  lang = '';
  continuous = false;
  maxAlternatives = 1;
  interimResults = false;
  starts = 0;
  aborted = false;
  throws = false;
  onresult: ((event: object) => void) | null = null;
  onerror: ((event: { error: string }) => void) | null = null;
  onend: (() => void) | null = null;
  constructor() {
    FakeRecognition.all.push(this);
  }
  start(): void {
    this.starts += 1;
    if (this.throws) throw new DOMException('already started', 'InvalidStateError');
  }
  abort(): void {
    this.aborted = true;
  }
  hear(
    index: number,
    ...results: readonly { readonly isFinal: boolean; readonly readings: readonly string[] }[]
  ): void {
    this.onresult?.({
      resultIndex: index,
      results: results.map(({ isFinal, readings }) =>
        Object.assign(
          readings.map((transcript) => ({ transcript })),
          { isFinal },
        ),
      ),
    });
  }
}

describe('browserRecogniser', () => {
  const names = ['SpeechRecognition', 'webkitSpeechRecognition'];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(scope, name));
  const set = (name: string, value: unknown) =>
    Object.defineProperty(scope, name, { value, configurable: true, writable: true });
  beforeEach(() => {
    FakeRecognition.all = [];
    set('SpeechRecognition', FakeRecognition);
    set('webkitSpeechRecognition', undefined);
  });
  after(() => {
    for (const [index, name] of names.entries()) {
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(scope, name, descriptor);
      else Reflect.deleteProperty(scope, name);
    }
  });
  function listen(isTutorHeard?: () => boolean) {
    const clock = createFakeClock();
    const heard: (readonly string[])[] = [];
    const stop = browserRecogniser(clock)?.start('de', (readings) => heard.push(readings), isTutorHeard);
    return { clock, heard, stop: stop ?? (() => {}), fake: FakeRecognition.all[0]! };
  }

  it('is null where there is none, and the prefixed one is as good', () => {
    set('SpeechRecognition', undefined);
    expect(browserRecogniser(createFakeClock())).to.equal(null);
    set('webkitSpeechRecognition', FakeRecognition);
    expect(browserRecogniser(createFakeClock())).to.not.equal(null);
  });
  it('asks for three readings in the lesson’s language and hands on final ones, best first', () => {
    const { fake, heard } = listen();
    expect([fake.lang, fake.continuous, fake.maxAlternatives, fake.starts]).to.deep.equal(['de', true, 3, 1]);
    fake.hear(
      1,
      { isFinal: true, readings: ['old'] },
      { isFinal: true, readings: [' two x ', 'too x', '', 'to x', 'two ex'] },
      { isFinal: false, readings: ['two x pl'] },
    );
    expect(heard).to.deep.equal([['two x', 'too x', 'to x']]);
  });
  it('begins again after the browser stopped, waiting twice as long each time, up to 10 s', () => {
    const { fake, clock } = listen();
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      fake.onend?.();
      waits.push(...clock.pending());
      clock.advance(10_000);
    }
    expect(waits).to.deep.equal([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(fake.starts).to.equal(9);
  });
  it('waits briefly again once something was heard', () => {
    const { fake, clock } = listen();
    for (let i = 0; i < 3; i += 1) {
      fake.onend?.();
      clock.advance(10_000);
    }
    fake.hear(0, { isFinal: false, readings: ['x'] });
    fake.onend?.();
    expect(clock.pending()).to.deep.equal([250]);
  });
  for (const error of ['not-allowed', 'service-not-allowed', 'language-not-supported'])
    it(`${error} is final: no loop of prompts`, () => {
      const { fake, clock } = listen();
      fake.onerror?.({ error });
      fake.onend?.();
      expect([clock.pending().length, fake.starts]).to.deep.equal([0, 1]);
    });
  it('other errors are followed by another try', () => {
    const { fake, clock } = listen();
    fake.onerror?.({ error: 'network' });
    fake.onend?.();
    clock.advance(250);
    expect(fake.starts).to.equal(2);
  });
  it('offline, every try fails with network: they become rare, and the first words heard make them quick again', () => {
    const { fake, clock, heard } = listen();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      fake.onerror?.({ error: 'network' });
      fake.onend?.();
      waits.push(...clock.pending());
      clock.advance(10_000);
    }
    expect(waits).to.deep.equal([250, 500, 1000, 2000, 4000, 8000, 10_000]);
    fake.hear(0, { isFinal: true, readings: ['two x'] });
    fake.onend?.();
    expect([clock.pending(), heard]).to.deep.equal([[250], [['two x']]]);
  });
  it('what was heard while the tutor spoke is dropped, also when it is final only afterwards', () => {
    let speaks = true;
    const { fake, heard } = listen(() => speaks);
    fake.hear(0, { isFinal: true, readings: ['let us solve'] });
    fake.hear(1, { isFinal: true, readings: ['let us solve'] }, { isFinal: false, readings: ['what is'] });
    speaks = false;
    fake.hear(1, { isFinal: true, readings: ['let us solve'] }, { isFinal: true, readings: ['what is the next'] });
    fake.hear(2, { isFinal: true, readings: [] }, { isFinal: true, readings: [] }, { isFinal: true, readings: ['x equals four'] }); // prettier-ignore
    expect(heard).to.deep.equal([['x equals four']]);
  });
  it('a run that ended takes its own voice with it: the next one counts from nothing', () => {
    let speaks = true;
    const { fake, clock, heard } = listen(() => speaks);
    fake.hear(0, { isFinal: false, readings: ['what is'] });
    fake.onend?.();
    clock.advance(250);
    speaks = false;
    fake.hear(0, { isFinal: true, readings: ['four'] });
    expect(heard).to.deep.equal([['four']]);
  });
  it('a browser that restarted by itself does no harm', () => {
    const { fake, clock } = listen();
    fake.throws = true;
    fake.onend?.();
    clock.advance(250);
    expect(fake.starts).to.equal(2);
  });
  it('once stopped it hears nothing and begins nothing', () => {
    const { fake, clock, heard, stop } = listen();
    fake.onend?.();
    stop();
    clock.advance(10_000);
    fake.hear(0, { isFinal: true, readings: ['late'] });
    fake.onend?.();
    expect([fake.aborted, fake.starts, clock.pending().length, heard]).to.deep.equal([true, 1, 0, []]);
  });
});
