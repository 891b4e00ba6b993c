/** The element without a mouse, and with parts that fail: the focus is never lost, and no fault reaches the page. */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { inLesson, open } from './element-page.fake.js';
import { FakeTutor } from './voice-tutor.fake.js';

const thrown: string[] = [];
const onError = (event: ErrorEvent) => thrown.push(event.message);
const onRejection = (event: PromiseRejectionEvent) => thrown.push(String(event.reason));
/** Rejections are told after the task in which they happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('keyboard and faults', () => {
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

  it('Escape closes the panel and gives the focus back; the lesson goes on and the launcher says so', async () => {
    const page = await open();
    page.button('Ask the tutor')?.focus();
    await sendKeys({ press: 'Enter' });
    await page.drawn();
    expect(page.root.activeElement).to.equal(page.button('Agree and start'));
    await sendKeys({ press: 'Enter' });
    await page.drawn();
    page.parts().voice.show({ phase: 'listening', mic: 'open' });
    await page.drawn();
    expect(page.root.activeElement?.localName).to.equal('textarea');
    let leaked = false;
    document.addEventListener('keydown', () => (leaked = true), { once: true });
    await sendKeys({ press: 'Escape' });
    await page.drawn();
    expect(leaked).to.equal(false);
    expect(page.tutor.open).to.equal(false);
    expect(page.root.activeElement).to.equal(page.find('.launcher'));
    expect(page.find('.launcher').textContent).to.include('Your turn');
    expect(page.find('.rec').textContent).to.include('Microphone on');
    expect(page.parts().voice.closed).to.equal(false);
  });

  it('can be used by keyboard alone', async () => {
    const page = await inLesson();
    page.find('textarea').focus();
    await sendKeys({ type: 'seven plus eight' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('seven plus eight\n');
    await sendKeys({ press: 'Enter' });
    await page.drawn();
    expect(page.parts().voice.asked.at(-1)).to.equal('typed: seven plus eight');
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('');
    await sendKeys({ press: 'Tab' });
    expect(page.root.activeElement).to.equal(page.button('Speak'));
    await sendKeys({ press: 'Tab' });
    expect(page.root.activeElement).to.equal(page.button('End lesson'));
    await sendKeys({ press: 'Enter' });
    await page.drawn();
    // The button is gone; the focus is not.
    expect(page.root.activeElement).to.equal(page.button('Start again'));
  });

  it('survives parts that cannot be put together', async () => {
    FakeTutor.broken = true;
    const page = await open();
    await page.press('Ask the tutor');
    expect(page.text()).to.include('Something went wrong. Reload the page');
    await page.tutor.start();
    page.tutor.stop();
    page.tutor.send('x');
  });

  it('survives a voice that fails at everything, and closes it all the same', async () => {
    const page = await inLesson();
    page.parts().voice.failing = true;
    page.tutor.mute();
    page.tutor.interrupt();
    page.tutor.send('x');
    page.tutor.setContext('y');
    await page.press('Speak');
    page.tutor.remove();
    await settled();
    expect(page.parts().faults).to.include.members([
      'element.mute',
      'element.interrupt',
      'element.send',
      'element.mic',
    ]);
    expect(page.parts().events.map(({ kind }) => kind)).to.include('telemetry.stopped');
  });
});
