/** From a learner's sentence to a problem, a follow-up or an honest "not understood". Solves nothing. */
import { equation, variablesOf, type Expression } from '../algebra/expression.js';
import type { Problem } from '../algebra/solution.js';
import { readFollowUp, type FollowUp } from './follow-up.js';
import { readHead, type Head } from './heads.js';
import { normalise, withoutPoliteness } from './normalise.js';
import { parse } from './parser.js';
import type { ParseFailure } from './phrases.js';
import { tokenise, type Token } from './tokens.js';

/** Longest question that is read, in UTF-16 units. */
const longestQuestion = 300;

/** What a sentence means. */
export type Understanding =
  | { readonly kind: 'problem'; readonly problem: Problem; readonly brief: boolean }
  | { readonly kind: 'follow-up'; readonly ask: FollowUp }
  | { readonly kind: 'off-topic' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'not-understood'; readonly understood: string; readonly leftover: string }
  | { readonly kind: 'too-long' };

/**
 * Reads one sentence, typed or spoken.
 *
 * A problem is returned only when every piece of the sentence has been used. `brief` asks for the answer alone.
 * `not-understood` carries the normalised text up to the first piece that does not fit, and the rest.
 */
export function understand(source: string): Understanding {
  if (source.trim().length > longestQuestion) return { kind: 'too-long' };
  const { text, mixedCase } = normalise(source);
  const ask = readFollowUp(text);
  if (ask !== null) return { kind: 'follow-up', ask };
  const { text: question, brief } = withoutBrevity(text);
  const head = readHead(withoutPoliteness(question));
  const tokens = tokenise(head.rest);
  if (!hasMathematics(tokens)) return { kind: 'off-topic' };
  if (mixedCase || hasTwoMeaningsOfX(source, tokens)) return { kind: 'ambiguous' };
  const read = readProblem(head, tokens);
  return 'kind' in read ? read : { kind: 'problem', problem: read, brief };
}

function readProblem(head: Head, tokens: readonly Token[]): Problem | Understanding {
  const { rest } = head;
  if (head.task === 'gcd' || head.task === 'lcm') return readList(head.task, head.rest);
  // "Solve for x minus two …" has lost its left side.
  const first = tokens[0];
  if (head.unknown !== null && first?.type === 'operator' && first.operator === '-' && first.spelled)
    return leftover(rest, tokens, 0);
  const at = tokens.findIndex((token) => token.type === 'operator' && token.operator === '=');
  if (at < 0) {
    const parsed = parse(tokens);
    if (!parsed.ok) return failed(rest, tokens, parsed.error, 0);
    if (head.task === 'solve') return leftover(rest, tokens, tokens.length);
    return withTask(head.task, parsed.value);
  }
  if (head.task !== 'solve' && head.task !== 'compute') return leftover(rest, tokens, at);
  const left = parse(tokens.slice(0, at));
  if (!left.ok) return failed(rest, tokens, left.error, 0);
  const right = parse(tokens.slice(at + 1));
  if (!right.ok) return failed(rest, tokens, right.error, at + 1);
  return { task: 'solve', equation: equation(left.value, right.value), unknown: head.unknown };
}

function withTask(task: Exclude<Head['task'], 'gcd' | 'lcm' | 'solve'>, expression: Expression): Problem {
  return task === 'compute' && variablesOf(expression).length > 0
    ? { task: 'simplify', expression }
    : { task, expression };
}

/** "48 and 36", "48, 36, 12": whole numbers only. */
function readList(task: 'gcd' | 'lcm', text: string): Problem | Understanding {
  const numbers: bigint[] = [];
  for (const piece of text.replace(/^\((.*)\)$/, '$1').split(/\s*(?:,\s*and(?![a-z])|,|(?<![a-z])and(?![a-z]))\s*/)) {
    const parsed = parse(tokenise(piece));
    const value =
      parsed.ok && parsed.value.kind === 'number' && parsed.value.decimal === null
        ? parsed.value.value.numerator
        : null;
    if (value === null) return { kind: 'not-understood', understood: numbers.join(', '), leftover: piece };
    numbers.push(value);
  }
  return numbers.length < 2 ? { kind: 'not-understood', understood: text, leftover: '' } : { task, numbers };
}

function failed(text: string, tokens: readonly Token[], failure: ParseFailure, offset: number): Understanding {
  return failure.reason === 'ambiguous' ? { kind: 'ambiguous' } : leftover(text, tokens, failure.at + offset);
}

function leftover(text: string, tokens: readonly Token[], at: number): Understanding {
  const cut = tokens[at]?.start ?? text.length;
  return { kind: 'not-understood', understood: text.slice(0, cut).trim(), leftover: text.slice(cut).trim() };
}

function withoutBrevity(text: string): { readonly text: string; readonly brief: boolean } {
  const pattern =
    /^(?:just|only) (?:give me |tell me )?(?:the answer (?:to|for|of) |the answer[:,]? )?|[,;]? ?(?:just|only) (?:give me )?the answer(?: please)?[.!]?$|[,;]? ?answer only[.!]?$/;
  const next = text.replace(pattern, '').trim();
  return { text: next, brief: next !== text };
}

/** A number, an operation sign or a known operation word besides the commonest words of prose. */
function hasMathematics(tokens: readonly Token[]): boolean {
  const prose = ['to', 'of', 'and', 'from', 'by', 'over', '=', 'add', 'divide', 'multiply', 'subtract', 'twice', '-'];
  return tokens.some((token) => {
    if (token.type === 'number' || token.type === 'ordinal-power') return true;
    return (
      token.type === 'operator' &&
      (!token.spelled || !prose.includes(token.operator)) &&
      token.operator !== '(' &&
      token.operator !== ')'
    );
  });
}

/** `6 x 7` makes the letter a times sign; when x also stands for an unknown, nobody can tell which is which. */
function hasTwoMeaningsOfX(source: string, tokens: readonly Token[]): boolean {
  return /\d\s*[xX]\s*\d/.test(source) && tokens.some((token) => token.type === 'letter' && token.name === 'x');
}
