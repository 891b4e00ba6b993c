/** Unit conversion by exact factors; temperatures by their formula. */
import { err, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import { add, fromRational, isNumeral, multiply, subtract, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { nameDecimal } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';
import { compare, equals, isInteger, minus, one, over, plus, rational, sizeOf, times, toExactDecimal, toRoundedDecimal, toText, type Rational } from './rational.js'; // prettier-ignore
import type { Formula, Measured, Refusal, Solution, Step } from './solution.js';
import { createStep } from './steps.js';
import { readUnits, type Unit } from './units.js';

/** A quantity with a longer denominator is shown as a decimal; the exact one stays in plain text. */
const longestDenominator = 100n;

/** Converts an amount; both names must mean units of the same measure. */
export function convert(amount: Expression, from: string, to: string): Result<Solution, Refusal> {
  const pairs = readUnits(from).flatMap((a) => readUnits(to).filter((b) => a.measure === b.measure).map((b) => [a, b] as const)); // prettier-ignore
  const [pair, second] = pairs;
  if (pair === undefined || second !== undefined) return err({ reason: 'not-yet' });
  const value = evaluate(amount);
  if (!value.ok) return err({ reason: value.error === 'too-big' ? 'too-big' : 'not-yet' });
  const [source, target] = pair;
  if (source.measure === 'temperature') return temperature(value.value, amount, source, target);
  const factor = over(source.size, target.size);
  const result = times(value.value, factor);
  const written = fromRational(result, 'decimal');
  const product = bigger(factor)
    ? multiply(amount, fromRational(factor, 'decimal'))
    : {
        kind: 'divide' as const,
        left: amount,
        right: fromRational(over(one, factor), 'decimal'),
        form: 'divided-by' as const,
      };
  const fact = bigger(factor)
    ? `${withUnit(one, source)} is ${withUnit(factor, target)}`
    : `${withUnit(one, target)} is ${withUnit(over(one, factor), source)}`;
  const words = bigger(factor) ? 'multiply' : 'divide';
  const steps: (Step | null)[] = [
    createStep(product, written, {
      rule: 'convert',
      caption: bigger(factor) ? 'Smaller units: multiply' : 'Larger units: divide',
      say: `${fact.charAt(0).toUpperCase()}${fact.slice(1)}, so ${words}.`,
    }),
  ];
  return finish(asked(amount, source, target), steps, result, target);
}

/** `5 ft 6 in`: both parts are converted, then added. */
export function convertTwo(parts: readonly [Measured, Measured], to: string): Result<Solution, Refusal> {
  const solved = parts.map(({ amount, from }) => {
    const pairs = readUnits(from).flatMap((a) => readUnits(to).filter((b) => a.measure === b.measure).map((b) => [a, b] as const)); // prettier-ignore
    const value = evaluate(amount);
    const [pair, second] = pairs;
    if (pair === undefined || second !== undefined || !value.ok) return null;
    const factor = over(pair[0].size, pair[1].size);
    return { amount, units: pair, value: times(value.value, factor), factor };
  });
  const [first, second] = solved;
  if (first == null || second == null || first.units[0].measure === 'temperature') return err({ reason: 'not-yet' });
  const product = ({ amount, factor }: typeof first): Expression => multiply(amount, fromRational(factor, 'decimal'));
  const both = add(product(first), product(second));
  const sum = add(fromRational(first.value, 'decimal'), fromRational(second.value, 'decimal'));
  const total = plus(first.value, second.value);
  const facts = [first, second].map(({ units: [a, b], factor }) => `${withUnit(one, a)} is ${withUnit(factor, b)}`);
  const [fact = '', ...rest] = facts.filter((_, index) => !equals([first, second][index]?.factor ?? one, one));
  const steps = [
    createStep(both, sum, {
      rule: 'convert',
      caption: 'Convert each part',
      say: `Convert each part: ${[fact, ...rest].join(', and ')}.`,
    }),
    createStep(sum, fromRational(total, 'decimal'), { rule: 'add', caption: 'Add both parts', say: 'Add both parts.' }),
  ];
  const problem: Formula = {
    latex: `${[first, second].map(({ amount, units }) => `${toLatex(amount)} ${unitLatex(units[0])}`).join('\\ ')} \\to ${unitLatex(first.units[1])}`,
    spoken: `${[first, second].map((each) => amountOf(each.amount, each.units[0])).join(' ')} in ${first.units[1].plural}`,
  };
  return finish(problem, steps, total, first.units[1]);
}

function amountOf(amount: Expression, unit: Unit): string {
  return `${toSpoken(amount)} ${isNumeral(amount) && toSpoken(amount) === 'one' ? unit.singular : unit.plural}`;
}

function bigger(factor: Rational): boolean {
  return compare(factor, one) >= 0;
}

function temperature(value: Rational, amount: Expression, source: Unit, target: Unit): Result<Solution, Refusal> {
  const five = fromRational(rational(5n, 9n));
  const nine = fromRational(rational(9n, 5n));
  const thirtyTwo = fromRational(rational(32n));
  const kelvin = rational(27_315n, 100n);
  const celsius =
    source.symbol === '°C'
      ? value
      : source.symbol === 'K'
        ? minus(value, kelvin)
        : times(minus(value, rational(32n)), rational(5n, 9n));
  const result =
    target.symbol === '°C'
      ? celsius
      : target.symbol === 'K'
        ? plus(celsius, kelvin)
        : plus(times(celsius, rational(9n, 5n)), rational(32n));
  if (compare(celsius, rational(-27_315n, 100n)) < 0) return err({ reason: 'not-yet' });
  const written = fromRational(result, 'decimal');
  const inCelsius = fromRational(celsius, 'decimal');
  const steps: (Step | null)[] = [];
  const say = (line: Expression, next: Expression, words: string): void => {
    if (toLatex(line) !== toLatex(next)) steps.push(createStep(line, next, { rule: 'convert', caption: 'Use the formula', say: words })); // prettier-ignore
  };
  if (source.symbol === '°F')
    say(multiply(subtract(amount, thirtyTwo), five), inCelsius, 'Subtract thirty-two, then multiply by five ninths.');
  if (source.symbol === 'K')
    say(
      subtract(amount, fromRational(kelvin, 'decimal')),
      inCelsius,
      'Subtract two hundred seventy-three point one five.',
    );
  if (target.symbol === '°F')
    say(add(multiply(inCelsius, nine), thirtyTwo), written, 'Multiply by nine fifths, then add thirty-two.');
  if (target.symbol === 'K')
    say(add(inCelsius, fromRational(kelvin, 'decimal')), written, 'Add two hundred seventy-three point one five.');
  return finish(asked(amount, source, target), steps, result, target);
}

function asked(amount: Expression, source: Unit, target: Unit): Formula {
  return {
    latex: `${toLatex(amount)} ${unitLatex(source)} \\to ${unitLatex(target)}`,
    spoken: `${amountOf(amount, source)} in ${target.plural}`,
  };
}

function finish(
  problem: Formula,
  steps: readonly (Step | null)[],
  result: Rational,
  target: Unit,
): Result<Solution, Refusal> {
  const checked = steps.filter((step) => step !== null);
  if (checked.length < steps.length) return err({ reason: 'unsure' });
  const written = fromRational(result, 'decimal');
  const decimal = toExactDecimal(result);
  const rounded = toRoundedDecimal(result);
  // Nobody reads 100000000/45359237 of a pound.
  const isReadable = decimal !== null || result.denominator <= longestDenominator;
  const approx = isInteger(result) || decimal !== null ? {} : { approx: { text: rounded, rounded: true } };
  return {
    ok: true,
    value: {
      problem,
      steps: checked,
      answer: {
        kind: 'quantity',
        latex: isReadable ? `${toLatex(written)} ${unitLatex(target)}` : `\\approx ${rounded} ${unitLatex(target)}`,
        spoken: decimal !== null ? withUnit(result, target) : `about ${nameDecimal(rounded)} ${target.plural}`,
        exact: `${decimal ?? toText(result)} ${target.symbol}`,
        ...approx,
      },
    },
  };
}

function unitLatex({ symbol }: Unit): string {
  if (symbol.startsWith('°')) return `{}^{\\circ}\\text{${symbol.slice(1)}}`;
  const [name = '', exponent] = symbol.split('^');
  return `\\text{ ${name}}${exponent === undefined ? '' : `^{${exponent}}`}`;
}

function withUnit(value: Rational, unit: Unit): string {
  const written = toSpoken(fromRational(value, 'decimal'));
  return `${written} ${equals(sizeOf(value), one) ? unit.singular : unit.plural}`;
}
