/** Every state that a learner can see: what it says, what it offers, and that axe finds nothing wrong with it, light and dark. */
import { expect } from '@open-wc/testing';
import { ERROR_CODES } from '../contracts/errors.js';
import type { LessonSnapshot } from '../protected-core/session/lesson.js';
import { errorText, phaseText } from './messages-en.js';
import { inLesson, open, violations, type Page } from './element-page.fake.js';
import { FakeTutor } from './voice-tutor.fake.js';

/** Opens the panel and shows the state; answers with the page and with what must be read there. */
type Scene = (
  theme: string,
) => Promise<{ readonly page: Page; readonly reads: readonly string[]; readonly offers: readonly string[] }>;

const lesson =
  (change: Partial<LessonSnapshot>, reads: string[], offers: string[]): Scene =>
  async (theme) => {
    const page = await inLesson({ theme, topic: 'Fractions' });
    page.parts().voice.say('learner', 'what is one half plus one third');
    page.parts().voice.show(change);
    await page.drawn();
    return { page, reads, offers };
  };

const scenes: Record<string, Scene> = {
  'closed launcher': async (theme) => ({
    page: await open({ theme }),
    reads: ['Ask the tutor'],
    offers: ['Ask the tutor'],
  }),
  consent: async (theme) => {
    const page = await open({ theme });
    await page.press('Ask the tutor');
    return {
      page,
      reads: ['We do not keep them', 'service of another company', 'type instead', phaseText.idle],
      offers: ['Agree and start', 'Close'],
    };
  },
  'consent of minors': async (theme) => {
    const page = await open({ theme });
    page.parts().push({ audience: 'minors' });
    await page.press('Ask the tutor');
    return { page, reads: ['ask a parent or your teacher'], offers: ['Agree and start'] };
  },
  'start, agreed before': async (theme) => {
    FakeTutor.kept.set('consent:pk_test:1', 'yes');
    const page = await open({ theme });
    await page.press('Ask the tutor');
    return { page, reads: ['by voice or in writing'], offers: ['Start lesson', 'Close'] };
  },
  'empty lesson': async (theme) => ({
    page: await inLesson({ theme }),
    reads: ['What would you like to understand?', phaseText.listening],
    offers: ['Solve 2x + 3 = 11', 'Speak', 'Send', 'End lesson'],
  }),
  connecting: lesson({ phase: 'connecting' }, [phaseText.connecting], ['Speak', 'End lesson']),
  listening: lesson(
    { phase: 'listening' },
    [phaseText.listening, 'one half plus one third'],
    ['Speak', 'Copy transcript'],
  ),
  thinking: lesson({ phase: 'thinking' }, [phaseText.thinking], ['Stop']),
  speaking: lesson({ phase: 'speaking' }, [phaseText.speaking], ['Stop']),
  reconnecting: lesson({ phase: 'reconnecting' }, [phaseText.reconnecting], ['End lesson']),
  draining: lesson({ phase: 'draining' }, [phaseText.draining], ['End lesson']),
  'text only': lesson({ phase: 'text-only' }, ['Voice unavailable. Type instead.'], ['Send']),
  'microphone opening': lesson({ mic: 'opening' }, [], ['Allow the microphone']),
  'microphone open': lesson({ mic: 'open', micLevel: 0.4 }, [], ['Mute']),
  'microphone muted': lesson({ mic: 'muted' }, [], ['Unmute']),
  'microphone denied': lesson({ mic: 'denied' }, [errorText.VT_MIC_DENIED], ['Speak']),
  'microphone missing': lesson({ mic: 'missing' }, [errorText.VT_MIC_NOT_FOUND], ['Speak']),
  'microphone lost': lesson({ mic: 'lost' }, [errorText.VT_MIC_LOST], ['Speak']),
  ended: lesson(
    { phase: 'ended', turn: 1 },
    ['That was 1 question. Well done.', 'one half plus one third'],
    ['Start again', 'Copy transcript'],
  ),
  'ended at once': lesson({ phase: 'ended' }, ['The lesson is over.'], ['Start again']),
  'wrong site key': async (theme) => {
    const page = await open({ theme, 'site-key': 'nonsense' });
    await page.press('Ask the tutor');
    return { page, reads: [errorText.VT_SITE_UNKNOWN], offers: ['Close'] };
  },
  inline: async (theme) => ({
    page: await open({ theme, variant: 'inline' }),
    reads: ['Before you start'],
    offers: ['Agree and start'],
  }),
  ...Object.fromEntries(
    ERROR_CODES.filter((code) => code !== 'VT_CONSENT_REQUIRED').flatMap((problem) => [
      [`${problem} in a lesson`, lesson({ problem }, [errorText[problem]], ['End lesson'])] as const,
      [`${problem} at its end`, lesson({ phase: 'ended', problem }, [errorText[problem]], ['Start again'])] as const,
    ]),
  ),
};

for (const theme of ['light', 'dark']) {
  describe(`the element, ${theme}`, () => {
    beforeEach(() => (FakeTutor.kept = new Map()));
    afterEach(() => document.body.replaceChildren());

    for (const [name, scene] of Object.entries(scenes)) {
      it(name, async () => {
        const { page, reads, offers } = await scene(theme);
        for (const sentence of reads) expect(page.text()).to.include(sentence);
        for (const offer of offers) expect(page.button(offer), offer).to.not.equal(null);
        expect(page.tutor.hasAttribute('data-dark')).to.equal(theme === 'dark');
        expect(await violations(page.tutor)).to.deep.equal([]);
        expect(page.tutor.made.at(-1)?.faults ?? []).to.deep.equal([]);
      });
    }
  });
}

describe('consent', () => {
  afterEach(() => document.body.replaceChildren());

  it('is asked for again when the gateway takes it no longer', async () => {
    FakeTutor.kept = new Map();
    const page = await inLesson();
    page.parts().voice.show({ phase: 'ended', problem: 'VT_CONSENT_REQUIRED' });
    await page.drawn();
    expect(page.button('Agree and start')).to.not.equal(null);
    expect(await violations(page.tutor)).to.deep.equal([]);
  });

  it('is asked for again when its text has changed', async () => {
    FakeTutor.kept = new Map([['consent:pk_test:1', 'yes']]);
    const page = await open();
    page.parts().push({ consentVersion: 2 });
    await page.press('Ask the tutor');
    await page.press('Agree and start');
    expect(FakeTutor.kept.get('consent:pk_test:2')).to.equal('yes');
    expect(page.parts().voice.asked).to.include('start en - - v2');
  });
});
