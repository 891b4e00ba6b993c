/** The service's function calls of one conversation: each is judged and answered once. */
import type { ShownEquation } from '../provider.js';
import { judgeEquation } from './equation-call.js';
import type { ServerMessage } from './messages.js';

/** Calls remembered as answered; a turn has a handful. */
const REMEMBERED_CALLS = 200;

/** Says how a call went. */
export type AnswerCall = (id: string, name: string, response: object) => void;

/** The calls. */
export interface ToolCalls {
  /** Takes those of a message; `show` says whether a formula was shown. */
  take(message: ServerMessage, show: (equation: ShownEquation) => boolean): void;
  /** Another connection counts its calls anew. */
  forget(): void;
}

/** Creates them. */
export function createToolCalls(answer: AnswerCall): ToolCalls {
  const answered = new Set<string>();
  return {
    take(message, show) {
      for (const { id, name, args } of message.toolCall?.functionCalls ?? []) {
        if (answered.has(id)) continue;
        answered.add(id);
        if (answered.size > REMEMBERED_CALLS) answered.delete(answered.values().next().value ?? '');
        if (name !== 'show_equation') {
          answer(id, name, { status: 'invalid', reason: 'unknown function' });
          continue;
        }
        const judged = judgeEquation(args);
        if (judged.ok) answer(id, name, { status: show(judged.equation) ? 'shown' : 'cancelled' });
        else answer(id, name, { status: 'invalid', reason: judged.reason, hint: 'send corrected LaTeX once' });
      }
    },
    forget: () => answered.clear(),
  };
}
