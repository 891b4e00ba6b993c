/** A voice client whose code comes when it is first needed, so that pages pay for it only when a learner opens the panel. */
import { createEmitter } from '../protected-core/emitter.js';
import { err, type Result } from '../protected-core/result.js';
import type { ErrorCode } from '../contracts/errors.js';
import { IDLE_LESSON, type LessonEvent, type LessonSnapshot } from '../protected-core/session/lesson.js';
import type { VoiceClient } from '../voice/voice-client.js';

/**
 * Creates a client at rest that fetches the real one on `warm` or `start`; everything else before that is ignored, since
 * there is no lesson yet.
 *
 * @param load fetches the code and creates the client; asked again after it failed.
 * @param onFault told of a failed load.
 */
export function createLazyVoice(load: () => Promise<VoiceClient>, onFault: (error: unknown) => void): VoiceClient {
  const emitter = createEmitter<LessonEvent>(onFault);
  let client: VoiceClient | null = null;
  let loading: Promise<VoiceClient | null> | null = null;
  let latest: LessonSnapshot = IDLE_LESSON;
  /** `start` was called and the core has not reported yet: the learner's press shows at once. */
  let starting = false;
  /** Trouble of the lesson before, which the client still shows until the new one reports. */
  let stale: LessonSnapshot['problem'] = null;
  let closed = false;

  const show = (snapshot: LessonSnapshot) => {
    latest = snapshot;
    emitter.emit({ type: 'snapshot', snapshot });
  };
  const take = (event: LessonEvent) => {
    if (event.type !== 'snapshot') return emitter.emit(event);
    const atRest = event.snapshot.phase === 'idle' || event.snapshot.phase === 'ended';
    if (!atRest) starting = false;
    const problem = event.snapshot.problem === stale ? null : event.snapshot.problem;
    show(starting ? { ...event.snapshot, phase: 'connecting', problem } : event.snapshot);
  };
  const bring = () =>
    (loading ??= load().then(
      (loaded) => {
        if (closed) loaded.close();
        client = loaded;
        loaded.subscribe(take);
        return loaded;
      },
      (error: unknown) => {
        loading = null;
        onFault(error);
        return null;
      },
    ));
  /** In order behind the load; at once when it is there, so that a learner's gesture still counts. */
  const command = (task: (voice: VoiceClient) => void) => {
    if (client) task(client);
    else void loading?.then((loaded) => loaded && task(loaded));
  };
  const ask = async (task: (voice: VoiceClient) => Promise<Result<void, ErrorCode>>) => {
    const voice = client ?? (closed ? null : await bring());
    return voice && !closed ? task(voice) : err<ErrorCode>('VT_UNAVAILABLE');
  };

  return {
    subscribe: (listener) => emitter.subscribe(listener),
    snapshot: () => latest,
    warm: () => void bring().then((voice) => voice?.warm()),
    start(options) {
      starting = true;
      stale = latest.problem;
      show({ ...latest, phase: 'connecting', turn: 0, problem: null });
      return ask(async (voice) => (starting ? voice.start(options) : err('VT_UNAVAILABLE'))).then((outcome) => {
        // The code did not come: the learner may press again.
        if (!client && starting) {
          starting = false;
          show({ ...latest, phase: 'ended', problem: 'VT_UNAVAILABLE' });
        }
        return outcome;
      });
    },
    openMic: () => ask((voice) => voice.openMic()),
    closeMic: () => client?.closeMic(),
    setMuted: (muted) => command((voice) => voice.setMuted(muted)),
    sendText: (text, source, alternatives) => command((voice) => voice.sendText(text, source, alternatives)),
    interrupt: () => command((voice) => voice.interrupt()),
    setContext: (exercise) => command((voice) => voice.setContext(exercise)),
    sendFeedback: (rating, turn) => command((voice) => voice.sendFeedback(rating, turn)),
    end() {
      if (starting) {
        starting = false;
        show({ ...latest, phase: 'ended' });
      }
      client?.end();
    },
    close() {
      closed = true;
      starting = false;
      client?.close();
    },
  };
}
