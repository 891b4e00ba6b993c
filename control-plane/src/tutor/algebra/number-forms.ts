/** A number in another form: fraction, decimal, percentage, mixed number; and rounded. The value is worked out first. */
import { err, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import { evaluateExactly } from './exact.js';
import { divide, fromRational, integer, negate, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { withoutValue } from './no-value.js';
import { percentAnswer, toPercent } from './percent.js';
import { nearly } from './radical.js';
import { absolute, isNegative, rational, sizeOf, toExactDecimal, toText, type Rational } from './rational.js'; // prettier-ignore
import type { NumberForm, Refusal, Solution } from './solution.js';
import { createCheckedStep, createWalk, finishWalk, toFormula } from './steps.js';
import { toAnswer } from './arithmetic.js';

/** Longest group of digits that a repeating decimal may repeat. */
const longestPeriod = 12;

/** Writes the value of a calculation in the form that was asked for. */
export function writeAs(expression: Expression, form: NumberForm): Result<Solution, Refusal> {
  const value = evaluate(expression);
  if (!value.ok) return withoutValue(expression, value.error);
  const problem = toFormula(expression);
  const walk = createWalk(expression);
  switch (form) {
    case 'percent':
      walk.go(toPercent(value.value), {
        rule: 'percent',
        caption: 'Multiply by one hundred',
        say: 'Multiply by one hundred to write it as a percentage.',
      });
      return finishWalk(problem, walk, percentAnswer(value.value));
    case 'fraction': {
      const places = placesOf(expression);
      if (places !== null)
        walk.go(signed(divide(integer(places.numerator), integer(places.denominator)), isNegative(value.value)), {
          rule: 'decimal-to-fraction',
          caption: `Write it over ${places.denominator.toString()}`,
          say: 'Read the places behind the point: tenths, hundredths and so on.',
        });
      walk.go(fromRational(value.value), { rule: 'reduce', caption: 'Reduce', say: 'Reduce to lowest terms.' });
      return finishWalk(problem, walk, toAnswer(fromRational(value.value), value.value));
    }
    case 'decimal': {
      const decimal = fromRational(value.value, 'decimal');
      if (toExactDecimal(value.value) === null) return repeating(value.value, expression);
      walk.go(decimal, {
        rule: 'divide',
        caption: 'Divide the top by the bottom',
        say: 'Divide the top by the bottom.',
      });
      return finishWalk(problem, walk, toAnswer(decimal, value.value));
    }
    case 'mixed':
      return asMixed(value.value, expression);
  }
}

function signed(expression: Expression, isMinus: boolean): Expression {
  return isMinus ? negate(expression) : expression;
}

/** A decimal as written over a power of ten, not reduced. */
function placesOf(expression: Expression): { numerator: bigint; denominator: bigint } | null {
  const inner = expression.kind === 'negate' ? expression.value : expression;
  if (inner.kind !== 'number' || inner.decimal === null) return null;
  const places = inner.decimal.split('.')[1]?.length ?? 0;
  const denominator = 10n ** BigInt(places);
  return { numerator: (inner.value.numerator * denominator) / inner.value.denominator, denominator };
}

/** `1/3 = 0.333…` with a bar over what repeats. */
function repeating(value: Rational, expression: Expression): Result<Solution, Refusal> {
  const size = sizeOf(value);
  const seen = new Map<bigint, number>();
  let rest = size.numerator % size.denominator;
  let digits = '';
  while (rest !== 0n && !seen.has(rest)) {
    if (digits.length > longestPeriod + 6) return err({ reason: 'not-yet' });
    seen.set(rest, digits.length);
    digits += ((rest * 10n) / size.denominator).toString();
    rest = (rest * 10n) % size.denominator;
  }
  const start = seen.get(rest);
  if (start === undefined || digits.length - start > longestPeriod) return err({ reason: 'not-yet' });
  const whole = `${isNegative(value) ? '-' : ''}${(size.numerator / size.denominator).toString()}`;
  const [fixed, period] = [digits.slice(0, start), digits.slice(start)];
  const answer = toAnswer(fromRational(value), value);
  const names = toFormula(fromRational(value)).spoken;
  return {
    ok: true,
    value: {
      problem: toFormula(expression),
      steps: [],
      answer: {
        ...answer,
        latex: `${whole}.${fixed}\\overline{${period}}`,
        spoken: `${names} as a decimal, where ${Array.from(period, (each) => toFormula(integer(BigInt(each))).spoken).join(' ')} repeats forever`,
        exact: `${whole}.${fixed}(${period})`,
      },
    },
  };
}

function asMixed(value: Rational, expression: Expression): Result<Solution, Refusal> {
  const size = sizeOf(value);
  const whole = size.numerator / size.denominator;
  const walk = createWalk(expression);
  const rest = size.numerator % size.denominator;
  const mixed: Expression =
    whole === 0n || rest === 0n
      ? fromRational(size)
      : { kind: 'mixed', whole, numerator: rest, denominator: size.denominator };
  const answer = signed(mixed, isNegative(value));
  walk.go(fromRational(value), { rule: 'reduce', caption: 'Work it out', say: 'Work it out as one fraction.' });
  walk.go(answer, {
    rule: 'mixed-number',
    caption: 'Divide: the remainder stays a fraction',
    say: 'Divide the top by the bottom: the remainder stays as a fraction.',
  });
  return finishWalk(toFormula(expression), walk, { ...toAnswer(answer, value), exact: toText(value) });
}

/**
 * Rounds half away from zero.
 *
 * @param places digits behind the point; negative for tens, hundreds and so on
 * @param unit how the place is called: "nearest tenth"
 */
export function round(expression: Expression, places: number, unit: string): Result<Solution, Refusal> {
  if (places > 10 || places < -9) return err({ reason: 'too-big' });
  const scale = rational(10n ** BigInt(Math.max(0, places)), 10n ** BigInt(Math.max(0, -places)));
  const exact = evaluate(expression);
  let value: Rational;
  if (exact.ok) value = exact.value;
  else {
    const roots = exact.error === 'irrational' ? evaluateExactly(expression) : null;
    if (roots?.ok !== true) return withoutValue(expression, exact.error);
    const near = nearly(roots.value);
    if (Math.abs(near) > 1e6 || places > 6) return err({ reason: 'too-big' });
    value = rational(BigInt(Math.round(near * 1e9)), 10n ** 9n);
  }
  const top = absolute(value.numerator) * scale.numerator * 2n;
  const below = value.denominator * scale.denominator;
  const units = (top / below + 1n) / 2n;
  const rounded = rational((isNegative(value) ? -1n : 1n) * units * scale.denominator, scale.numerator);
  const written = withPlaces(rounded, places);
  const apart = absolute((value.numerator * rounded.denominator - rounded.numerator * value.denominator) * scale.numerator * 2n); // prettier-ignore
  if (apart > value.denominator * rounded.denominator * scale.denominator) return err({ reason: 'unsure' });
  const place = unit.startsWith('nearest') ? `the ${unit}` : unit;
  const walk = createWalk(expression);
  if (toLatex(written) !== toLatex(expression))
    walk.take(
      createCheckedStep(expression, written, {
        rule: 'round',
        caption: `Round to ${place}`,
        say: `Look at the next digit and round to ${place}.`,
      }),
    );
  const steps = walk.steps()?.map((step) => ({ ...step, latex: step.latex.replace(' = ', ' \\approx ') })) ?? [];
  const answer = { kind: 'value', ...toFormula(written), exact: decimalText(rounded, places) } as const;
  return { ok: true, value: { problem: toFormula(expression), steps, answer } };
}

/** With exactly so many places: 2.50 to two places keeps its zero. */
function withPlaces(value: Rational, places: number): Expression {
  if (places <= 0) return fromRational(value);
  const size = sizeOf(value);
  const number: Expression = { kind: 'number', value: size, decimal: decimalText(size, places) };
  return isNegative(value) ? negate(number) : number;
}

function decimalText(value: Rational, places: number): string {
  if (places <= 0) return toText(value);
  const scaled = ((absolute(value.numerator) * 10n ** BigInt(places)) / value.denominator)
    .toString()
    .padStart(places + 1, '0');
  return `${isNegative(value) ? '-' : ''}${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
}
