/** The end of an equation: each solution is put back into what was asked, and only then stated. */
import { err, type Result } from '../../platform/result.js';
import { holdsAt, holdsNear } from './check.js';
import { fromRadical } from './exact.js';
import { equation, variable, type Equation, type Expression, type Line } from './expression.js';
import { toPlainText } from './plain-text.js';
import { asRational, nearly, type Radical } from './radical.js';
import { isInteger, toExactDecimal, toRoundedDecimal } from './rational.js';
import type { Answer, Refusal, Solution } from './solution.js';
import { finishWalk, toFormula, type Walk } from './steps.js';

/** `x = 2 or x = 3`; one equation where there is one value. */
export function oneOf(name: string, values: readonly Expression[]): Line {
  const equations = values.map((value) => equation(variable(name), value));
  const [only] = equations;
  return equations.length === 1 && only !== undefined ? only : { kind: 'either', equations };
}

/** Does the number, exact or with roots, solve the equation? */
export function solves(problem: Equation, name: string, value: Radical): boolean {
  const plain = asRational(value);
  return plain === null
    ? holdsNear(problem.left, problem.right, name, nearly(value))
    : holdsAt(problem.left, problem.right, name, plain);
}

/** The solution with these values, at least one of them; `unsure` when one does not solve what was asked. */
export function toSolutions(
  problem: Equation,
  name: string,
  walk: Walk,
  values: readonly Radical[],
): Result<Solution, Refusal> {
  if (values.length === 0 || !values.every((value) => solves(problem, name, value))) return err({ reason: 'unsure' });
  return finishWalk(toFormula(problem), walk, toSolutionsAnswer(name, values));
}

function toSolutionsAnswer(name: string, values: readonly Radical[]): Answer {
  const line = oneOf(name, values.map(fromRadical));
  const remark =
    values.length === 1
      ? 'Put it into the equation to check: both sides agree.'
      : 'Put each one into the equation to check: both sides agree.';
  const decimals = values.map(decimalOf);
  const needed = decimals.some(({ whole }) => !whole);
  const text = decimals.map((each) => each.text).join(' or ');
  const approx =
    needed && values.length === 1 ? { approx: { text, rounded: decimals.some(({ rounded }) => rounded) } } : {};
  return { kind: 'solutions', ...toFormula(line), exact: toPlainText(line), ...approx, remark };
}

function decimalOf(value: Radical): { readonly text: string; readonly rounded: boolean; readonly whole: boolean } {
  const plain = asRational(value);
  if (plain === null) return { text: nearly(value).toFixed(4), rounded: true, whole: false };
  const exact = toExactDecimal(plain);
  return { text: exact ?? toRoundedDecimal(plain), rounded: exact === null, whole: isInteger(plain) };
}
