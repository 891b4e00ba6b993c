/** Judges an attempt at a system: lines that hold for its one solution, and either unknown found first. */
import { evaluate } from '../algebra/evaluate.js';
import { equation, fromRational, variable, variablesOf, type Equation, type Line } from '../algebra/expression.js';
import { equals, type Rational } from '../algebra/rational.js';
import type { Step } from '../algebra/solution.js';
import { createCheckedStep } from '../algebra/steps.js';
import type { Attempt } from './attempt.js';
import { keyOf, solutionsIn, valueOf } from './forms.js';
import { currentLine, dueStep, type Work } from './lesson-state.js';
import { right, type Verdict } from './verdict.js';

/** The verdict on a line, a number, or both numbers in the order of the unknowns. */
export function judgeInSystem(work: Work, { line, values }: Attempt): Verdict {
  const { steps } = work.solution;
  const found = solutionOf(steps);
  const names = [...found.keys()].sort();
  if (values !== null && values.length > 1 && values.length === names.length) {
    const isAll = names.every((name, index) => isValue(found.get(name), values[index]));
    return isAll ? right(steps.length) : { kind: 'wrong' };
  }
  if (line === null) return { kind: 'wrong' };
  const number = valueOf(line);
  if (number !== null) {
    const due = dueStep(work)?.after;
    const [only] = due === undefined ? [] : (solutionsIn(due) ?? []);
    return isValue(only, number) ? right(work.at + 1) : { kind: 'wrong' };
  }
  const equations = line.kind === 'system' ? line.equations : line.kind === 'equation' ? [line] : [];
  if (equations.length === 0 || !equations.every((each) => holdsAt(each, found))) return { kind: 'wrong' };
  const told = equations.flatMap((each) => (solutionsIn(each) === null ? [] : variablesOf(each)));
  if (names.every((name) => told.includes(name))) return right(steps.length);
  const current = currentLine(work);
  if (current !== null && keyOf(current) === keyOf(line)) return { kind: 'same' };
  for (let index = steps.length - 1; index >= work.at; index -= 1) {
    const after = steps[index]?.after;
    // The last value alone does not tell the other one.
    if (after !== undefined && keyOf(after) === keyOf(line) && index < steps.length - 1) return right(index + 1);
    if (after !== undefined && keyOf(after) === keyOf(line) && index === work.at) return right(index + 1);
  }
  const [name, second] = variablesOf(line);
  const left = current === null ? [] : variablesOf(current);
  // One unknown where there were two, or the other one.
  const isCloser = name !== undefined && second === undefined && (left.length > 1 || !left.includes(name));
  return isCloser || told.length > 0 ? ownWay(work, line, found, name ?? '') : { kind: 'detour' };
}

/** From a true line with one unknown: that one, then the other. */
function ownWay(work: Work, line: Line, found: ReadonlyMap<string, Rational>, first: string): Verdict {
  const known = solutionsIn(line) !== null;
  const order = [...(known ? [] : [first]), ...[...found.keys()].filter((name) => name !== first)];
  const steps: Step[] = [];
  for (const name of order) {
    const value = found.get(name);
    const words = name === first ? `Solve for ${name}.` : `Put that into one of the equations to find ${name}.`;
    const step = value === undefined ? null : createCheckedStep(steps[steps.length - 1]?.after ?? line, equation(variable(name), fromRational(value)), { rule: 'substitute', caption: `Find ${name}`, say: words }); // prettier-ignore
    if (step !== null) steps.push(step);
  }
  return steps.length < order.length || steps.length === 0
    ? { kind: 'detour' }
    : { kind: 'right', at: 0, own: { ...work.solution, steps }, part: false };
}

/** The values that the steps come to. */
function solutionOf(steps: readonly Step[]): ReadonlyMap<string, Rational> {
  const found = new Map<string, Rational>();
  for (const { after } of steps) {
    const [value] = solutionsIn(after) ?? [];
    const [name] = variablesOf(after);
    if (value !== undefined && name !== undefined) found.set(name, value);
  }
  return found;
}

function holdsAt({ left, right: other }: Equation, values: ReadonlyMap<string, Rational>): boolean {
  const [a, b] = [evaluate(left, values), evaluate(other, values)];
  return a.ok && b.ok && equals(a.value, b.value);
}

function isValue(a: Rational | undefined, b: Rational | undefined): boolean {
  return a !== undefined && b !== undefined && equals(a, b);
}
