/** Which rule a wrong attempt most likely broke: each classic mistake is done on purpose, and its result compared exactly. */
import { isExpression, equation, variablesOf, type Expression, type Line } from '../algebra/expression.js';
import { coefficient, subtractPolynomials, toPolynomial } from '../algebra/polynomial.js';
import { absolute, equals, isZero, minus, opposite, over, type Rational } from '../algebra/rational.js';
import type { Step } from '../algebra/solution.js';
import type { Attempt } from './attempt.js';
import { keyOf, solutionsIn, valueOf } from './forms.js';
import { productDoesNotFit, sumDoesNotFit, wrongDerivatives } from './wrong-polynomials.js';
import * as lines from './wrong-equations.js';
import * as trees from './wrong-trees.js';

/** A classic mistake. */
export interface Mistake {
  readonly name: string;
  /** What may have happened and what to mind; one or two sentences, words only. */
  readonly say: string;
}

interface Known extends Mistake {
  /** Did this mistake lead from `before` to the attempt instead of to `after`? */
  readonly explains: (attempt: Attempt, before: Line, after: Line, step: Step) => boolean;
}

const byTree =
  (rule: trees.WrongRule): Known['explains'] =>
  (attempt, before) =>
    wrongOnTree(before, rule).some((wrong) => isSame(attempt, wrong));
const byLines =
  (make: lines.WrongLines): Known['explains'] =>
  (attempt, before, after) =>
    make(before, after).some((wrong) => isSame(attempt, wrong));

