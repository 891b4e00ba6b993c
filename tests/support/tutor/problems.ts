/** Problems by topic with a check that needs none of the tutor's algebra: built from the answer, or judged by mathjs. */
import { isClose, isEquivalent, namesIn, solutionsIn, valueOf, type Given } from './oracle.js';
import { moreTopics } from './more-problems.js';
import { factor, gcd, plus, term, value, type Generated } from './problem-parts.js';
import type { Choices } from './random.js';

const undefinedOr =
  (expression: string) =>
  (given: Given): boolean => {
    const expected = valueOf(expression);
    return Number.isFinite(expected) ? value(expected)(given) : given.kind === 'undefined' || given.kind === 'not-real';
  };
const expression =
  (expected: string) =>
  (given: Given): boolean =>
    given.kind === 'expression' && isEquivalent(given.exact, expected, namesIn(`${expected} ${given.exact}`));

/** Are these exactly the solutions? */
const roots =
  (expected: readonly number[], variable = 'x') =>
  (given: Given): boolean => {
    if (expected.length === 0) return given.kind === 'no-solution';
    const found =
      given.kind === 'solutions' ? solutionsIn(given.exact, variable)?.map((each) => valueOf(each)) : undefined;
    const distinct = expected.filter((each, index) => expected.findIndex((other) => isClose(other, each)) === index);
    return found?.length === distinct.length && distinct.every((each) => found.some((other) => isClose(other, each)));
  };

function calculation(c: Choices, depth: number, leaf: () => string): string {
  if (depth === 0) return leaf();
  const [a, b] = [calculation(c, depth - 1, leaf), calculation(c, c.whole(0, depth - 1), leaf)];
  switch (c.whole(0, 4)) {
    case 0:
      return `(${a} + ${b})`;
    case 1:
      return `(${a} - ${b})`;
    case 2:
      return `${a} * ${b}`;
    case 3:
      return `(${a}) / (${b})`;
    default:
      return `(${a})^${c.whole(0, 3)}`;
  }
}

const quadraticRoots = (a: number, b: number, k: number): readonly number[] => {
  const d = b * b - 4 * a * k;
  return d < 0 ? [] : [(-b - Math.sqrt(d)) / (2 * a), (-b + Math.sqrt(d)) / (2 * a)];
};

