/** Turns of a lesson: numbers them, and turns what a provider tells into messages and sound for the page. No socket, no clock. */
import type { DownMessage } from '@voice-tutor/sdk/contracts/voice.js';
import type { ProviderEvents, ProviderFailure } from './providers/provider.js';
import { failureCode } from './session-rules.js';

/** Omits `seq` from each member of the union. */
type Numbered<T> = T extends { seq: number } ? Omit<T, 'seq'> : never;
/** A message that has no number yet. */
export type UnnumberedMessage = Numbered<DownMessage>;

/** Where the turns lead. */
export interface LessonTurnsDeps {
  readonly send: (message: UnnumberedMessage) => void;
  readonly sendAudio: (turn: number, samples: Int16Array) => void;
  /** The turn ended before it was said: its sound must not be heard. */
  readonly onCut: () => void;
  /** The provider cannot go on at all. */
  readonly onFinal: () => void;
}

/** The turns. */
export interface LessonTurns {
  readonly events: ProviderEvents;
  /** The newest turn, for a session that had turns in another process. */
  goOnAfter(turn: number): void;
}

/** Creates them. */
export function createLessonTurns({ send, sendAudio, onCut, onFinal }: LessonTurnsDeps): LessonTurns {
  let turn = 0;
  let equations = 0;
  let phase: 'over' | 'open' | 'speaking' = 'over';

  const open = () => {
    if (phase !== 'over') return;
    turn += 1;
    phase = 'open';
  };
  const end = (how: 'complete' | 'interrupted' | 'failed') => {
    if (phase === 'over') return;
    phase = 'over';
    if (how !== 'complete') onCut();
    send({ type: 'turn-end', turn, how });
    send({ type: 'state', state: 'listening' });
  };
  const speak = () => {
    open();
    if (phase === 'speaking') return;
    phase = 'speaking';
    send({ type: 'state', state: 'speaking' });
  };
  return {
    events: {
      learnerText(delta, settled) {
        open();
        send({ type: 'transcript', turn, speaker: 'learner', delta, settled });
      },
      thinking() {
        open();
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
        sendAudio(turn, samples);
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
        if (phase === 'over') return;
        send({ type: 'interrupted', turn });
        end('interrupted');
      },
      turnEnd: () => end('complete'),
      failed(failure: ProviderFailure) {
        end('failed');
        const { code, retryable } = failureCode(failure);
        send({ type: 'error', code, retryable });
        if (!retryable) onFinal();
      },
    },
    goOnAfter(newest) {
      turn = newest;
    },
  };
}
