/** Two linear equations with two unknowns: by substitution where one letter stands alone, else by elimination. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { holdsAt } from './check.js';
import { equation, fromRational, subtract, variable, variablesOf, type Equation, type Expression, type Line, type System } from './expression.js'; // prettier-ignore
import { toLatex } from './latex.js';
import { toPlainText } from './plain-text.js';
import { absolute, equals, isZero, leastCommonMultiple, minus, opposite, over, plus, rational, times, zero, type Rational } from './rational.js'; // prettier-ignore
import { toReason } from './rewrite.js';
import type { Answer, Refusal, Rule, Solution } from './solution.js';
import { createCheckedStep, createWalk, finishWalk, inWords, toFormula, type StepWords } from './steps.js';
import { substitute } from './substitute.js';
import { gathered, toTerms, writeTerms, type Monomial } from './terms.js';

/** `a·x + b·y = c`. */
interface Row {
  readonly a: Rational;
  readonly b: Rational;
  readonly c: Rational;
}

/** Solves two equations for the two unknowns in them. */
export function solveSystem(equations: readonly Equation[]): Result<Solution, Refusal> {
  const system: System = { kind: 'system', equations };
  const [x, y, third] = variablesOf(system);
  const [first, second, more] = equations;
  if (x === undefined || y === undefined || third !== undefined || first === undefined || second === undefined || more !== undefined) return err({ reason: 'not-yet' }); // prettier-ignore
  const rows: Row[] = [];
  for (const each of [first, second]) {
    const row = toRow(each, x, y);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  const [p, q] = rows;
  if (p === undefined || q === undefined) return err({ reason: 'unsure' });
  const problem = toFormula(system);
  const walk = createWalk(system);
  const determinant = minus(times(p.a, q.b), times(q.a, p.b));
  if (isZero(determinant)) {
    const [m, n] = [minus(times(p.a, q.c), times(q.a, p.c)), minus(times(p.b, q.c), times(q.b, p.c))];
    const isEmptyRow = (row: Row): boolean => isZero(row.a) && isZero(row.b);
    if (isEmptyRow(p) || isEmptyRow(q)) return err({ reason: 'not-yet' });
    return finishWalk(problem, walk, isZero(m) && isZero(n)
      ? inWords('every-number', 'infinitely many solutions', 'Both equations say the same, so every point of the line is a solution.')
      : inWords('no-solution', 'no solution', 'The two lines are parallel, so they never meet.')); // prettier-ignore
  }
  const values: readonly [Rational, Rational] = [
    over(minus(times(p.c, q.b), times(q.c, p.b)), determinant),
    over(minus(times(p.a, q.c), times(q.a, p.c)), determinant),
  ];
  const found = new Map<string, Rational>([[x, values[0]], [y, values[1]]]); // prettier-ignore
  const say = (line: Line, words: StepWords): void => {
    if (toLatex(line) === toLatex(walk.current())) return;
    // The system has one solution, so a line is right when it holds there.
    walk.take(holdsIn(line, found) ? createCheckedStep(walk.current(), line, words) : null);
  };
  const bySubstitution = aloneIn(first, second) ?? aloneIn(second, first);
  if (bySubstitution !== null) substituteIn(bySubstitution, say, found, [x, y]);
  else eliminate([p, q], [x, y], say, found);
  const line: System = {
    kind: 'system',
    equations: [equation(variable(x), fromRational(values[0])), equation(variable(y), fromRational(values[1]))],
  };
  if (![first, second].every((each) => holdsIn(each, found))) return err({ reason: 'unsure' });
  const answer: Answer = {
    kind: 'assignment',
    ...toFormula(line),
    exact: toPlainText(line),
    remark: 'Put both numbers into both equations to check.',
  };
  return finishWalk(problem, walk, answer);
}

function toRow({ left, right }: Equation, x: string, y: string): Result<Row, Refusal> {
  const terms = toTerms(subtract(left, right));
  if (!terms.ok) return err({ reason: toReason(terms.error) });
  let row: Row = { a: zero, b: zero, c: zero };
  for (const { value, powers } of terms.value) {
    const [only, second] = powers;
    if (only === undefined) row = { ...row, c: opposite(value) };
    else if (second !== undefined || only[1] !== 1) return err({ reason: 'not-yet' });
    else if (only[0] === x) row = { ...row, a: value };
    else if (only[0] === y) row = { ...row, b: value };
    else return err({ reason: 'not-yet' });
  }
  return { ok: true, value: row };
}

function holdsIn(line: Line, values: ReadonlyMap<string, Rational>): boolean {
  if (line.kind === 'system') return line.equations.every((each) => holdsIn(each, values));
  if (line.kind !== 'equation') return false;
  const trees = new Map([...values].map(([name, value]) => [name, fromRational(value)]));
  return holdsAt(substitute(line.left, trees), substitute(line.right, trees), '', zero);
}

/** A letter that stands alone in one equation, and the other equation. */
interface Alone {
  readonly name: string;
  readonly value: Expression;
  readonly other: Equation;
}

function aloneIn({ left, right }: Equation, other: Equation): Alone | null {
  for (const [letter, value] of [
    [left, right],
    [right, left],
  ] as const)
    // prettier-ignore
    if (letter.kind === 'variable' && !variablesOf(value).includes(letter.name))
      return { name: letter.name, value, other };
  return null;
}

type Say = (line: Line, words: StepWords) => void;

function substituteIn(
  { name, value, other }: Alone,
  say: Say,
  found: ReadonlyMap<string, Rational>,
  names: readonly [string, string],
): void {
  const put = equation(
    substitute(other.left, new Map([[name, value]])),
    substitute(other.right, new Map([[name, value]])),
  );
  const rest = names[0] === name ? names[1] : names[0];
  say(put, {
    rule: 'substitute',
    caption: `Put ${toSpoken(value)} in for ${name}`,
    say: `Put ${toSpoken(value)} in for ${name} in the other equation.`,
  });
  sayValue(rest, say, found, 'Solve for the one unknown that is left.', 'like-terms');
  sayValue(name, say, found, `Put that back in to find ${name}.`);
}

function sayValue(
  name: string,
  say: Say,
  found: ReadonlyMap<string, Rational>,
  words: string,
  rule: Rule = 'substitute',
): void {
  const value = found.get(name);
  if (value === undefined) return;
  say(equation(variable(name), fromRational(value)), {
    rule,
    caption: `Find ${name}`,
    say: words,
  });
}

function eliminate(
  [p, q]: readonly [Row, Row],
  [x, y]: readonly [string, string],
  say: Say,
  found: ReadonlyMap<string, Rational>,
): void {
  const write = ({ a, b, c }: Row): Equation => equation(writeTerms(gathered(rowTerms(a, b, x, y))), fromRational(c));
  // The second letter goes unless the first one is there only once.
  const dropFirst = isZero(p.a) || isZero(q.a) || (equals(size(p.a), size(q.a)) && !equals(size(p.b), size(q.b)));
  const [u, v] = dropFirst ? [p.a, q.a] : [p.b, q.b];
  const [kept, gone] = dropFirst ? [y, x] : [x, y];
  if (!isZero(u) && !isZero(v)) {
    const common = rational(leastCommonMultiple(size(u).numerator, size(v).numerator));
    const [m, n] = [over(common, size(u)), over(common, size(v))];
    const [first, second] = [scaled(p, m), scaled(q, n)];
    const sameSign = isZero(minus(u, size(u))) === isZero(minus(v, size(v)));
    say(
      { kind: 'system', equations: [write(first), write(second)] },
      {
        rule: 'eliminate',
        caption: `Make the terms with ${gone} match`,
        say: `Multiply the equations so that the terms with ${gone} have the same size.`,
      },
    );
    const joined = scaledSum(first, second, sameSign ? rational(-1n) : rational(1n));
    say(write(joined), {
      rule: 'eliminate',
      caption: sameSign ? 'Subtract the equations' : 'Add the equations',
      say: `${sameSign ? 'Subtract' : 'Add'} the equations, so that ${gone} drops out.`,
    });
  }
  sayValue(kept, say, found, `Solve for ${kept}.`, 'divide-both-sides');
  sayValue(gone, say, found, `Put that into one of the equations to find ${gone}.`);
}

function size(value: Rational): Rational {
  return { numerator: absolute(value.numerator), denominator: value.denominator };
}

function rowTerms(a: Rational, b: Rational, x: string, y: string): readonly Monomial[] {
  return [
    { value: a, powers: [[x, 1]] },
    { value: b, powers: [[y, 1]] },
  ];
}

function scaled({ a, b, c }: Row, by: Rational): Row {
  return { a: times(a, by), b: times(b, by), c: times(c, by) };
}

function scaledSum(p: Row, q: Row, by: Rational): Row {
  const other = scaled(q, by);
  return { a: plus(p.a, other.a), b: plus(p.b, other.b), c: plus(p.c, other.c) };
}
