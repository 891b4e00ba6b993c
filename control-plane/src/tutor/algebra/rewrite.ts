/** Simplifying and multiplying out, in any number of unknowns; quotients in one unknown. Factoring is next door. */
import { err, ok, type Result } from '../../platform/result.js';
import { commonDivisor, dividePolynomials, toWholeCoefficients } from './division.js';
import { divide, multiply, partsOf, usesDecimals, variablesOf, type Expression } from './expression.js';
import { factorPolynomial } from './factors.js';
import { toLatex } from './latex.js';
import { toPlainText } from './plain-text.js';
import { fromPolynomial, type NotPolynomial } from './polynomial.js';
import { reduced, toRationalFunction, withWholeParts } from './rational-function.js';
import type { Answer, Refusal, Solution } from './solution.js';
import { hasBrackets } from './sides.js';
import { createWalk, finishWalk, toFormula } from './steps.js';
import { listTerms, toTerms, writeTerms } from './terms.js';

/** Most terms of an answer. */
const mostTerms = 30;

/** Rewrites an expression as asked; the answer has been checked to be the same for every number. */
export function rewrite(task: 'simplify' | 'expand', expression: Expression): Result<Solution, Refusal> {
  if (variablesOf(expression).length === 0) return err({ reason: 'nothing-to-do' });
  const terms = toTerms(expression);
  if (!terms.ok) {
    return terms.error === 'not-polynomial' && task === 'simplify'
      ? simplifyQuotient(expression)
      : err({ reason: toReason(terms.error) });
  }
  // Longer ones could not be shown, and checking them takes long.
  if (terms.value.length > mostTerms) return err({ reason: 'too-big' });
  const style = usesDecimals(expression) ? 'decimal' : 'fraction';
  const answer = writeTerms(terms.value, style);
  const walk = createWalk(expression);
  const listed = listTerms(expression);
  if (hasBrackets(expression) && listed.ok && listed.value.length <= 12) {
    walk.go(writeTerms(listed.value, style), {
      rule: 'brackets',
      caption: 'Multiply out the brackets',
      say: 'Multiply out the brackets: every term by every term.',
    });
  }
  walk.go(answer, gathering(expression));
  return finished(expression, walk, answer);
}

function gathering(expression: Expression): {
  readonly rule: 'like-terms' | 'power';
  readonly caption: string;
  readonly say: string;
} {
  const isSum = (each: Expression): boolean =>
    each.kind === 'add' || each.kind === 'subtract' || partsOf(each).some(isSum);
  return isSum(expression)
    ? { rule: 'like-terms', caption: 'Put like terms together', say: 'Put like terms together.' }
    : {
        rule: 'power',
        caption: 'Multiply the numbers and add the exponents',
        say: 'Put the numbers together, and the powers of each letter together.',
      };
}

/** A quotient of polynomials: factor above and below, then cancel. */
function simplifyQuotient(expression: Expression): Result<Solution, Refusal> {
  const [name, second] = variablesOf(expression);
  if (name === undefined || second !== undefined) return err({ reason: 'not-yet' });
  const read = toRationalFunction(expression, name);
  if (!read.ok) return err({ reason: toReason(read.error) });
  const { top, bottom } = withWholeParts(reduced(read.value), toWholeCoefficients);
  const shared = commonDivisor(read.value.top, read.value.bottom);
  const write = (each: typeof top): Expression => fromPolynomial(each, name);
  const answer = bottom.length === 1 && toLatex(write(bottom)) === '1' ? write(top) : divide(write(top), write(bottom));
  const walk = createWalk(expression);
  const single = expression.kind === 'divide' ? read.value : null;
  if (single !== null && shared.length > 1) {
    const common = toWholeCoefficients(shared);
    const parts = [single.top, single.bottom].map((each): Expression => {
      const rest = dividePolynomials(each, common).quotient;
      if (rest.length === 1 && toLatex(write(rest)) === '1') return write(common);
      return multiply(write(common), factorPolynomial(rest, name) ?? write(rest), 'implicit');
    });
    const [above, below] = parts;
    if (above !== undefined && below !== undefined)
      walk.go(divide(above, below), {
        rule: 'factor',
        caption: 'Factor above and below the line',
        say: 'Factor above and below the line.',
      });
  }
  if (single === null)
    walk.go(divide(write(read.value.top), write(read.value.bottom)), {
      rule: 'common-denominator',
      caption: 'Write it as one fraction',
      say: 'Bring it all over one common denominator.',
    });
  walk.go(answer, {
    rule: 'cancel',
    caption: 'Cancel what is above and below',
    say: 'Cancel the factor that stands above and below the line.',
  });
  const remark = shared.length > 1 ? 'It holds wherever nothing is divided by zero.' : undefined;
  return finished(expression, walk, answer, remark);
}

/** The end of a rewriting: the answer as a formula, or "nothing to do" when it was there from the start. */
export function finished(
  expression: Expression,
  walk: ReturnType<typeof createWalk>,
  answer: Expression,
  remark?: string,
): Result<Solution, Refusal> {
  const final: Answer = {
    kind: 'expression',
    ...toFormula(answer),
    exact: toPlainText(answer),
    ...(remark === undefined ? {} : { remark }),
  };
  const done = finishWalk(toFormula(expression), walk, final);
  if (!done.ok || done.value.steps.length > 0) return done;
  return toLatex(expression) === toLatex(answer) && remark === undefined
    ? err({ reason: 'nothing-to-do' })
    : ok(done.value);
}

/** The refusal for an expression that is not a polynomial. */
export function toReason(reason: NotPolynomial): Refusal['reason'] {
  if (reason === 'too-big' || reason === 'irrational' || reason === 'undefined') return reason;
  return 'not-yet';
}
