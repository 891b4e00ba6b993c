/** A lesson as the learner meets it: transcript and formulas, drafts, copies, scrolling, features. */
import { expect } from '@open-wc/testing';
import type { MathView } from '../transcript/math/math-view.js';
import { inLesson, violations, type Page } from './element-page.fake.js';
import { FakeTutor } from './voice-tutor.fake.js';

/** Waits until a formula is drawn, by its own report. */
async function formulas(page: Page, count: number): Promise<MathView[]> {
  const drawn = () => page.parts().events.filter(({ kind }) => kind === 'math.drawn').length;
  while (drawn() < count) await new Promise((resolve) => requestAnimationFrame(resolve));
  return [...page.root.querySelectorAll<MathView>('vt-math')];
}
const log = (page: Page) => page.find('.log');

describe('a lesson', () => {
  beforeEach(() => (FakeTutor.kept = new Map()));
  afterEach(() => document.body.replaceChildren());

  it('shows formulas, one style sheet for all of them and over elements, fonts registered once', async () => {
    const [page, other] = [await inLesson(), await inLesson()];
    for (let i = 1; i <= 5; i += 1)
      page.parts().voice.formula(`x=${i}`, {
        spoken: `x equals ${i}`,
        step: i,
        caption: 'Divide',
        role: i === 5 ? 'answer' : 'step',
      });
    other.parts().voice.formula('y=\\frac{1}{2}');
    await Promise.all([page.drawn(), other.drawn()]);
    const views = [...(await formulas(page, 5)), ...(await formulas(other, 1))];
    const sheets = new Set(views.map((view) => view.shadowRoot?.adoptedStyleSheets[0]));
    expect(views).to.have.length(6);
    expect(sheets.size).to.equal(1);
    const faces = [...document.fonts].filter(({ family }) => family.includes('KaTeX_Main'));
    expect(faces).to.have.length(4);
    expect(page.text()).to.include('Step 1 · Divide').and.include('Answer · Divide');
    expect(views[0]?.getAttribute('aria-label')).to.equal('x equals 1');
    expect(await violations(page.tutor)).to.deep.equal([]);
  });

  it('does not say Answer twice', async () => {
    const page = await inLesson();
    page.parts().voice.formula('x=4', { role: 'answer', caption: 'Answer' });
    await page.drawn();
    expect(page.find('.caption').textContent.trim()).to.equal('Answer');
  });

  it('asks an example with one press', async () => {
    const page = await inLesson();
    await page.press('Solve 2x + 3 = 11');
    expect(page.parts().voice.asked.at(-1)).to.equal('typed: Solve 2x + 3 = 11');
  });

  it('keeps a draft over a lost connection, a closed panel and a new lesson', async () => {
    const page = await inLesson();
    page.tutor.draft = 'half a thought';
    for (const phase of ['reconnecting', 'listening'] as const) {
      page.parts().voice.show({ phase });
      await page.drawn();
      expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('half a thought');
    }
    await page.press('Close');
    await page.press('Your turn');
    await page.press('End lesson');
    await page.press('Start again');
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('half a thought');
  });

  it('loses nothing when a lesson is ended by mistake: what was said stays above the next one', async () => {
    const page = await inLesson();
    page.parts().voice.say('learner', 'first question');
    await page.press('End lesson');
    expect(page.text()).to.include('first question');
    await page.press('Start again');
    page.parts().voice.show({ phase: 'listening' });
    page.parts().voice.say('learner', 'second question');
    await page.drawn();
    expect([...page.root.querySelectorAll('.text')].map((words) => words.textContent)).to.deep.equal([
      'first question',
      'second question',
    ]);
  });

  it('copies the transcript, says so, and for a moment only', async () => {
    const page = await inLesson();
    page.parts().voice.say('learner', 'seven plus eight');
    page.parts().voice.formula('15');
    await page.drawn();
    const clipboard = navigator.clipboard;
    let copied = '';
    const put = (writeText: (text: string) => Promise<void>) =>
      Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    put(async (text) => void (copied = text));
    await page.press('Copy transcript');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await page.drawn();
    expect(copied).to.equal('You: seven plus eight\n  $15$');
    expect(page.find('.toast').textContent).to.equal('Copied');
    expect(await violations(page.tutor)).to.deep.equal([]);
    page.parts().advance(4000);
    await page.drawn();
    expect(page.root.querySelector('.toast')).to.equal(null);
    await page.press('End lesson');
    put(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    await page.press('Copy transcript');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await page.drawn();
    expect(page.text()).to.include('Select the text above instead');
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  });

  it('stays at the end, but not when the learner has scrolled up', async () => {
    const page = await inLesson();
    const { voice } = page.parts();
    for (let turn = 1; turn < 40; turn += 1) voice.say('tutor', `line ${turn}`, turn);
    await page.drawn();
    const gap = () => log(page).scrollHeight - log(page).scrollTop - log(page).clientHeight;
    expect(gap()).to.be.below(2);
    const scrolled = new Promise((resolve) => log(page).addEventListener('scroll', resolve, { once: true }));
    log(page).scrollTop = 50;
    await scrolled;
    voice.say('tutor', 'something new', 40);
    await page.drawn();
    expect(log(page).scrollTop).to.equal(50);
    await page.press('Newest');
    expect(gap()).to.be.below(2);
    expect(page.button('Newest')).to.equal(null);
  });

  it('stays at the end while formulas grow under it', async () => {
    const page = await inLesson();
    const tall = (n: number) =>
      `\\begin{matrix}${Array.from({ length: 12 }, (_, i) => `${n}_${i}`).join('\\\\')}\\end{matrix}`;
    for (let n = 1; n <= 4; n += 1) {
      page.parts().voice.formula(tall(n));
      await page.drawn();
      // What a browser does when the end is moved away under the position that was set.
      log(page).dispatchEvent(new Event('scroll'));
    }
    await formulas(page, 4);
    await page.drawn();
    expect(log(page).scrollHeight).to.be.above(log(page).clientHeight);
    expect(log(page).scrollHeight - log(page).scrollTop - log(page).clientHeight).to.be.below(2);
    expect(page.button('Newest')).to.equal(null);
  });

  it('says that it is offline, and no longer when it is not', async () => {
    const page = await inLesson();
    const online = (value: boolean) => {
      Object.defineProperty(navigator, 'onLine', { value, configurable: true });
      dispatchEvent(new Event(value ? 'online' : 'offline'));
      return page.drawn();
    };
    await online(false);
    expect(page.find('[role=alert]').textContent).to.include('You are offline');
    expect(await violations(page.tutor)).to.deep.equal([]);
    await online(true);
    expect(page.root.querySelector('[role=alert]')).to.equal(null);
  });

  it('counts the last 200 characters', async () => {
    const page = await inLesson();
    page.tutor.draft = 'x'.repeat(1990);
    await page.drawn();
    expect(page.find('.count').textContent).to.equal('10 left');
    expect(await violations(page.tutor)).to.deep.equal([]);
  });

  it('keeps a feature’s nodes when the panel is closed, opened, and the lesson ends', async () => {
    const page = await inLesson();
    const slot = page.tutor.featureSlot('some-feature');
    slot.append(document.createElement('output'));
    expect(slot.parentElement).to.equal(page.find('.slot'));
    await page.press('Close');
    await page.press('Your turn');
    expect(page.tutor.featureSlot('some-feature')).to.equal(slot);
    expect(slot.parentElement).to.equal(page.find('.slot'));
    await page.press('End lesson');
    expect(slot.isConnected).to.equal(true);
    page.tutor.removeFeatureSlot('some-feature');
    expect(page.find('.slot').childElementCount).to.equal(0);
  });

  it('runs a feature behind its flag, and takes it away with it', async () => {
    const page = await inLesson();
    const { flags, push, voice } = page.parts();
    flags['feedback-form'] = 'on';
    voice.show({ turn: 1 });
    push();
    while (!page.button('Going well')) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(await violations(page.tutor)).to.deep.equal([]);
    await page.press('Going well');
    expect(voice.asked.at(-1)).to.equal('feedback up 1');
    delete flags['feedback-form'];
    push();
    await page.drawn();
    expect(page.find('.slot').childElementCount).to.equal(0);
  });

  it('shows how a turn went wrong', async () => {
    const page = await inLesson();
    page.parts().voice.tell({ type: 'turn-end', seq: 1, turn: 1, how: 'interrupted' });
    page.parts().voice.tell({ type: 'turn-end', seq: 2, turn: 2, how: 'failed' });
    await page.drawn();
    expect(page.text()).to.include('Stopped.').and.include('This answer was cut off. Ask again.');
  });
});
