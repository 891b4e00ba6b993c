/** The panel on small, large and foreign screens; and that the check for everybody does find what is wrong. */
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { inLesson, open, violations } from './element-page.fake.js';
import { FakeTutor } from './voice-tutor.fake.js';

describe('the panel', () => {
  beforeEach(() => (FakeTutor.kept = new Map()));
  afterEach(async () => {
    document.body.replaceChildren();
    await setViewport({ width: 1000, height: 800 });
  });

  it('breaks words that have no end, in a panel that never overflows', async () => {
    for (const [width, height] of [
      [1280, 800],
      [360, 640],
      [320, 256],
      [640, 320],
    ] as const) {
      await setViewport({ width, height });
      const page = await inLesson({ topic: 'x'.repeat(200) });
      page.parts().voice.say('learner', 'a'.repeat(500));
      page.parts().voice.say('tutor', 'b'.repeat(500));
      page.parts().voice.show({ problem: 'VT_MIC_LOST', mic: 'open', phase: 'speaking' });
      await page.drawn();
      const panel = page.find('.panel');
      await Promise.all(panel.getAnimations().map(({ finished }) => finished));
      const box = panel.getBoundingClientRect();
      expect(box.left, `left of ${width}`).to.be.at.least(0);
      expect(box.right, `right of ${width}`).to.be.at.most(width);
      expect(box.top, `top of ${width}`).to.be.at.least(0);
      expect(box.bottom, `bottom of ${width}`).to.be.at.most(height);
      expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
      expect(page.find('.log').scrollWidth).to.be.at.most(page.find('.log').clientWidth);
      const close = page.find('.close').getBoundingClientRect();
      expect(document.elementFromPoint(close.left + 8, close.top + 8)).to.equal(page.tutor);
      for (const button of page.root.querySelectorAll('button')) {
        const { width: w, height: h } = button.getBoundingClientRect();
        expect(Math.min(w, h), button.textContent).to.be.at.least(44);
      }
      page.tutor.remove();
    }
  });

  it('keeps the newest words in sight when a feature appears below them', async () => {
    const page = await inLesson();
    page.parts().voice.say('tutor', 'many words '.repeat(300));
    await page.drawn();
    const log = page.find('.log');
    const left = () => log.scrollHeight - log.scrollTop - log.clientHeight;
    expect(left()).to.be.below(2);
    const [before, scrolled] = [log.clientHeight, new Promise((resolve) => (log.onscroll = resolve))];
    page.tutor.featureSlot('form').append(document.createElement('textarea'));
    expect(log.clientHeight).to.be.below(before);
    // The first scroll may still be the one of the words.
    while (left() >= 2) await scrolled.then(() => new Promise(requestAnimationFrame));
    expect(left()).to.be.below(2);
  });

  it('stands on the other side of a page that is read from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const page = await inLesson();
    const box = page.find('.panel').getBoundingClientRect();
    document.documentElement.dir = 'ltr';
    expect(box.left).to.be.below(100);
  });

  it('is part of the page when it is inline, and Escape leaves it open', async () => {
    const page = await open({ variant: 'inline' });
    await page.press('Agree and start');
    page.find('.panel').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await page.drawn();
    expect(page.find('.panel').getAttribute('role')).to.equal('region');
    expect(getComputedStyle(page.find('.panel')).position).to.equal('relative');
  });

  it('the check finds what is wrong, or it would check nothing', async () => {
    const page = await inLesson();
    page.tutor.style.setProperty('--voice-tutor-quiet', '#ddd');
    page.tutor.featureSlot('bad').append(document.createElement('img'));
    const found = (await violations(page.tutor)).join('\n');
    expect(found).to.include('image-alt').and.include('color-contrast');
  });
});
