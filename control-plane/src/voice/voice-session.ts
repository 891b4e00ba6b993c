/** One lesson at the gateway: numbers turns and messages, keeps what a resume needs, joins a page's socket to a provider. */
import { randomBytes } from 'node:crypto';
import { AUDIO_KIND, encodeAudioFrame } from '@voice-tutor/sdk/contracts/voice-audio.js';
import { SessionId } from '@voice-tutor/sdk/contracts/ids.js';
import type { DownMessage, UpMessage } from '@voice-tutor/sdk/contracts/voice.js';
import type { ErrorCode } from '@voice-tutor/sdk/contracts/errors.js';
import type { LessonTopic, ProviderSession, VoiceProvider } from './providers/provider.js';
import { failureCode, type VoiceOptions } from './session-rules.js';

/** The page's end, as far as the session knows it. */
export interface Wire {
  text(data: string): void;
  /** May be dropped when the page is slow. */
  binary(data: ArrayBuffer): void;
}

/** What a session is made of. */
export interface VoiceSessionDeps {
  readonly sessionId: string;
  readonly siteKey: string;
  readonly topic: LessonTopic;
  readonly provider: VoiceProvider;
  readonly options: VoiceOptions;
  /** It ran in another process before. */
  readonly revived: boolean;
  /** A new resume token was given out. */
  readonly onToken: (token: string) => void;
  /** The session is over by itself. */
  readonly onEnd: () => void;
}

/** One lesson. */
export interface VoiceSession {
  readonly siteKey: string;
  /**
   * Joins a socket. With `seen` what came after it is sent again; false when that is no longer kept. A session that came back
   * from the database numbers on from there, and ends the turn that its process took with it.
   */
  attach(wire: Wire, seen: { readonly seq: number; readonly turn: number } | null): boolean;
  detach(): void;
  isAttached(): boolean;
  message(message: Exclude<UpMessage, { type: 'hello' | 'ping' }>): void;
  audio(samples: Int16Array): void;
  tell(code: ErrorCode, retryable: boolean): void;
  drain(withinMs: number): void;
  close(): void;
}

/** Omits `seq` from each member of the union. */
type Numbered<T> = T extends { seq: number } ? Omit<T, 'seq'> : never;
/** Ids of learner texts remembered, so that one sent again is not answered twice. */
const REMEMBERED_TEXTS = 100;

/** Opens a session at its provider; the first socket is attached by the caller. */
export function createVoiceSession({
  sessionId,
  siteKey,
  topic,
  provider,
  options,
  revived,
  onToken,
  onEnd,
}: VoiceSessionDeps): VoiceSession {
  let wire: Wire | null = null;
  let [seq, turn, audioSequence, equations, kept] = [0, 0, 0, 0, 0];
  let turnOpen = false;
  let speaking = false;
  let closed = false;
  let cold = revived;
  const replay: { readonly seq: number; readonly data: string }[] = [];
  const seenTexts = new Set<string>();

  const send = (message: Numbered<DownMessage>) => {
    seq += 1;
    const data = JSON.stringify({ ...message, seq });
    replay.push({ seq, data });
    kept += data.length;
    while (replay.length > options.replayMessages || kept > options.replayBytes)
      kept -= replay.shift()?.data.length ?? kept;
    wire?.text(data);
  };
  const startTurn = () => {
    if (turnOpen) return;
    turn += 1;
    turnOpen = true;
    speaking = false;
  };
  const endTurn = (how: 'complete' | 'interrupted' | 'failed') => {
    if (!turnOpen) return;
    turnOpen = false;
    speaking = false;
    send({ type: 'turn-end', turn, how });
    send({ type: 'state', state: 'listening' });
  };
  const speak = () => {
    startTurn();
    if (speaking) return;
    speaking = true;
    send({ type: 'state', state: 'speaking' });
  };
  const upstream: ProviderSession = provider.open(topic, {
    learnerText(delta, settled) {
      startTurn();
      send({ type: 'transcript', turn, speaker: 'learner', delta, settled });
    },
    thinking() {
      startTurn();
      send({ type: 'state', state: 'thinking' });
    },
    tutorText(delta, settled) {
      speak();
      send({ type: 'transcript', turn, speaker: 'tutor', delta, settled });
    },
    say(sentence) {
      speak();
      send({ type: 'say', turn, text: sentence.slice(0, 1000) });
    },
    audio(samples) {
      speak();
      wire?.binary(encodeAudioFrame({ kind: AUDIO_KIND.tutor, turn, sequence: audioSequence, samples }));
      audioSequence = (audioSequence + 1) >>> 0;
    },
    equation({ latex, role, spoken, caption, step }) {
      speak();
      equations += 1;
      send({
        type: 'equation',
        turn,
        id: `e${equations}`,
        latex,
        role,
        ...(spoken ? { spoken } : {}),
        ...(caption ? { caption: caption.slice(0, 200) } : {}),
        ...(step ? { step } : {}),
      });
    },
    interrupted() {
      if (!turnOpen) return;
      send({ type: 'interrupted', turn });
      endTurn('interrupted');
    },
    turnEnd: () => endTurn('complete'),
    failed(failure) {
      endTurn('failed');
      const { code, retryable } = failureCode(failure);
      send({ type: 'error', code, retryable });
      if (!retryable) close();
    },
  });
  const close = () => {
    if (closed) return;
    closed = true;
    upstream.close();
    onEnd();
  };

  return {
    siteKey,
    attach(next, seen) {
      const lastSeq = seen?.seq ?? null;
      const lostTurn = cold ? (seen?.turn ?? 0) : 0;
      if (cold && seen) [seq, turn] = [seen.seq, seen.turn];
      cold = false;
      const oldest = replay[0]?.seq ?? seq + 1;
      if (lastSeq !== null && (lastSeq > seq || lastSeq + 1 < oldest)) return false;
      wire = next;
      const missed = lastSeq === null ? [] : replay.filter((entry) => entry.seq > lastSeq);
      const resumeToken = randomBytes(32).toString('base64url');
      onToken(resumeToken);
      // `ready` carries the last number already seen, so that what was missed follows in its own numbers.
      const ready: DownMessage = {
        type: 'ready',
        seq: lastSeq ?? seq,
        sessionId: SessionId.parse(sessionId),
        resumeToken,
        resumed: lastSeq !== null,
        provider: provider.name,
        hears: provider.hears,
        speaks: provider.speaks,
      };
      wire.text(JSON.stringify(ready));
      for (const { data } of missed) wire.text(data);
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
        case 'feedback':
          return;
        case 'bye':
          return close();
      }
    },
    audio: (samples) => upstream.sendAudio(samples),
    tell: (code, retryable) => send({ type: 'error', code, retryable }),
    drain: (withinMs) => send({ type: 'draining', withinMs }),
    close,
  };
}