/** In the order in which they are tried: the plainest explanation first. */
const known: readonly Known[] = [
  { name: 'forgot-to-distribute', say: 'I think only the first term in the bracket was multiplied. What stands before a bracket multiplies every term inside.', explains: byTree(trees.forgotToDistribute) },
  { name: 'lost-minus', say: 'Look at the minus before the bracket: it changes the sign of every term inside.', explains: byTree(trees.lostMinus) },
  { name: 'squared-one-term', say: 'A power of a bracket belongs to the whole bracket. Write the bracket down as often as the power says, and multiply.', explains: byTree(trees.squaredOneTerm) },
  { name: 'multiplied-exponents', say: 'I think the exponents were multiplied. When powers of the same base are multiplied, their exponents are added.', explains: byTree(trees.multipliedExponents) },
  { name: 'added-exponents', say: 'I think the exponents were added. In a power of a power, the exponents are multiplied.', explains: byTree(trees.addedExponents) },
  { name: 'added-denominators', say: 'I think the denominators were put together as well. Only the tops are, and only once both fractions have the same denominator.', explains: byTree(trees.addedDenominators) },
  { name: 'kept-tops', say: 'The common denominator is a good idea, but each top has to grow along with its bottom.', explains: byTree(trees.keptTops) },
  { name: 'forgot-to-flip', say: 'I think the second fraction was not turned over. Dividing by a fraction is multiplying by it upside down.', explains: byTree(trees.forgotToFlip) },
  { name: 'multiplied-by-exponent', say: 'The exponent is not a factor. It says how many times the base is multiplied by itself.', explains: byTree(trees.multipliedByExponent) },
  { name: 'halved-for-root', say: 'A root is not a half. It asks which number, times itself, gives what stands under it.', explains: byTree(trees.halvedForRoot) },
  { name: 'forgot-hundred', say: 'Percent means out of one hundred, so somewhere you have to divide by one hundred.', explains: byTree(trees.forgotHundred) },
  { name: 'divided-for-of', say: 'I think you divided. Taking a part of something is multiplying by that part.', explains: byTree(trees.dividedForOf) },
  { name: 'left-to-right', say: 'I think you worked from left to right. Products come before sums.', explains: (attempt, before) => isExpression(before) && isSameOrNull(attempt, trees.leftToRight(before)) },
  { name: 'kept-sign', say: 'Watch the sign: a term that goes to the other side changes it, because you do the opposite on both sides.', explains: (attempt, before, after, step) => byLines(lines.keptSign)(attempt, before, after, step) || byLines(lines.keptSignToZero)(attempt, before, after, step) },
  { name: 'one-side-only', say: 'I think the number was taken away on one side only. Whatever you do, do it to both sides.', explains: byLines(lines.oneSideOnly) },
  { name: 'divided-one-side', say: 'I think only a part was divided. Both sides have to be divided, and every term on them.', explains: byLines(lines.dividedOneSide) },
  { name: 'multiplied-instead', say: 'I think you multiplied. The number in front multiplies the unknown, so divide by it to undo that.', explains: byLines(lines.multipliedInstead) },
  { name: 'subtracted-coefficient', say: 'I think you took the number in front away. It multiplies the unknown, so divide by it.', explains: byLines(lines.subtractedCoefficient) },
  { name: 'upside-down', say: 'I think the division went the wrong way round. Divide by the number in front of the unknown.', explains: byLines(lines.upsideDown) },
  { name: 'forgot-to-turn', say: 'Look at the sign in the middle: multiplying or dividing by a negative number turns it around.', explains: ({ line }, before, after, { rule }) => rule === 'flip' && isTurned(line, after) },
  { name: 'turned-for-nothing', say: 'Look at the sign in the middle: it turns around only when both sides are multiplied or divided by a negative number.', explains: ({ line }, before, after) => isTurned(line, after) },
  { name: 'halved-square', say: 'Half of a square is not its root. Ask which numbers, times themselves, give the other side.', explains: byLines(lines.halvedSquare) },
  { name: 'sign-of-roots', say: 'Look at the signs: a factor is zero for the number that makes it zero, and that has the opposite sign.', explains: byLines(lines.signOfRoots) },
  { name: 'sum-does-not-fit', say: 'Your two numbers multiply to the right number. Their sum has to be the number in front of the unknown as well.', explains: ({ line }, _, after) => line !== null && sumDoesNotFit(line, after) },
  { name: 'product-does-not-fit', say: 'Your two numbers add up to the right number. Their product has to be the number at the end as well.', explains: ({ line }, _, after) => line !== null && productDoesNotFit(line, after) },
  { name: 'kept-exponent', say: 'The exponent comes down in front, and after that it goes down by one.', explains: (attempt, before, _, { rule }) => isDerivative(rule) && wrongDerivatives(before).keptExponent.some((wrong) => isSame(attempt, wrong)) },
  { name: 'forgot-factor', say: 'The exponent went down, but it also has to come in front as a factor.', explains: (attempt, before, _, { rule }) => isDerivative(rule) && wrongDerivatives(before).forgotFactor.some((wrong) => isSame(attempt, wrong)) },
  { name: 'kept-constant', say: 'A number on its own never changes, so its derivative is zero.', explains: (attempt, before, _, { rule }) => isDerivative(rule) && wrongDerivatives(before).keptConstant.some((wrong) => isSame(attempt, wrong)) },
  { name: 'sign-of-product', say: 'Check the sign: two negatives give a positive, and one negative gives a negative.', explains: byTree(trees.signOfProduct) },
  { name: 'wrong-sign', say: 'The size is right. Only the sign is not.', explains: (attempt, _, after) => near(attempt, after, (mine, ours) => equals(mine, opposite(ours)) && !isZero(ours)) },
  { name: 'ten-times', say: 'The digits are right, but the place value is not. Count the zeros again.', explains: (attempt, _, after) => near(attempt, after, isTenfold) },
  { name: 'slip', say: 'That is very close: I think it is a slip in the arithmetic.', explains: (attempt, _, after) => near(attempt, after, isClose) },
]; // prettier-ignore

/** The names of all mistakes that are told apart. */
export const mistakeNames: readonly string[] = known.map(({ name }) => name);

/** The likeliest mistake on the way that was still to go; null when none explains the attempt. */
export function findMistake(attempt: Attempt, steps: readonly Step[]): Mistake | null {
  for (const { name, say, explains } of known) {
    if (steps.some((step) => explains(attempt, step.before, step.after, step))) return { name, say };
  }
  return null;
}

/** What is said when one of several solutions is named. */
export const someMissing: Mistake = {
  name: 'some-missing',
  say: 'That is one of them, but not all. A square has two roots, and a product is zero for each of its factors.',
};

