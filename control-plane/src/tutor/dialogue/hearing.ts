/** Decides what the learner's words are, given what is open: a request, an attempt, a step named in words, or a problem. */
import type { Step } from '../algebra/solution.js';
import { understand, type Understanding } from '../understand/understand.js';
import { isCommand, isMeantFor, readAttempt, type Attempt } from './attempt.js';
import { keyOf } from './forms.js';
import { judge } from './judge.js';
import { currentLine, dueStep, type Phase, type Work } from './lesson-state.js';
import { findMistake } from './mistakes.js';
import { readRequest, withoutAllSteps, type Request } from './requests.js';
import type { Manner } from './teach.js';

/** What was heard. */
export type Heard =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'step-named' }
  /** The problem is done, and this is its answer once more. */
  | { readonly kind: 'known-answer' }
  | { readonly kind: 'meaning'; readonly meaning: Understanding; readonly manner: Manner };

/** Most other hearings that are tried. */
const mostAlternatives = 5;

/** The first hearing that is complete in itself; without any, the best one as it is. */
export function hear(phase: Phase, text: string, alternatives: readonly string[]): Heard {
  const best = read(phase, text);
  if (isComplete(best)) return best;
  for (const other of alternatives.slice(0, mostAlternatives)) {
    const heard = read(phase, other);
    if (isComplete(heard)) return heard;
  }
  return best;
}

function isComplete(heard: Heard): boolean {
  return heard.kind !== 'meaning' || heard.meaning.kind === 'problem' || heard.meaning.kind === 'follow-up';
}

function read(phase: Phase, text: string): Heard {
  const request = readRequest(text);
  if (request !== null) return { kind: 'request', request };
  if (phase.kind === 'asking' && !isCommand(text)) {
    const due = dueStep(phase.work);
    if (due !== null && namesStep(text, due)) return { kind: 'step-named' };
    const attempt = readAttempt(text);
    if (attempt !== null && isForThis(phase.work, attempt)) return { kind: 'attempt', attempt };
  }
  if (phase.kind === 'done' && !isCommand(text)) {
    const last = phase.work.solution.steps[phase.work.solution.steps.length - 1]?.after;
    const line = last === undefined ? null : (readAttempt(text)?.line ?? null);
    if (line !== null && last !== undefined && keyOf(line) === keyOf(last)) return { kind: 'known-answer' };
  }
  const inner = withoutAllSteps(text);
  const whole = inner === null ? null : understand(inner);
  if (whole?.kind === 'problem') return { kind: 'meaning', meaning: whole, manner: 'all' };
  const meaning = understand(text);
  return { kind: 'meaning', meaning, manner: meaning.kind === 'problem' && meaning.brief ? 'brief' : 'teach' };
}

/** An attempt, not a new problem: it looks like one, it is true, or a classic mistake explains it. */
function isForThis(work: Work, attempt: Attempt): boolean {
  const [current, due] = [currentLine(work), dueStep(work)];
  const first = work.solution.steps[0]?.before;
  if (current === null || due === null) return false;
  // The problem once more, when it is no longer the line on the screen, is a new beginning.
  if (attempt.line !== null && first !== undefined && work.at > 0 && keyOf(attempt.line) === keyOf(first)) return false;
  return (
    isMeantFor(attempt, current, due.after) ||
    judge(work, attempt).kind !== 'wrong' ||
    findMistake(attempt, [due]) !== null
  );
}

const synonyms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:take away|minus|taking away|subtracting)\b/g, 'subtract'],
  [/\b(?:plus|adding)\b/g, 'add'],
  [/\b(?:times|multiplying)\b/g, 'multiply'],
  [/\b(?:split|dividing)\b/g, 'divide'],
  [/\b(?:factori[sz]e|factoring|factori[sz]ing)\b/g, 'factor'],
  [/\b(?:expand|expanding|multiply out|distribute)\b/g, 'multiply out'],
];

/** "divide both sides by two", "factor": the operation of the step in words. */
function namesStep(text: string, { caption, say }: Step): boolean {
  const words = operationWords(text);
  return words.length > 3 && [caption, say].some((known) => operationWords(known) === words);
}

function operationWords(text: string): string {
  let words = text.slice(0, 200).toLowerCase().replace(/[^a-z0-9. ]/g, ' ').replace(/\.(?!\d)/g, ' '); // prettier-ignore
  for (const [pattern, word] of synonyms) words = words.replace(pattern, word);
  const noise = /\b(?:i|we|you|would|should|could|can|need|to|must|have|do|by|from|the|a|an|both|sides?|of|then|next|maybe|it|out|each|on|and|let|us|is|think|so|that|brackets?)\b/g; // prettier-ignore
  return words.replace(noise, ' ').replace(/\s+/g, ' ').trim();
}
