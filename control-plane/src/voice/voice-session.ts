/** One lesson at the gateway: numbers messages, keeps what a resume needs, joins a page's socket to a provider. */
import { SessionId } from '@voice-tutor/sdk/contracts/ids.js';
import { AUDIO_KIND, encodeAudioFrame } from '@voice-tutor/sdk/contracts/voice-audio.js';
import type { DownMessage, UpMessage } from '@voice-tutor/sdk/contracts/voice.js';
import type { Ids } from '../platform/clock.js';
import { createLessonTurns, type UnnumberedMessage } from './lesson-turns.js';
import type { LessonTopic, VoiceProvider } from './providers/provider.js';
import { createReplayBuffer } from './replay-buffer.js';
import type { VoiceOptions } from './session-rules.js';
import type { VoiceCounters } from './voice-counters.js';

/** The page's end, as far as the session knows it. */
export interface Wire {
  text(data: string): void;
  /** May be dropped when the page is slow. */
  binary(data: ArrayBuffer): void;
  /** The lesson is over. */
  end(): void;
}

/** What a session is made of. */
export interface VoiceSessionDeps {
  readonly sessionId: string;
  readonly topic: LessonTopic;
  readonly provider: VoiceProvider;
  readonly ids: Ids;
  readonly options: VoiceOptions;
  readonly counters: VoiceCounters;
  /** It ran in another process before. */
  readonly revived: boolean;
  /** A new resume token was given out. */
  readonly onToken: (token: string) => void;
  /** The session is over by itself. */
  readonly onEnd: () => void;
}

/** How a page asks to go on. */
export type Resume = Extract<Extract<UpMessage, { type: 'hello' }>['auth'], { kind: 'resume' }>;

/** One lesson. */
export interface VoiceSession {
  /**
   * Joins a socket. With `resume` what the page misses is sent again; false when that is no longer kept. A session that came back
   * from the database numbers on from there, and ends a turn that its process took with it.
   */
  attach(wire: Wire, resume: Resume | null): boolean;
  detach(): void;
  isAttached(): boolean;
  message(message: Exclude<UpMessage, { type: 'hello' }>): void;
  audio(samples: Int16Array): void;
  drain(withinMs: number): void;
  close(): void;
}

/** Ids of learner texts remembered, so that one sent again is not answered twice. */
const REMEMBERED_TEXTS = 100;

/** Opens a session at its provider; the first socket is attached by the caller. */
export function createVoiceSession(deps: VoiceSessionDeps): VoiceSession {
  const { sessionId, topic, provider, ids, options, counters } = deps;
  let wire: Wire | null = null;
  let [seq, audioSequence] = [0, 0];
  let closed = false;
  let cold = deps.revived;
  const seenTexts = new Set<string>();
  const replay = createReplayBuffer(options, () => void (counters.lostAudio += 1));

  const send = (message: UnnumberedMessage) => {
    seq += 1;
    const data = JSON.stringify({ ...message, seq });
    replay.message(seq, data);
    wire?.text(data);
  };
  const close = () => {
    if (closed) return;
    closed = true;
    upstream.close();
    replay.forgetAudio();
    deps.onEnd();
    wire?.end();
  };
  const turns = createLessonTurns({
    send,
    sendAudio(turn, samples) {
      const data = encodeAudioFrame({ kind: AUDIO_KIND.tutor, turn, sequence: audioSequence, samples });
      replay.audio(audioSequence, data, wire !== null);
      wire?.binary(data);
      audioSequence = (audioSequence + 1) >>> 0;
    },
    onCut: () => replay.forgetAudio(),
    onFinal: () => close(),
  });
  const upstream = provider.open(topic, turns.events);

  /** Goes on where another process ended; says what turn was lost with it, 0 for none. */
  const warm = ({ lastSeq, lastTurn = 0, lastAudioSequence, turnOpen = true }: Resume): number => {
    seq = lastSeq;
    replay.goOnAfter(seq);
    turns.goOnAfter(lastTurn);
    if (lastAudioSequence !== undefined) audioSequence = (lastAudioSequence + 1) >>> 0;
    return turnOpen ? lastTurn : 0;
  };

  return {
    attach(next, resume) {
      const lostTurn = cold && resume ? warm(resume) : 0;
      cold = false;
      const missed = resume ? replay.resend({ seq: resume.lastSeq, audioSequence: resume.lastAudioSequence }) : [];
      if (missed === null) return false;
      wire = next;
      const resumeToken = ids.secret();
      deps.onToken(resumeToken);
      // `ready` carries the last number already seen, so that what was missed follows in its own numbers.
      const ready: DownMessage = {
        type: 'ready',
        seq: resume?.lastSeq ?? seq,
        sessionId: SessionId.parse(sessionId),
        resumeToken,
        resumed: resume !== null,
        provider: provider.name,
        hears: provider.hears,
        speaks: provider.speaks,
      };
      wire.text(JSON.stringify(ready));
      for (const data of missed) {
        if (typeof data === 'string') wire.text(data);
        else wire.binary(data);
      }
      if (lostTurn > 0) send({ type: 'turn-end', turn: lostTurn, how: 'failed' });
      return true;
    },
    detach() {
      wire = null;
    },
    isAttached: () => wire !== null,
    message(message) {
      switch (message.type) {
        case 'text':
          if (seenTexts.has(message.id)) return;
          seenTexts.add(message.id);
          if (seenTexts.size > REMEMBERED_TEXTS) seenTexts.delete(seenTexts.values().next().value ?? '');
          // An answer under way is cut off by the provider, which closes its turn first.
          return upstream.sendText(message.text, message.alternatives ?? []);
        case 'mic':
          if (message.state !== 'open' && message.state !== 'talk-down') upstream.endAudio();
          return;
        case 'interrupt':
          return upstream.interrupt();
        case 'context':
          return upstream.setContext(message.exercise);
        case 'ping':
          return replay.acknowledge(message.lastSeq);
        case 'feedback':
          return;
        case 'bye':
          return close();
      }
    },
    audio: (samples) => upstream.sendAudio(samples),
    drain: (withinMs) => send({ type: 'draining', withinMs }),
    close,
  };
}
