/** The element on a host page: its life, its events; and that no fault of ours reaches the page. */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { inLesson, nextEvent, open, pageOf, violations } from './element-page.fake.js';
import { FakeTutor } from './voice-tutor.fake.js';

const thrown: string[] = [];
const onError = (event: ErrorEvent) => thrown.push(event.message);
const onRejection = (event: PromiseRejectionEvent) => thrown.push(String(event.reason));
/** Rejections are told after the task in which they happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the element on a page', () => {
  before(() => {
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
  });
  after(() => {
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
  });
  beforeEach(() => {
    FakeTutor.kept = new Map();
    FakeTutor.broken = false;
    thrown.length = 0;
  });
  afterEach(async () => {
    document.body.replaceChildren();
    await settled();
    expect(thrown).to.deep.equal([]);
  });

  it('tells the page that it is ready, with its release', async () => {
    const ready = nextEvent(document.body, 'voice-tutor-ready');
    await open();
    expect(await ready).to.deep.equal({ release: '1.2.3' });
  });

  it('shows nothing without a site key, and sets itself up once there is one', async () => {
    const tutor = document.createElement('voice-tutor') as FakeTutor;
    document.body.append(tutor);
    const page = pageOf(tutor);
    await page.drawn();
    expect([tutor.made.length, page.text()]).to.deep.equal([0, '']);
    tutor.setAttribute('site-key', 'pk_late');
    await page.drawn();
    expect(page.parts().options.siteKey).to.equal('pk_late');
    expect(page.button('Ask the tutor')).to.not.equal(null);
  });

  it('does not shift the page when the panel opens', async () => {
    const after = document.createElement('p');
    const page = await open();
    document.body.append(after);
    const before = after.getBoundingClientRect().top;
    await page.press('Ask the tutor');
    expect(after.getBoundingClientRect().top).to.equal(before);
    expect(page.find('.panel').matches(':popover-open')).to.equal(true);
  });

  it('is above whatever the page does with layers', async () => {
    const page = await open();
    page.tutor.style.cssText = 'transform:rotate(0.001deg);overflow:hidden;position:relative;z-index:-1';
    document.body.insertAdjacentHTML('beforeend', '<div style="position:fixed;inset:0;z-index:2147483647"></div>');
    await page.press('Ask the tutor');
    const { right, bottom } = page.find('.panel').getBoundingClientRect();
    expect(document.elementFromPoint(right - 40, bottom - 40)).to.equal(page.tutor);
  });

  it('warms the voice when the panel opens or the launcher is looked at, not with the page', async () => {
    const page = await open();
    expect(page.parts().voice.asked).to.deep.equal([]);
    page.button('Ask the tutor')?.dispatchEvent(new PointerEvent('pointerenter'));
    expect(page.parts().voice.asked).to.deep.equal(['warm']);
    page.button('Ask the tutor')?.dispatchEvent(new PointerEvent('pointerenter'));
    expect(page.parts().voice.asked).to.deep.equal(['warm']);
    const other = await open();
    await other.press('Ask the tutor');
    other.parts().push();
    await other.drawn();
    expect(other.parts().voice.asked).to.deep.equal(['warm']);
  });

  it('gives each event with its detail', async () => {
    const page = await open({ topic: 'Sums', grade: '7', lang: 'en-GB' });
    const heard: [string, unknown][] = [];
    for (const name of ['state', 'transport', 'transcript', 'error', 'ended'])
      page.tutor.addEventListener(`voice-tutor-${name}`, (event) =>
        heard.push([name, (event as CustomEvent<unknown>).detail]),
      );
    await page.press('Ask the tutor');
    await page.press('Agree and start');
    const { voice, advance } = page.parts();
    voice.show({ isolation: 'worker' });
    voice.show({ phase: 'listening' });
    voice.tell({ type: 'transcript', seq: 1, turn: 1, speaker: 'learner', delta: 'one half', settled: false });
    voice.tell({ type: 'transcript', seq: 2, turn: 1, speaker: 'learner', delta: ' please', settled: true });
    voice.show({ turn: 1, problem: 'VT_TUTOR_TEMPORARY' });
    advance(5000);
    await page.press('End lesson');
    expect(voice.asked).to.include('start en-GB Sums 7 v1');
    expect(heard).to.deep.equal([
      ['state', { phase: 'connecting' }],
      ['transport', { mode: 'worker' }],
      ['state', { phase: 'listening' }],
      ['transcript', { speaker: 'learner', text: 'one half please' }],
      ['error', { code: 'VT_TUTOR_TEMPORARY' }],
      ['state', { phase: 'ended' }],
      ['ended', { turns: 1, durationMs: 5000 }],
    ]);
  });

  it('reports a lesson without a word of it', async () => {
    const page = await inLesson();
    const { voice, events, advance } = page.parts();
    page.tutor.send('what is one half');
    advance(300);
    voice.say('tutor', 'secret');
    voice.show({ phase: 'reconnecting' });
    voice.show({ phase: 'listening', turn: 1 });
    page.tutor.stop();
    await page.drawn();
    const kinds = events.map(({ kind }) => kind);
    for (const kind of ['session.started', 'session.first-answer', 'session.ended']) expect(kinds).to.include(kind);
    expect(events.find(({ kind }) => kind === 'session.ended')).to.include({
      how: 'completed',
      turns: 1,
      reconnects: 1,
    });
    expect(JSON.stringify(events)).to.not.match(/secret|one half/);
  });

  it('sends nothing before a lesson, and the page’s words within one', async () => {
    const page = await open();
    page.tutor.send('too early');
    expect(page.parts().voice.asked).to.deep.equal([]);
    const lesson = await inLesson();
    lesson.tutor.send('  seven plus eight ');
    lesson.tutor.setContext('Exercise 4');
    lesson.tutor.interrupt();
    expect(lesson.parts().voice.asked.slice(-3)).to.deep.equal([
      'typed: seven plus eight',
      'context: Exercise 4',
      'interrupt',
    ]);
  });

  it('a lesson that was refused never began; one that reconnects began once', async () => {
    const page = await inLesson();
    const { voice, events } = page.parts();
    const started = () => events.filter(({ kind }) => kind === 'session.started');
    voice.show({ phase: 'reconnecting' });
    voice.show({ phase: 'listening' });
    expect(started()).to.have.length(1);
    voice.show({ phase: 'ended' });
    await page.tutor.start();
    voice.show({ phase: 'ended', problem: 'VT_TOO_MANY_SESSIONS' });
    expect(started()).to.have.length(1);
    expect(events.filter(({ kind }) => kind === 'session.ended').at(-1)).to.include({ how: 'failed' });
  });

  it('a language the gateway would refuse costs the language, not the lesson', async () => {
    const page = await inLesson({ lang: 'not a language' });
    expect(page.parts().voice.asked).to.include('start en - - v1');
  });

  it('keeps the microphone muted that the page muted before it was open', async () => {
    const page = await inLesson({ muted: '' });
    await page.press('Speak');
    page.parts().voice.show({ mic: 'open' });
    await page.drawn();
    expect(page.button('Unmute')).to.not.equal(null);
    page.tutor.muted = false;
    await page.drawn();
    expect(page.button('Mute')).to.not.equal(null);
    await page.press('Mute');
    expect(page.parts().voice.asked.at(-1)).to.equal('setMuted true');
    expect(page.tutor.audioStats.playedSamples).to.equal(0);
    page.parts().voice.stats(480);
    expect(page.tutor.audioStats.playedSamples).to.equal(480);
  });

  it('goes on when the page moves it, and ends when the page takes it away', async () => {
    const page = await inLesson();
    const room = document.createElement('div');
    document.body.append(room);
    room.append(page.tutor);
    await page.drawn();
    expect(page.parts().voice.closed).to.equal(false);
    expect(page.find('.panel').matches(':popover-open')).to.equal(true);
    const ended = nextEvent(page.tutor, 'voice-tutor-ended');
    page.tutor.remove();
    await ended;
    expect(page.parts().voice.closed).to.equal(true);
    expect(page.parts().events.map(({ kind }) => kind)).to.include.members(['config.stopped', 'telemetry.stopped']);
    document.body.append(page.tutor);
    await page.drawn();
    expect(page.tutor.made).to.have.length(2);
    await page.press('Start lesson');
    expect(page.parts().voice.asked).to.include('start en - - v1');
  });

  it('leaves nothing of one site to the next when the site key changes during a lesson', async () => {
    const page = await inLesson();
    const [first] = page.tutor.made;
    first?.voice.say('learner', 'private words');
    page.tutor.draft = 'half a thought';
    page.tutor.siteKey = 'pk_other';
    await page.drawn();
    expect(first?.voice.closed).to.equal(true);
    expect(page.parts().options.siteKey).to.equal('pk_other');
    expect(page.text()).to.not.include('private words');
    expect(page.tutor.draft).to.equal('');
    expect(page.button('Agree and start')).to.not.equal(null);
  });

  it('two on one page are two lessons', async () => {
    const [one, two] = [await inLesson(), await open()];
    one.parts().voice.say('learner', 'only here');
    await one.drawn();
    expect(two.text()).to.not.include('only here');
    one.tutor.remove();
    await two.drawn();
    expect(two.parts().voice.closed).to.equal(false);
    expect(await violations(two.tutor)).to.deep.equal([]);
  });

  it('follows the learner’s colour scheme unless the page has one', async () => {
    const page = await open();
    const changed = new Promise((resolve) =>
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', resolve, { once: true }),
    );
    await emulateMedia({ colorScheme: 'dark' });
    await changed;
    await page.drawn();
    expect(page.tutor.hasAttribute('data-dark')).to.equal(true);
    page.tutor.theme = 'light';
    await page.drawn();
    expect(page.tutor.hasAttribute('data-dark')).to.equal(false);
    await emulateMedia({ colorScheme: 'light' });
  });

  it('flushes and lets go of the microphone when the page goes', async () => {
    const page = await inLesson();
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(page.parts().voice.asked.at(-1)).to.equal('closeMic');
    document.dispatchEvent(new Event('visibilitychange'));
  });
});
