/** The tutor's side of a lesson as a pure state machine: a state and a sentence in, a state and a turn out. */
import { nameDecimal } from '../speech/number-names.js';
import type { Answer, Rule, Solution, Step } from '../algebra/solution.js';
import { solve } from '../algebra/solve.js';
import type { FollowUp } from '../understand/follow-up.js';
import { understand, type Understanding } from '../understand/understand.js';
import { declined, whyOf } from './reasons.js';
import type { Piece, TutorTurn } from './turn.js';

/** Where the lesson stands: nothing solved yet, or the last solution, which "why" and "again" refer to. */
export type LessonState =
  { readonly phase: 'fresh' } | { readonly phase: 'solved'; readonly solution: Solution; readonly task: string };

/** What the learner said: the text, and other hearings of it, best first. */
export interface LearnerInput {
  readonly text: string;
  /** At most five are looked at. */
  readonly alternatives?: readonly string[];
}

/** The next state and the turn to give. */
export interface Reply {
  readonly state: LessonState;
  readonly turn: TutorTurn;
}

/** Most other hearings that are tried. */
const mostAlternatives = 5;
/** A problem longer than this in words is shown, not read out. */
const longestReadOut = 200;

/** Answers one sentence. Pure and bounded; the same state and input always give the same turn. */
export function reply(state: LessonState, input: LearnerInput): Reply {
  const meaning = choose(input);
  switch (meaning.kind) {
    case 'problem':
      return answer(state, meaning);
    case 'follow-up':
      return { state, turn: { outcome: 'follow-up', pieces: followUp(state, meaning.ask) } };
    case 'off-topic':
      return {
        state,
        turn: say(
          'off-topic',
          'That is outside what I can help with, but I would love to do some mathematics with you.',
        ),
      };
    case 'ambiguous':
      return {
        state,
        turn: say('ambiguous', 'I can read that in two ways. Please put brackets around what belongs together.'),
      };
    case 'too-long':
      return {
        state,
        turn: say('too-long', 'That is a long one. Please give me one problem at a time, in a line or two.'),
      };
    case 'not-understood':
      return { state, turn: say('not-understood', notUnderstood(meaning.understood, meaning.leftover)) };
  }
}