/** One problem maker per topic. */
export const topics: Readonly<Record<string, (c: Choices) => Generated>> = {
  ...moreTopics,
  arithmetic(c) {
    const question = calculation(c, 2, () => `${c.whole(0, 40)}`);
    return { question, isRight: undefinedOr(question) };
  },
  fractions(c) {
    const question = calculation(c, c.whole(1, 2), () => `(${c.whole(1, 12)}/${c.whole(2, 12)})`);
    return { question, isRight: undefinedOr(question) };
  },
  decimals(c) {
    const question = calculation(c, c.whole(1, 2), () => (c.whole(1, 999) / c.pick([10, 100])).toString());
    return { question, isRight: undefinedOr(question) };
  },
  percent(c) {
    const [p, n] = [c.whole(1, 150), c.whole(1, 400)];
    return c.pick<() => Generated>([
      () => ({ question: `what is ${p}% of ${n}`, isRight: value((p * n) / 100) }),
      () => ({ question: `increase ${n} by ${p}%`, isRight: value(n + (p * n) / 100) }),
      () => ({ question: `${p} percent off ${n}`, isRight: value(n - (p * n) / 100) }),
      () => ({ question: `${p} is what percent of ${n}`, isRight: value((100 * p) / n) }),
      () => ({ question: `percent change from ${n} to ${p}`, isRight: value((100 * (p - n)) / n) }),
      () => ({ question: `${n} is ${p}% of what number`, isRight: value((100 * n) / p) }),
    ])();
  },
  roots(c) {
    const [a, b, n, m] = [c.nonZero(-6, 6), c.nonZero(-6, 6), c.whole(2, 200), c.whole(2, 200)];
    const question = c.pick([
      `sqrt(${n})`,
      `${a}*sqrt(${n}) ${plus(b)}*sqrt(${m})`,
      `sqrt(${n})*sqrt(${m})`,
      `${a}/sqrt(${n})`,
      `(${a} ${plus(b)}*sqrt(${n}))^2`,
      `${a}/(${b} + sqrt(${n}))`,
      `sqrt(${n}/${m})`,
      `cbrt(${n})`,
    ]);
    return { question, isRight: undefinedOr(question) };
  },
  powers(c) {
    const [a, n, b] = [c.nonZero(-9, 9), c.whole(-4, 6), c.whole(2, 5)];
    const question = c.pick([
      `(${a})^(${n})`,
      `(${a}/${b})^(${n})`,
      `${b ** 3}^(2/3)`,
      `${b ** 2}^(-1/2)`,
      `${b}^${n} * ${b}^2`,
    ]);
    return { question, isRight: undefinedOr(question) };
  },
  linear(c) {
    const [a, b, d, e, k] = [c.nonZero(-9, 9), c.whole(-20, 20), c.whole(-9, 9), c.whole(-20, 20), c.nonZero(2, 6)];
    const [question, slope, rest] = c.pick<readonly [string, number, number]>([
      [`${a}x ${plus(b)} = ${d}x ${plus(e)}`, a - d, e - b],
      [`solve ${a}*(x ${plus(b)}) = ${e}`, a, e - a * b],
      [`x/${k} ${plus(b)} = ${e}`, 1 / k, e - b],
      [`(${a}x ${plus(b)})/${k} = x ${plus(e)}`, a / k - 1, e - b / k],
    ]);
    if (Math.abs(slope) < 1e-12)
      return { question, isRight: ({ kind }) => kind === (Math.abs(rest) < 1e-12 ? 'every-number' : 'no-solution') };
    return { question, isRight: roots([rest / slope]) };
  },
  quadratic(c) {
    const [a, b, k] = [c.nonZero(-4, 4), c.whole(-12, 12), c.whole(-20, 20)];
    return c.pick<() => Generated>([
      () => ({
        question: `${factor(a)}x^2 ${term(b, 'x')} ${plus(k)} = 0`.replace('+ 0x ', ''),
        isRight: roots(quadraticRoots(a, b, k)),
      }),
      () => ({ question: `(x ${plus(b)})*(x ${plus(k)}) = 0`, isRight: roots([-b, -k]) }),
      () => ({ question: `(x ${plus(b)})^2 = ${k}`, isRight: roots(quadraticRoots(1, 2 * b, b * b - k)) }),
      () => ({ question: `x^2 = ${b}x ${plus(k)}`, isRight: roots(quadraticRoots(1, -b, -k)) }),
    ])();
  },
  fractional(c) {
    const [a, b, k, d] = [c.nonZero(-9, 9), c.nonZero(-6, 6), c.nonZero(-6, 6), c.nonZero(-6, 6)];
    return c.pick<() => Generated>([
      () => ({ question: `${a}/(x ${plus(b)}) = ${k}`, isRight: roots([a / k - b]) }),
      () => ({ question: `${a}/x = x ${plus(b)}`, isRight: roots(quadraticRoots(1, b, -a)) }),
      // x = b solves what is left, and is left out because it divides by zero.
      () => ({
        question: `x/(x ${plus(-b)}) = ${b}/(x ${plus(-b)}) + ${d}`,
        isRight: (given) => given.kind === (d === 1 ? 'every-number' : 'no-solution'),
      }),
      () => ({ question: `${a}/(x ${plus(b)}) = ${k}/(x ${plus(d)})`, isRight: crossed(a, b, k, d) }),
    ])();
  },
  absolute(c) {
    const [a, b, k] = [c.nonZero(-5, 5), c.whole(-9, 9), c.whole(-4, 20)];
    return { question: `|${factor(a)}x ${plus(b)}| = ${k}`, isRight: roots(k < 0 ? [] : [(k - b) / a, (-k - b) / a]) };
  },
  system(c) {
    const [x, y] = [c.whole(-9, 9), c.whole(-9, 9)];
    const [a, b, d, e] = [c.nonZero(-5, 5), c.nonZero(-5, 5), c.nonZero(-5, 5), c.nonZero(-5, 5)];
    const question = `${factor(a)}x ${term(b, 'y')} = ${a * x + b * y}, ${factor(d)}x ${term(e, 'y')} = ${d * x + e * y}`;
    const unique = a * e - b * d !== 0;
    return {
      question,
      isRight: ({ kind, exact }) => (unique ? exact === `x = ${x}, y = ${y}` : kind === 'every-number'),
    };
  },
  inequality(c) {
    const [a, b, k] = [c.nonZero(-9, 9), c.whole(-20, 20), c.whole(-20, 20)];
    const relation = c.pick(['<', '>', '<=', '>=']);
    const holds = (x: number): boolean => compare(relation, a * x + b, k);
    return {
      question: `${a}x ${plus(b)} ${relation} ${k}`,
      isRight: ({ kind, exact }) => {
        const match = /^x (<=|>=|<|>) (.+)$/.exec(exact);
        if (kind !== 'inequality' || match === null) return false;
        const bound = valueOf(match[2] ?? '');
        if (!isClose(bound, (k - b) / a)) return false;
        const places = [bound - 1, bound + 1, bound - 0.01, bound + 0.01];
        const isClosed = (match[1] ?? '').endsWith('=') === relation.endsWith('=');
        return isClosed && places.every((x) => compare(match[1] ?? '', x, bound) === holds(x));
      },
    };
  },
  simplify(c) {
    const [a, b, d, e] = [c.nonZero(-9, 9), c.whole(-9, 9), c.nonZero(-9, 9), c.whole(-9, 9)];
    const text = c.pick([
      `${a}x ${plus(b)} ${term(d, 'x')} ${plus(e)}`,
      `${a}*(x ${plus(b)}) - (${d}x ${plus(e)})`,
      `${a}*x^3 * ${d}*x^2`,
      `(${a}*x^2)^3`,
      `${a}*a ${term(d, 'b')} ${term(e, 'a')}`.replace(/[+-] 0a/, '+ 0'),
      `(x^2 - ${b * b})/(x ${plus(b)})`,
      `x/${Math.abs(a) + 1} + x/${Math.abs(d) + 1}`,
      `(${a}x ${plus(b)})/x`,
    ]);
    return { question: `simplify ${text}`, isRight: expression(text) };
  },
  expand(c) {
    const [a, b, d, e] = [c.nonZero(-9, 9), c.whole(-9, 9), c.nonZero(-9, 9), c.whole(-9, 9)];
    const text = c.pick([
      `(${factor(a)}x ${plus(b)})(${factor(d)}x ${plus(e)})`,
      `(x ${plus(b)})^2`,
      `${a}(x ${plus(b)})`,
      `(x ${plus(b)})^3`,
      `(x + ${Math.abs(d)}*y)^2`,
    ]);
    const checked = text.replace(/\)\(/g, ')*(').replace(/^(-?\d+)\(/, '$1*(');
    const isFlat = (exact: string): boolean => !exact.includes('(');
    return { question: `expand ${text}`, isRight: (given) => isFlat(given.exact) && expression(checked)(given) };
  },
  factor(c) {
    const [a, b, d, e] = [c.whole(1, 4), c.nonZero(-9, 9), c.whole(1, 4), c.nonZero(-9, 9)];
    const [p, q, r] = [a * d, a * e + b * d, b * e];
    const text = `${factor(p)}x^2 ${term(q, 'x')} ${plus(r)}`.replace(/[+-] 0x /, '');
    // A number that all three share must stand in front; two brackets, or one squared, must be left.
    return {
      question: `factor ${text}`,
      isRight: (given) => {
        const brackets = (given.exact.match(/\([^()]*x[^()]*\)/g) ?? []).length + (given.exact.endsWith('^2') ? 1 : 0);
        const inner = [...given.exact.matchAll(/\((\d*)x [+-] (\d+)\)/g)];
        const lowest = inner.every(
          ([, front = '', last = '']) => gcd(front === '' ? 1 : Number(front), Number(last)) === 1,
        );
        return brackets === 2 && lowest && expression(text)(given);
      },
    };
  },
};

function crossed(a: number, b: number, k: number, d: number): (given: Given) => boolean {
  // a(x + d) = k(x + b)
  const [slope, rest] = [a - k, k * b - a * d];
  if (slope === 0) return (given) => given.kind === (rest === 0 ? 'every-number' : 'no-solution');
  const x = rest / slope;
  return roots(isClose(x, -b) || isClose(x, -d) ? [] : [x]);
}

function compare(relation: string, a: number, b: number): boolean {
  switch (relation) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}
