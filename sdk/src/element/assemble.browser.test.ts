/** The real parts together, without a control plane: what a page gets whose tutor cannot be reached. */
import { expect } from '@open-wc/testing';
import '../define.js';
import type { LessonSnapshot } from '../protected-core/session/lesson.js';
import { assemble, watchVitalsOnce } from './assemble.js';
import type { VoiceTutor } from './voice-tutor.js';

/** Nobody listens on the discard port. */
const NOWHERE = 'http://127.0.0.1:9';

describe('the real parts', () => {
  it('warm a worker, and say that they reconnect when nobody answers', async () => {
    const parts = assemble({ serverOrigin: NOWHERE, siteKey: 'pk_test' });
    const seen: LessonSnapshot[] = [];
    const reaches = (wanted: (snapshot: LessonSnapshot) => boolean) =>
      new Promise<void>((resolve) => {
        parts.voice.subscribe((event) => {
          if (event.type !== 'snapshot') return;
          seen.push(event.snapshot);
          if (wanted(event.snapshot)) resolve();
        });
      });
    const warm = reaches(({ isolation }) => isolation !== null);
    parts.voice.warm();
    await warm;
    expect(parts.voice.snapshot().isolation).to.equal('worker');
    const lost = reaches(({ phase }) => phase === 'reconnecting');
    await parts.voice.start({
      serverOrigin: NOWHERE,
      siteKey: 'pk_test',
      request: { consent: { given: true, version: 1 }, lang: 'en' },
    });
    await lost;
    const ended = reaches(({ phase }) => phase === 'ended');
    parts.voice.end();
    await ended;
    parts.voice.close();
    expect(seen.map(({ phase }) => phase)).to.include('connecting');
    expect(parts.release).to.match(/^\d+\.\d+\.\d+/);
    expect(new URL(parts.fontBase).pathname).to.match(/\/fonts\/$/);
  });

  it('watch the page’s vitals once, however many elements there are', async () => {
    const parts = assemble({ serverOrigin: NOWHERE, siteKey: 'pk_test' });
    let added = 0;
    const telemetry = { ...parts.telemetry, add: () => void (added += 1) };
    Reflect.deleteProperty(globalThis, Symbol.for('voice-tutor.vitals'));
    watchVitalsOnce(telemetry);
    watchVitalsOnce({ ...telemetry, add: () => expect.fail('a second watcher') });
    while (added === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    parts.telemetry.stop();
  });

  it('make an element that stands on a page without a server and throws nothing into it', async () => {
    const faults: unknown[] = [];
    const note = (event: Event) => faults.push(event);
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);
    const tutor: VoiceTutor = document.createElement('voice-tutor');
    tutor.serverOrigin = NOWHERE;
    tutor.siteKey = 'pk_test';
    document.body.append(tutor);
    await tutor.updateComplete;
    tutor.open = true;
    await tutor.updateComplete;
    expect(tutor.shadowRoot?.textContent).to.include('Before you start');
    tutor.remove();
    await new Promise((resolve) => setTimeout(resolve));
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
    expect(faults).to.deep.equal([]);
  });
});