/** What the tutor says first in a lesson. */
export function greet(topic?: string): TutorTurn {
  const subject = topic === undefined || !/^[\p{L}\p{N} ,'-]{1,60}$/u.test(topic) ? '' : ` Today is about ${topic}.`;
  return say(
    'follow-up',
    `Hello, I am your math tutor.${subject} Type or say an equation or a calculation, and we will work it out together.`,
  );
}

/** The first hearing that is a whole problem or a follow-up; without any, the best hearing as it is. */
function choose({ text, alternatives = [] }: LearnerInput): Understanding {
  const best = understand(text);
  for (const meaning of [best, ...alternatives.slice(0, mostAlternatives).map(understand)]) {
    if (meaning.kind === 'problem' || meaning.kind === 'follow-up') return meaning;
  }
  return best;
}

function answer(state: LessonState, { problem, brief }: Extract<Understanding, { kind: 'problem' }>): Reply {
  const solved = solve(problem);
  if (!solved.ok) return { state, turn: say('refused', declined[solved.error.reason]) };
  const next: LessonState = { phase: 'solved', solution: solved.value, task: problem.task };
  return {
    state: next,
    turn: { outcome: 'solved', pieces: brief ? [answerPiece(solved.value)] : walkThrough(solved.value, problem.task) },
  };
}

function walkThrough(solution: Solution, task: string): readonly Piece[] {
  const { problem, steps } = solution;
  const readOut = problem.spoken.length <= longestReadOut;
  const isStatement = solution.answer.kind === 'true' || solution.answer.kind === 'false';
  const verb = isStatement ? 'Let us check whether' : (openings[task] ?? 'Let us work out');
  const opening = readOut ? `${verb} ${problem.spoken}.` : 'Let us work this out.';
  const remark = solution.answer.remark === undefined ? [] : [{ say: solution.answer.remark }];
  return [
    { say: opening, equation: { ...problem, role: 'problem' } },
    ...steps.map(stepPiece),
    answerPiece(solution),
    ...remark,
    { say: 'Ask me why, or give me another one.' },
  ];
}

const openings: Readonly<Record<string, string>> = {
  solve: 'Let us solve', compute: 'Let us work out', simplify: 'Let us simplify', expand: 'Let us expand', factor: 'Let us factor',
  differentiate: 'Let us find', gcd: 'Let us find', lcm: 'Let us find',
}; // prettier-ignore

function stepPiece({ latex, spoken, caption, say: sentence }: Step, index: number): Piece {
  return { say: sentence, equation: { latex, role: 'step', spoken, caption, step: index + 1 } };
}

function answerPiece({ answer: found }: Solution): Piece {
  return {
    say: answerWords(found),
    equation: { latex: found.latex, role: 'answer', spoken: found.spoken, caption: 'Answer' },
  };
}

function answerWords(found: Answer): string {
  const decimal =
    found.approx === undefined
      ? ''
      : `, ${found.approx.rounded ? 'about' : 'which is'} ${nameDecimal(found.approx.text)}${found.approx.rounded ? '' : ' as a decimal'}`;
  switch (found.kind) {
    case 'solutions':
      return `So ${found.spoken}${decimal}.`;
    case 'every-number':
      return 'So every number is a solution.';
    case 'no-solution':
      return `So there is ${found.spoken}.`;
    case 'true':
      return 'That is true: both sides have the same value.';
    case 'false':
      return 'That is not true: the two sides have different values.';
    default:
      return found.kind === 'undefined' || found.kind === 'not-real'
        ? `This is ${found.spoken}.`
        : `The answer is ${found.spoken}${decimal}.`;
  }
}

function followUp(state: LessonState, ask: FollowUp): readonly Piece[] {
  switch (ask) {
    case 'greeting':
      return [{ say: 'Hello! Give me an equation or a calculation, and we will work it out together.' }];
    case 'thanks':
      return [{ say: 'You are welcome. Give me another one whenever you like.' }];
    case 'help':
      return [
        {
          say: 'I solve equations with one unknown, and I calculate with fractions, decimals and percentages. I show every step. Just type or say a problem.',
        },
      ];
    case 'bye':
      return [{ say: 'Goodbye, and well done today.' }];
    case 'yes':
    case 'another':
      return [{ say: 'Good. Type or say the next problem.' }];
    case 'no':
      return [{ say: 'All right. I am here when you need me.' }];
    case 'why':
    case 'again':
    case 'steps':
    case 'answer-only':
      return state.phase === 'fresh'
        ? [{ say: 'We have not worked anything out yet. Give me a problem first.' }]
        : aboutLast(state, ask);
  }
}

function aboutLast(
  { solution, task }: Extract<LessonState, { phase: 'solved' }>,
  ask: 'why' | 'again' | 'steps' | 'answer-only',
): readonly Piece[] {
  if (ask === 'answer-only') return [answerPiece(solution)];
  if (ask !== 'why') return walkThrough(solution, task);
  const rules = [...new Set(solution.steps.map(({ rule }) => rule))];
  if (rules.length === 0) return [{ say: solution.answer.remark ?? 'Both sides were worked out, and then compared.' }];
  return explained(rules).map((rule) => ({ say: whyOf[rule] }));
}

/** At most three rules, the rarer ones first, since everybody knows how to add. */
function explained(rules: readonly Rule[]): readonly Rule[] {
  const everyday: readonly Rule[] = ['add', 'subtract', 'multiply', 'divide', 'work-out'];
  const special = rules.filter((rule) => !everyday.includes(rule));
  return (special.length > 0 ? special : rules).slice(0, 3);
}

/** Only words are repeated: symbols belong in formulas. */
function notUnderstood(understood: string, leftover: string): string {
  const isSayable = /^[a-z' ]{2,60}$/.test(leftover);
  const known = understood === '' || isSayable;
  if (isSayable)
    return `I am not sure what to do with “${leftover}”. Could you put it as an equation or a calculation?`;
  return known
    ? 'I could not read that as mathematics. Could you put it as an equation or a calculation?'
    : 'I understood the beginning, but not the whole of it. Could you write it another way?';
}

function say(outcome: TutorTurn['outcome'], sentence: string): TutorTurn {
  return { outcome, pieces: [{ say: sentence }] };
}

/** The state before anything was asked. */
export const freshLesson: LessonState = { phase: 'fresh' };
