/** The SDK's composition root: the only place that knows the browser's real clock, storage, fetch, worker and voice. */
import type { VoiceClient } from '../voice/voice-client.js';
import { fetchText, openEventStream, postText } from '../config/browser-config.js';
import { cohortOf } from '../config/cohort.js';
import { createConfigClient, type ConfigClient } from '../config/config-client.js';
import { createEventQueue, type EventQueue } from '../telemetry/event-queue.js';
import { createSender } from '../telemetry/sender.js';
import type { ConfigAnswer } from '../contracts/config.js';
import { createGuard, type Guard } from '../protected-core/guard.js';
import type { Clock, KeyValueStore, Reporter } from '../protected-core/ports.js';
import { systemIds, systemRandom } from '../platform/chance.js';
import { systemClock } from '../platform/clock.js';
import { browserStorage } from '../platform/storage.js';
import { trustScriptUrl } from '../platform/trusted-types.js';
import { createLazyVoice } from './lazy-voice.js';
import { RELEASE } from './release.js';

/** Everything one element works with. */
export interface Parts {
  readonly clock: Clock;
  readonly store: KeyValueStore;
  readonly guard: Guard;
  readonly voice: VoiceClient;
  readonly config: ConfigClient;
  readonly telemetry: EventQueue;
  readonly fontBase: string;
  readonly release: string;
}

/** This page load's place among all page loads, the same for every element of the page. */
const PAGE_LOAD = systemRandom.next();

/** For which site, and where its control plane is. */
export interface AssembleOptions {
  readonly serverOrigin: string;
  readonly siteKey: string;
}

/** Puts the parts of one element together; starts nothing. */
export function assemble({ serverOrigin, siteKey }: AssembleOptions): Parts {
  const store = browserStorage();
  const cohort = cohortOf(store, systemRandom);
  const config = createConfigClient(
    {
      clock: systemClock,
      random: systemRandom,
      store,
      fetchText,
      openStream: openEventStream,
      post: postText,
      onFault: (error) => reporter.fault('config', error),
    },
    { serverOrigin, siteKey, cohort, release: RELEASE },
  );
  const telemetry = createEventQueue(
    {
      clock: systemClock,
      random: systemRandom,
      ids: systemIds,
      send: createSender(serverOrigin),
      variants: () =>
        Object.fromEntries(
          (config.current()?.flags ?? []).map(({ flagKey, variant, value }) => [
            flagKey,
            // One that a decision switched off must not be counted for the variant that the list still names.
            value === false ? variant : (config.variant(flagKey) ?? 'off'),
          ]),
        ),
    },
    { siteKey, release: RELEASE, cohort, capacity: 64, flushMs: 5000, samplePoint: PAGE_LOAD },
  );
  const sample = (answer: ConfigAnswer | null) => answer && telemetry.setSampleRatio(answer.telemetry.sampleRatio);
  sample(config.current());
  config.subscribe(sample);
  const reporter: Reporter = { fault: () => telemetry.add({ kind: 'error.seen', code: 'VT_INTERNAL' }) };
  const base = new URL('./', import.meta.url).href;
  const loadVoice = async () => {
    const { browserRecogniser, browserVoice, createVoiceClient, workerSource } = await import('./voice-chunk.js');
    return createVoiceClient({
      clock: systemClock,
      random: systemRandom,
      ids: systemIds,
      reporter,
      workerSource,
      trustScriptUrl: (url) => trustScriptUrl(url),
      release: RELEASE,
      captureWorkletUrl: new URL('worklets/capture.js', base).href,
      playbackWorkletUrl: new URL('worklets/playback.js', base).href,
      isolation: config.current()?.voice.isolation ?? ['worker', 'page'],
      recogniser: browserRecogniser(systemClock),
      browserVoice: browserVoice(),
    });
  };
  return {
    clock: systemClock,
    store,
    guard: createGuard(reporter),
    voice: createLazyVoice(loadVoice, (error) => reporter.fault('voice.load', error)),
    config,
    telemetry,
    fontBase: new URL('fonts/', base).href,
    release: RELEASE,
  };
}

const watched = Symbol.for('voice-tutor.vitals');

/** Reports the page's vitals through this element, unless another element of the page does already. */
export function watchVitalsOnce(telemetry: EventQueue): void {
  const page = globalThis as { [watched]?: true | undefined };
  if (page[watched]) return;
  page[watched] = true;
  // A chunk of its own: the observers are buffered, so what happened before it came is still told.
  import('../telemetry/vitals.js').then(
    ({ watchVitals }) => watchVitals((event) => telemetry.add(event)),
    () => {
      page[watched] = undefined;
    },
  );
}
