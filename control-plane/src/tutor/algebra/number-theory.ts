/** Primes, factors, remainders of one whole number. */
import { err, ok, type Result } from '../../platform/result.js';
import { nameInteger } from '../speech/number-names.js';
import { add, equation, fromRational, integer, multiply, power, type Expression } from './expression.js';
import { toPlainText } from './plain-text.js';
import { divisorsOf, isPrime, largestFactored, primeFactors } from './primes.js';
import { rational } from './rational.js';
import type { Refusal, Solution } from './solution.js';
import { createStep, createWalk, finishWalk, inWords, toFormula } from './steps.js';

/** The product of primes that a whole number is, from 2 on. */
export function factorInteger(number: bigint): Result<Solution, Refusal> {
  if (number < 2n) return err({ reason: 'not-yet' });
  if (number > largestFactored) return err({ reason: 'too-big' });
  const factors = primeFactors(number);
  const product = factors
    .map(([prime, count]): Expression => (count === 1 ? integer(prime) : power(integer(prime), integer(BigInt(count)))))
    .reduce((whole, each) => multiply(whole, each));
  const walk = createWalk(integer(number));
  let rest = number;
  let taken: Expression | null = null;
  const all = factors.flatMap(([prime, count]) => Array.from({ length: count }, () => prime));
  // One prime at a time is shown as long as the lines stay readable.
  for (const prime of all.length <= 8 ? all.slice(0, -1) : []) {
    rest /= prime;
    taken = taken === null ? integer(prime) : multiply(taken, integer(prime));
    walk.go(multiply(taken, integer(rest)), {
      rule: 'primes',
      caption: `Divide by ${prime.toString()}`,
      say: `Divide by ${nameInteger(prime)}: that leaves ${nameInteger(rest)}.`,
    });
  }
  walk.go(product, {
    rule: 'primes',
    caption: 'Write equal primes as powers',
    say: 'Write equal primes as powers.',
  });
  const problem = {
    latex: `\\text{prime factors of } ${number.toString()}`,
    spoken: `the prime factors of ${nameInteger(number)}`,
  };
  const remark = factors.length === 1 && factors[0]?.[1] === 1 ? { remark: 'It is a prime number itself.' } : {};
  return finishWalk(problem, walk, {
    kind: 'factorization',
    ...toFormula(product),
    exact: toPlainText(product),
    ...remark,
  });
}

/** Is it prime? When it is not, a factor shows why. */
export function judgePrime(number: bigint): Result<Solution, Refusal> {
  if (number > largestFactored) return err({ reason: 'too-big' });
  const problem = {
    latex: `\\text{Is } ${number.toString()} \\text{ prime?}`,
    spoken: `is ${nameInteger(number)} prime`,
  };
  if (number < 2n) return ok({ problem, steps: [], answer: inWords('statement', 'not prime', 'Primes start at two.') });
  if (isPrime(number))
    return ok({ problem, steps: [], answer: inWords('statement', 'prime', 'It has no divisor but one and itself.') });
  const [first] = primeFactors(number);
  const prime = first?.[0] ?? 2n;
  const line = equation(integer(number), multiply(integer(prime), integer(number / prime)));
  const step = createStep(line, line, {
    rule: 'primes',
    caption: `It is divisible by ${prime.toString()}`,
    say: `${capitalised(nameInteger(number))} is ${nameInteger(prime)} times ${nameInteger(number / prime)}.`,
  });
  if (step === null) return err({ reason: 'unsure' });
  return ok({
    problem,
    steps: [step],
    answer: inWords('statement', 'not prime', 'It has other divisors than one and itself.'),
  });
}

/** All divisors in a row. */
export function listFactors(number: bigint): Result<Solution, Refusal> {
  if (number < 1n) return err({ reason: 'not-yet' });
  if (number > largestFactored) return err({ reason: 'too-big' });
  const found = divisorsOf(number);
  if (found.length > 60) return err({ reason: 'too-big' });
  const answer = {
    kind: 'list',
    latex: found.map(String).join(', '),
    spoken: found.map(nameInteger).join(', '),
    exact: found.map(String).join(', '),
  } as const;
  const problem = {
    latex: `\\text{factors of } ${number.toString()}`,
    spoken: `the factors of ${nameInteger(number)}`,
  };
  return ok({ problem, steps: [], answer });
}

/** Does one whole number divide another? */
export function judgeDivisible(number: bigint, by: bigint): Result<Solution, Refusal> {
  const problem = {
    latex: `\\text{Is } ${number.toString()} \\text{ divisible by } ${by.toString()}\\text{?}`,
    spoken: `is ${nameInteger(number)} divisible by ${nameInteger(by)}`,
  };
  if (by === 0n) return ok({ problem, steps: [], answer: inWords('undefined', 'not defined', 'Nothing can be divided by zero.') }); // prettier-ignore
  const step = remainderStep(number, by);
  if (step === null) return err({ reason: 'unsure' });
  const answer = number % by === 0n ? inWords('statement', 'divisible') : inWords('statement', 'not divisible');
  return ok({ problem, steps: [step], answer });
}

/** What is left when one whole number is divided by another. */
export function findRemainder(number: bigint, by: bigint): Result<Solution, Refusal> {
  const problem = {
    latex: `${number.toString()} \\bmod ${by.toString()}`,
    spoken: `the remainder of ${nameInteger(number)} divided by ${nameInteger(by)}`,
  };
  if (by === 0n) return ok({ problem, steps: [], answer: inWords('undefined', 'not defined', 'Nothing can be divided by zero.') }); // prettier-ignore
  if (number < 0n || by < 0n) return err({ reason: 'not-yet' });
  const step = remainderStep(number, by);
  const rest = fromRational(rational(number % by));
  if (step === null) return err({ reason: 'unsure' });
  return ok({ problem, steps: [step], answer: { kind: 'value', ...toFormula(rest), exact: toPlainText(rest) } });
}

function remainderStep(number: bigint, by: bigint): ReturnType<typeof createStep> {
  const [count, rest] = [number / by, number % by];
  const line = equation(integer(number), add(multiply(integer(by), integer(count)), integer(rest)));
  const times = count === 1n ? 'once' : `${nameInteger(count)} times`;
  return createStep(line, line, {
    rule: 'remainders',
    caption: `Divide ${number.toString()} by ${by.toString()}`,
    say: `${capitalised(nameInteger(by))} goes into ${nameInteger(number)} ${times}, remainder ${nameInteger(rest)}.`,
  });
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
