/** Who speaks when, in one session: asks are answered one after the other, interruptions end answers, tool answers let them go on. */
import { planAnswer } from './answer-plan.js';
import type { MessageBody } from './client-message.js';
import type { Close } from './closes.js';
import type { Clock, Random } from './ports.js';
import type { HandleStore, Lineage } from './resumption.js';
import type { ScriptReader } from './script.js';
import type { ServerVoice } from './server-voice.js';
import type { SessionSettings } from './setup.js';
import { KEPT_ENTRIES, remember, type ConnectionStats } from './stats.js';
import { startTurn, type Pace, type Turn, type TurnEvent } from './turn.js';

/** What a conversation needs of its session. */
export interface ConversationDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly handles: HandleStore;
  readonly script: ScriptReader;
  readonly lineage: Lineage;
  readonly voice: ServerVoice;
  /** The settings in force; `contextUpdate` may change them. */
  readonly settings: () => SessionSettings;
  readonly send: (message: object) => void;
  readonly onGoAway: (timeLeftMs: number) => void;
  readonly onClose: (close: Close) => void;
}

/** The conversation of one session. */
export interface Conversation {
  /** The learner said or typed something: answered now, or when the running answer is over. */
  ask(words: string): void;
  /** Answers the newest thing that the learner said, unless an answer runs. */
  wake(): void;
  /** The learner was heard but said nothing: an empty turn, unless an answer runs. */
  shrug(): void;
  /** Ends a running answer and takes its open calls back. */
  interrupt(): void;
  /** Forgets what waits to be answered. */
  forgetWaiting(): void;
  /** Takes the client's answers to calls. */
  toolAnswers(answers: NonNullable<MessageBody<'toolResponse'>['functionResponses']>): void;
  /** Stops without a word. */
  abandon(): void;
}

/** Learner's turns that may wait while the model must not be interrupted; more are dropped and counted. */
const MAX_WAITING = 8;

/** Creates a silent conversation; `page` receives its counts and its history. */
export function createConversation(deps: ConversationDeps, pace: Pace, page: ConnectionStats): Conversation {
  const { clock, random, handles, script, voice, settings, send } = deps;
  const waiting: string[] = [];
  const pendingCalls = new Map<string, { readonly name: string; readonly blocking: boolean }>();
  const cancelledCalls: string[] = [];
  let turn: Turn | undefined;

  function answer(words: string): void {
    const cues = planAnswer(script.find(words).answer, settings());
    page.turnsStarted += 1;
    // While it generates, a session cannot be resumed at this point: the update comes without a handle.
    if (settings().resumption !== undefined) send({ sessionResumptionUpdate: {} });
    turn = startTurn(cues, pace, clock, perform);
  }

  function perform(event: TurnEvent): void {
    switch (event.type) {
      case 'part':
        return voice.part(event.samples, event.text);
      case 'call': {
        const { name, args, blocking } = event.cue;
        const id = `function-call-${random.digits(19)}`;
        pendingCalls.set(id, { name, blocking });
        if (pendingCalls.size > KEPT_ENTRIES)
          for (const oldest of [...pendingCalls.keys()].slice(0, 1)) pendingCalls.delete(oldest);
        page.toolCalls += 1;
        return send({ toolCall: { functionCalls: [{ id, name, args }] } });
      }
      case 'generation-complete':
        return send({ serverContent: { generationComplete: true } });
      case 'interrupted':
        page.turnsInterrupted += 1;
        return send({ serverContent: { interrupted: true } });
      case 'turn-complete':
        voice.turnComplete(event);
        if (event.last) endTurn(event.how);
        return;
      case 'go-away':
        return deps.onGoAway(event.timeLeftMs);
      case 'close':
        return deps.onClose(event);
    }
  }

  function endTurn(how: 'complete' | 'interrupted'): void {
    turn = undefined;
    if (how === 'complete') page.turnsCompleted += 1;
    const { resumption, model } = settings();
    if (resumption !== undefined) {
      const newHandle = handles.issue({ model, history: page.history, lineage: deps.lineage });
      page.handlesIssued += 1;
      send({ sessionResumptionUpdate: { newHandle, resumable: true } });
    }
    const next = waiting.shift();
    if (next !== undefined) answer(next);
  }

  function interrupt(): void {
    if (turn === undefined) return;
    const ids = [...pendingCalls.keys()];
    if (ids.length > 0) {
      pendingCalls.clear();
      for (const id of ids) remember(cancelledCalls, id);
      page.toolCancellations += ids.length;
      send({ toolCallCancellation: { ids } });
    }
    turn.interrupt();
  }

  return {
    ask(words) {
      remember(page.history, { role: 'user', text: words });
      if (turn === undefined) return answer(words);
      if (waiting.length < MAX_WAITING) waiting.push(words);
      else page.asksDropped += 1;
    },
    wake() {
      if (turn === undefined) answer(page.history.findLast(({ role }) => role === 'user')?.text ?? '');
    },
    shrug() {
      if (turn === undefined) voice.turnComplete({ last: true, reason: 'NEED_MORE_INPUT' });
    },
    interrupt,
    forgetWaiting() {
      waiting.length = 0;
    },
    toolAnswers(answers) {
      for (const { id, name, response, scheduling } of answers) {
        const call = pendingCalls.get(id);
        const fate = call !== undefined ? 'matched' : cancelledCalls.includes(id) ? 'late' : 'unmatched';
        remember(page.toolAnswers, { id, name: name ?? call?.name ?? '', response, scheduling, fate });
        pendingCalls.delete(id);
        if (call?.blocking === true) turn?.toolAnswered();
      }
    },
    abandon() {
      turn?.abandon();
      waiting.length = 0;
    },
  };
}