function wrongOnTree(before: Line, rule: trees.WrongRule): readonly Line[] {
  if (isExpression(before)) return trees.wrongResults(before, rule);
  if (before.kind !== 'equation') return [];
  const { left, right } = before;
  const [lefts, rights] = [trees.wrongResults(left, rule), trees.wrongResults(right, rule)];
  const both = lefts.flatMap((a) => rights.map((b) => equation(a, b))).slice(0, 20);
  return [...lefts.map((each) => equation(each, right)), ...rights.map((each) => equation(left, each)), ...both];
}

function isSameOrNull(attempt: Attempt, wrong: Expression | null): boolean {
  return wrong !== null && isSame(attempt, wrong);
}

/** Is the attempt that wrong line, the same with like terms put together, or what it would lead to? */
function isSame({ line, values }: Attempt, wrong: Line): boolean {
  if (line !== null && keyOf(line) === keyOf(wrong)) return true;
  if (line !== null && isTidied(line, wrong)) return true;
  const led = valueOf(wrong);
  const solutions = led !== null ? [led] : (solutionsIn(wrong) ?? linearRoot(wrong));
  if (solutions === null || values === null || values.length !== solutions.length) return false;
  return values.every((value) => solutions.some((each) => equals(each, value)));
}

/** The same polynomials on the same sides. */
function isTidied(line: Line, wrong: Line): boolean {
  if (line.kind === 'equation' && wrong.kind === 'equation')
    return isTidied(line.left, wrong.left) && isTidied(line.right, wrong.right);
  if (!isExpression(line) || !isExpression(wrong)) return false;
  const name = variablesOf(wrong)[0] ?? 'x';
  const [a, b] = [toPolynomial(line, name), toPolynomial(wrong, name)];
  return a.ok && b.ok && subtractPolynomials(a.value, b.value).length === 0;
}

function linearRoot(wrong: Line): readonly Rational[] | null {
  const [name] = variablesOf(wrong);
  if (wrong.kind !== 'equation' || name === undefined) return null;
  const [left, right] = [toPolynomial(wrong.left, name), toPolynomial(wrong.right, name)];
  if (!left.ok || !right.ok) return null;
  const difference = subtractPolynomials(left.value, right.value);
  return difference.length === 2 ? [over(opposite(coefficient(difference, 0)), coefficient(difference, 1))] : null;
}

/** Compares one number of the attempt with the one it should be: a value, a single solution, or the right side of the same left. */
function near({ line, values }: Attempt, after: Line, test: (mine: Rational, ours: Rational) => boolean): boolean {
  const [mine] = values ?? [];
  const ours = valueOf(after) ?? (solutionsIn(after)?.length === 1 ? solutionsIn(after)?.[0] : undefined);
  if (mine !== undefined && values?.length === 1 && ours !== undefined && test(mine, ours)) return true;
  if (line?.kind !== 'equation' || after.kind !== 'equation' || keyOf(line.left) !== keyOf(after.left)) return false;
  const [a, b] = [valueOf(line.right), valueOf(after.right)];
  return a !== null && b !== null && test(a, b);
}

function isTenfold(mine: Rational, ours: Rational): boolean {
  if (isZero(ours) || isZero(mine)) return false;
  return [10n, 100n, 1000n].some((factor) =>
    [over(mine, ours), over(ours, mine)].some((ratio) => ratio.denominator === 1n && ratio.numerator === factor),
  );
}

/** A slip is at most two off, or two digits changed places. */
function isClose(mine: Rational, ours: Rational): boolean {
  if (mine.denominator !== 1n || ours.denominator !== 1n) return false;
  const [a, b] = [absolute(mine.numerator).toString(), absolute(ours.numerator).toString()];
  const digits = (text: string): string => Array.from(text).sort().join('');
  const swapped = a !== b && a.length > 1 && digits(a) === digits(b);
  return swapped || absolute(minus(mine, ours).numerator) <= 2n;
}

/** The same bounds with the sign turned around. */
function isTurned(line: Line | null, after: Line): boolean {
  if (line?.kind !== 'chain' || after.kind !== 'chain') return false;
  const turned = after.relations.map((relation) => turn[relation]);
  return keyOf(line) === keyOf({ ...after, relations: turned });
}

const turn = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const;

function isDerivative(rule: string): boolean {
  return rule === 'derivative' || rule.endsWith('-rule');
}
