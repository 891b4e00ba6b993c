/** Problems of calculus, whole numbers, units and lists, with checks that need none of the tutor's algebra. */
import { isClose, valueOf, type Given } from './oracle.js';
import { gcd, plus, term, value, type Generated } from './problem-parts.js';
import type { Choices } from './random.js';

/** Is what was found a function whose slope is the text, wherever it is looked at? */
function isAntiderivative(text: string, { kind, exact }: Given): boolean {
  const found = exact.replace(/ \+ C$/, '');
  if (kind !== 'expression' || found === exact) return false;
  return [0.4, 0.9, 1.3, 2.1, 2.7].every((x) => {
    const h = 1e-4;
    const slope = (valueOf(found, { x: x + h }) - valueOf(found, { x: x - h })) / (2 * h);
    return Math.abs(slope - valueOf(text, { x })) <= 1e-4 * Math.max(1, Math.abs(slope));
  });
}

/** The area by Simpson's rule, exact for polynomials up to degree 3. */
function area(text: string, from: number, to: number): number {
  const at = (x: number): number => valueOf(text, { x });
  return ((to - from) / 6) * (at(from) + 4 * at((from + to) / 2) + at(to));
}

function statistic(name: string, list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  switch (name) {
    case 'mean':
      return list.reduce((sum, each) => sum + each, 0) / list.length;
    case 'median':
      return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
    case 'range':
      return (sorted[sorted.length - 1] ?? 0) - (sorted[0] ?? 0);
    default:
      return list.find((each, index) => list.indexOf(each) < index) ?? Number.NaN;
  }
}

/** One problem maker per topic. */
export const moreTopics: Readonly<Record<string, (c: Choices) => Generated>> = {
  derivative(c) {
    const [a, b, n, k] = [c.nonZero(-9, 9), c.nonZero(-9, 9), c.whole(2, 6), c.whole(2, 5)];
    const text = c.pick([
      `${a}*x^${n} ${term(b, 'x')} ${plus(k)}`,
      `x^${n} * sin(x)`,
      `sin(${k}*x)`,
      `cos(x^2)`,
      `(${a}*x ${plus(b)})^${n}`,
      `e^(${k}*x)`,
      `ln(x^2 + ${k})`,
      `x/(x + ${k})`,
      `(x^2 ${plus(b)})/(x + ${k})`,
      `sqrt(x + ${k})`,
      `x^${n} * e^x`,
      `tan(x)`,
      `${a}/x^${n}`,
      `sin(x)^2`,
    ]);
    return {
      question: `derivative of ${text}`,
      isRight: (given) => {
        const names = ['x'];
        let seen = 0;
        for (const x of [0.4, 0.9, 1.3, 2.1, 2.7]) {
          const h = 1e-4;
          const slope = (valueOf(text, { x: x + h }) - valueOf(text, { x: x - h })) / (2 * h);
          const claimed = valueOf(given.exact, { [names[0] ?? 'x']: x });
          if (!Number.isFinite(slope) || !Number.isFinite(claimed)) continue;
          if (Math.abs(slope - claimed) > 1e-4 * Math.max(1, Math.abs(claimed))) return false;
          seen += 1;
        }
        return given.kind === 'expression' && seen >= 3;
      },
    };
  },
  'number-theory'(c) {
    const [a, b] = [c.whole(2, 500), c.whole(2, 500)];
    return c.pick<() => Generated>([
      () => ({ question: `gcd of ${a} and ${b}`, isRight: value(gcd(a, b)) }),
      () => ({ question: `lcm of ${a} and ${b}`, isRight: value((a * b) / gcd(a, b)) }),
      () => ({
        question: `prime factorization of ${a}`,
        isRight: ({ exact }) => isClose(valueOf(exact), a) && onlyPrimes(exact),
      }),
      () => ({ question: `is ${a} prime`, isRight: ({ exact }) => exact === (isPrime(a) ? 'prime' : 'not prime') }),
      () => ({ question: `remainder when ${a} is divided by ${b}`, isRight: value(a % b) }),
    ])();
  },
  units(c) {
    const n = c.whole(1, 5000) / c.pick([1, 10, 100]);
    const [from, to, size] = c.pick<readonly [string, string, number]>([
      ['meters', 'centimeters', 100], ['km', 'm', 1000], ['hours', 'minutes', 60], ['feet', 'inches', 12], ['kilograms', 'grams', 1000], ['inches', 'cm', 2.54],
      ['miles', 'km', 1.609344], ['pounds', 'kg', 0.45359237], ['liters', 'mL', 1000], ['minutes', 'hours', 1 / 60], ['cm', 'm', 0.01], ['days', 'hours', 24],
    ]); // prettier-ignore
    const isAmount = ({ kind, exact }: Given): boolean =>
      kind === 'quantity' && isClose(valueOf(exact.split(' ')[0] ?? ''), n * size);
    return {
      question: c.pick([
        `convert ${n} ${from} to ${to}`,
        `how many ${to} are in ${n} ${from}`,
        `${n} ${from} in ${to}`,
      ]),
      isRight: isAmount,
    };
  },
  evaluate(c) {
    const [a, b, x] = [c.nonZero(-9, 9), c.whole(-9, 9), c.whole(-6, 6)];
    const text = c.pick([`${a}*x ${plus(b)}`, `x^2 ${term(a, 'x')} ${plus(b)}`, `(x ${plus(b)})/${Math.abs(a)}`]);
    return { question: `what is ${text} when x = ${x}`, isRight: value(valueOf(text, { x })) };
  },
  integral(c) {
    const [a, b, n, k] = [c.nonZero(-9, 9), c.nonZero(-9, 9), c.whole(1, 6), c.whole(2, 5)];
    if (c.whole(0, 2) === 0) {
      const text = `${a}*x^${c.whole(1, 3)} + (${b})`;
      const [from, to] = [c.whole(-3, 1), c.whole(2, 4)];
      return { question: `integral of ${text} from ${from} to ${to}`, isRight: value(area(text, from, to)) };
    }
    const text = c.pick([`${a}*x^${n}`, `${a}*x^${n} + ${k}*x`, `${a}*x + (${b})`, `x^${n} + ${k}`, `cos(x)`, `${k}*sin(x)`, `e^x`]); // prettier-ignore
    return { question: `integrate ${text}`, isRight: (given) => isAntiderivative(text, given) };
  },
  statistics(c) {
    const list = Array.from({ length: c.whole(3, 8) }, () => c.whole(1, 40));
    const name = c.pick(['mean', 'median', 'range', 'mode']);
    const [first = 1] = list;
    // Exactly one number stands there twice.
    const numbers = name === 'mode' ? [...new Set(list), first] : list;
    return { question: `${name} of ${numbers.join(', ')}`, isRight: value(statistic(name, numbers)) };
  },
};

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return n > 1;
}

function onlyPrimes(exact: string): boolean {
  return exact.split('*').every((each) => isPrime(Number(each.split('^')[0])));
}
