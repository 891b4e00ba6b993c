/** Reads a learner's words as an attempt at the open question: a line, a number, or several solutions. Judges nothing. */
import {
  isExpression,
  asIntegerFraction,
  variablesOf,
  type Equation,
  type Expression,
  type Line,
} from '../algebra/expression.js';
import type { Rational } from '../algebra/rational.js';
import { understand } from '../understand/understand.js';
import { numbersIn, sizeOfLine, solutionsIn, valueOf } from './forms.js';

/** What the learner offers. */
export interface Attempt {
  /** The line as written; several numbers are none. */
  readonly line: Line | null;
  /** The solutions it names: one for `x = 4` or a bare `4`, two for `2 and 3`. */
  readonly values: readonly Rational[] | null;
}

const leadIn =
  /^(?:(?:um+|uh+|er+|so|then|and|well|ok(?:ay)?|maybe|now|hm+|is (?:it|that)|it(?:'s| is| becomes)|that(?:'s| is)|i (?:think|guess|get|got|have|say|believe)|we (?:get|have)|you get|the (?:answer|next (?:line|step)|result|solutions?) (?:is|are)|(?:answer|solutions?)[:,]?|both|either|because|equals)(?![a-z'])[\s,:]*)+/;

/** A sentence that asks for work begins a new problem, whatever follows. */
const command =
  /^(?:(?:please|can|could|would|you|we|i|let's|want|need|to|now|help|me|with|try|how about|do)\s+)*(?:solve|simplify|expand|factor|factori[sz]e|multiply out|differentiate|integrate|find|calculate|compute|work out|evaluate|convert|round|what|how|the derivative|derivative|gcd|lcm|gcf|hcf|show)(?![a-z])/;

/** Does the sentence order a new problem in words? */
export function isCommand(text: string): boolean {
  return command.test(text.trim().toLowerCase());
}

/** Reads an attempt; null when the words are no mathematics on their own. */
export function readAttempt(text: string): Attempt | null {
  const words = text.slice(0, 300).toLowerCase().trim().replace(/[?!.]+$/, '').replace(leadIn, '').trim(); // prettier-ignore
  if (words === '') return null;
  const signed = /^(?:([a-z])\s*(?:=|equals|is)\s*)?(?:plus or minus|plus minus|±|\+-|\+\/-)\s*(.+)$/.exec(words);
  if (signed !== null) return several([signed[2] ?? '', `-(${signed[2] ?? ''})`], signed[1] ?? null);
  const whole = lineOf(words);
  if (whole !== null) return { line: whole, values: valuesOf(whole) };
  const pieces = words.split(/\s*(?:,\s*(?:and|or)?|;|\b(?:and|or)\b)\s*/).filter((piece) => piece !== '');
  if (pieces.length < 2 || pieces.length > 4) return null;
  return several(pieces, /^([a-z])\s*(?:=|equals|is)/.exec(words)?.[1] ?? null);
}

function several(pieces: readonly string[], name: string | null): Attempt | null {
  const lines = pieces.map((piece) => lineOf(piece.replace(/^(?:=|equals|is)\s*/, '')));
  if (lines.some((line) => line === null)) return null;
  const read = lines.flatMap((line) => (line === null ? [] : [line]));
  const values = read.flatMap((line) => valuesOf(line) ?? []);
  const unknown = read.flatMap(variablesOf)[0] ?? name ?? 'x';
  const equations = read.map((line): Equation | null => {
    if (line.kind === 'equation') return line;
    return isExpression(line) && variablesOf(line).length === 0 ? asSolution(unknown, line) : null;
  });
  const complete = equations.flatMap((each) => (each === null ? [] : [each]));
  return {
    line: complete.length === read.length ? { kind: 'either', equations: complete } : null,
    values: values.length === read.length ? values : null,
  };
}

function asSolution(name: string, value: Expression): Equation {
  return { kind: 'equation', left: { kind: 'variable', name }, right: value };
}

function lineOf(words: string): Line | null {
  // "x is 4" is how people say it; elsewhere "is" asks.
  const meaning = understand(words.replace(/^([a-z]) is (?=\S)/, '$1 = '));
  if (meaning.kind !== 'problem') return null;
  const { problem } = meaning;
  if (problem.task === 'solve-inequality') return problem.inequality;
  if (problem.task === 'solve') return problem.equation;
  if (problem.task === 'solve-system') return { kind: 'system', equations: problem.equations };
  return problem.task === 'compute' || problem.task === 'simplify' ? problem.expression : null;
}

function valuesOf(line: Line): readonly Rational[] | null {
  const value = valueOf(line);
  return value === null ? solutionsIn(line) : [value];
}

/**
 * Is it meant for the open question rather than as a new problem?
 *
 * A number or a solution always is. Another line is, when it is no longer than the line it would follow, speaks of the
 * same unknown, and shares a number with what is on the screen.
 */
export function isMeantFor({ line, values }: Attempt, current: Line, next: Line): boolean {
  if (line === null) return true;
  const names = variablesOf(current);
  if (variablesOf(line).some((name) => !names.includes(name))) return false;
  if (values !== null && (!isExpression(line) || isOneNumber(line))) return true;
  // A calculation does not follow an equation; where it comes to the right number, the judge will see it.
  if (isExpression(line) !== isExpression(current)) return false;
  const shown = new Set([...numbersIn(current), ...numbersIn(next)]);
  const shares = [...numbersIn(line)].some((number) => shown.has(number));
  return shares && sizeOfLine(line) <= Math.max(sizeOfLine(current), sizeOfLine(next)) + 2;
}

function isOneNumber(expression: Expression): boolean {
  if (expression.kind === 'negate' || expression.kind === 'percent') return isOneNumber(expression.value);
  return expression.kind === 'number' || expression.kind === 'mixed' || asIntegerFraction(expression) !== null;
}
