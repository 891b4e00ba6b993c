/** From what the service says to what the page is told: whose turn it is, what is dropped, what settles. No connection, no clock. */
import type { ProviderEvents } from '../provider.js';
import { decodeSamples, type ServerContent, type ServerMessage } from './messages.js';
import { createToolCalls, type AnswerCall } from './tool-calls.js';

/** One second: what a page's queue takes at once. */
const PIECE_SAMPLES = 24_000;
/** The service's reasons for ending a turn on purpose. */
const BLOCKED = /PROHIBITED|BLOCKLIST|SAFETY|SPII|RECITATION/;

/** The conversation's state. */
export interface LiveTurn {
  /** The learner typed; an answer under way is cut off. */
  text(text: string): void;
  interrupt(): void;
  /** Takes every fact of a message. */
  take(message: ServerMessage): void;
  /** Nothing is asked and nothing is being said. */
  isIdle(): boolean;
  /** The connection is gone: ends what it was saying; returns a typed question without an answer, which stays open unless given up. */
  lost(giveUp?: boolean): string | null;
}

const plain = (words: string) => words.replace(/\s+/g, ' ').trim();

/** Creates it. */
export function createLiveTurn(events: ProviderEvents, answerCall: AnswerCall): LiveTurn {
  /** Where the service is; `playing` lasts from the end of making an answer to the end of hearing it. */
  let phase: 'idle' | 'asked' | 'generating' | 'playing' = 'idle';
  /** The page has a turn open. */
  let open = false;
  /** The answer being made was cut off on this side. */
  let dropping = false;
  /** The next `turnComplete` belongs to a turn that is over already. */
  let stale = false;
  let produced = false;
  let learnerOpen = false;
  let tutorOpen = false;
  let echo = '';
  let unanswered: string | null = null;
  const toolCalls = createToolCalls(answerCall);

  const settleLearner = () => {
    if (learnerOpen) events.learnerText('', true);
    learnerOpen = false;
  };
  const settle = () => {
    settleLearner();
    if (tutorOpen) events.tutorText('', true);
    tutorOpen = false;
  };
  const cut = () => {
    if (!open) return;
    settle();
    open = false;
    unanswered = null;
    events.interrupted();
  };
  const rest = () => (open ? 'asked' : 'idle');
  const speaks = () => {
    if (phase !== 'playing' || stale) phase = 'generating';
    open = true;
    produced = true;
    unanswered = null;
  };
  const heard = ({ text = '', finished = false }: { text?: string | undefined; finished?: boolean | undefined }) => {
    // Typed words come back as if they had been spoken.
    const words = plain(text);
    if (echo !== '' && echo.startsWith(words)) {
      echo = echo.slice(words.length).trimStart();
      return;
    }
    if (text !== '') {
      echo = '';
      if (phase === 'idle') phase = 'asked';
      open = true;
      learnerOpen = true;
      events.learnerText(text, false);
    }
    if (!finished || !learnerOpen) return;
    settleLearner();
    if (phase === 'asked') events.thinking();
  };
  const interruptedByServer = () => {
    if (dropping) {
      dropping = false;
      stale = true;
      phase = rest();
    } else if (phase === 'generating' || phase === 'playing') {
      stale = true;
      cut();
      phase = 'idle';
    } else if (phase === 'asked') stale = true;
  };
  const says = ({ modelTurn, outputTranscription }: ServerContent) => {
    // Late words of a turn that is over must not begin the next one; its sound never comes late.
    const late = stale && phase !== 'generating';
    if (outputTranscription?.text && !dropping && !late) {
      speaks();
      tutorOpen = true;
      events.tutorText(outputTranscription.text, false);
    }
    for (const { inlineData } of modelTurn?.parts ?? []) {
      if (!inlineData?.data || (inlineData.mimeType && !inlineData.mimeType.startsWith('audio/'))) continue;
      if (dropping) continue;
      speaks();
      const samples = decodeSamples(inlineData.data);
      for (let at = 0; at < samples.length; at += PIECE_SAMPLES) events.audio(samples.subarray(at, at + PIECE_SAMPLES));
    }
  };
  const calls = (message: ServerMessage) => {
    toolCalls.take(message, (equation) => {
      if (dropping || message.serverContent?.interrupted) return false;
      speaks();
      events.equation(equation);
      return true;
    });
  };
  const made = () => {
    // An interrupted turn never says that it was made: what is made now is a turn of its own.
    stale = dropping;
    phase = dropping ? rest() : 'playing';
    dropping = false;
  };
  const complete = ({ turnCompleteReason = '', interactionStatus }: ServerContent) => {
    if (stale) {
      stale = false;
      return;
    }
    if (dropping) {
      dropping = false;
      phase = rest();
      return;
    }
    // A model that thinks aloud goes on in a further turn.
    if (interactionStatus === 'IN_PROGRESS') {
      phase = rest();
      return;
    }
    const wasOpen = open;
    const wasProduced = produced;
    settle();
    phase = 'idle';
    open = false;
    produced = false;
    echo = '';
    unanswered = null;
    if (!wasOpen) return;
    if (BLOCKED.test(turnCompleteReason)) events.failed('blocked');
    else if (!wasProduced && turnCompleteReason === 'RESPONSE_REJECTED') events.failed('temporary');
    events.turnEnd();
  };

  return {
    text(text) {
      cut();
      dropping = phase === 'generating';
      stale = phase === 'playing' || (stale && phase !== 'generating');
      if (phase !== 'generating') phase = 'asked';
      produced = false;
      open = true;
      echo = plain(text);
      unanswered = text;
      events.learnerText(text, true);
      events.thinking();
    },
    interrupt() {
      if (!open) return;
      cut();
      if (phase === 'playing') {
        stale = true;
        phase = 'idle';
      } else dropping = true;
    },
    take(message) {
      const content = message.serverContent;
      if (content?.interrupted) interruptedByServer();
      if (content?.inputTranscription) heard(content.inputTranscription);
      if (content && !content.interrupted) says(content);
      calls(message);
      if (content?.generationComplete) made();
      if (content?.turnComplete) complete(content);
    },
    isIdle: () => phase === 'idle' && !open && !dropping,
    lost(giveUp = false) {
      const again = giveUp ? null : unanswered;
      phase = again === null ? 'idle' : 'asked';
      dropping = false;
      stale = false;
      toolCalls.forget();
      if (again === null) cut();
      return again;
    },
  };
}
