/** Greatest common divisor and least common multiple of whole numbers, by Euclid's remainders. */
import { err, ok, type Result } from '../../platform/result.js';
import { nameInteger } from '../speech/number-names.js';
import { add, equation, integer, multiply } from './expression.js';
import { greatestCommonDivisor, leastCommonMultiple } from './rational.js';
import type { Refusal, Solution, Step } from './solution.js';
import { createStep, toFormula } from './steps.js';

const words = { gcd: 'greatest common divisor', lcm: 'least common multiple' } as const;
/** Largest number looked at: twelve digits. */
const largest = 10n ** 12n;

/** Finds the divisor or multiple of two to six whole numbers, none of them 0 or negative. */
export function findShared(task: 'gcd' | 'lcm', numbers: readonly bigint[]): Result<Solution, Refusal> {
  if (numbers.length < 2 || numbers.length > 6 || numbers.some((each) => each <= 0n)) return err({ reason: 'not-yet' });
  if (numbers.some((each) => each > largest)) return err({ reason: 'too-big' });
  const steps: (Step | null)[] = [];
  let found = numbers[0] ?? 1n;
  for (const next of numbers.slice(1)) {
    const divisor = greatestCommonDivisor(found, next);
    if (task === 'gcd') steps.push(...remainders(found, next));
    else {
      const multiple = leastCommonMultiple(found, next);
      const before = equation(multiply(integer(found), integer(next / divisor)), integer(multiple));
      const say = `They share the divisor ${nameInteger(divisor)}, so multiply ${nameInteger(found)} by ${nameInteger(next / divisor)}.`;
      steps.push(createStep(before, before, { rule: 'multiples', caption: 'Multiply by what is not shared', say }));
    }
    found = task === 'gcd' ? divisor : leastCommonMultiple(found, next);
  }
  const checked = steps.filter((step) => step !== null);
  if (checked.length < steps.length || found > largest || !isRight(task, numbers, found))
    return err({ reason: found > largest ? 'too-big' : 'unsure' });
  const list = numbers.map((each) => each.toString()).join(', ');
  const spoken = `the ${words[task]} of ${numbers.map(nameInteger).join(' and ')}`;
  const answer = { kind: 'value', ...toFormula(integer(found)), exact: found.toString() } as const;
  return ok({ problem: { latex: `\\operatorname{${task}}(${list})`, spoken }, steps: checked, answer });
}

function remainders(first: bigint, second: bigint): (Step | null)[] {
  let [a, b] = first > second ? [first, second] : [second, first];
  const steps: (Step | null)[] = [];
  while (b !== 0n) {
    const [times, rest] = [a / b, a % b];
    const line = equation(integer(a), add(multiply(integer(b), integer(times)), integer(rest)));
    const say = `${nameInteger(b)} goes into ${nameInteger(a)} ${times === 1n ? 'once' : `${nameInteger(times)} times`}, remainder ${nameInteger(rest)}.`;
    const sentence = say.charAt(0).toUpperCase() + say.slice(1);
    steps.push(
      createStep(line, line, {
        rule: 'remainders',
        caption: `Divide ${a.toString()} by ${b.toString()}`,
        say: sentence,
      }),
    );
    [a, b] = [b, rest];
  }
  return steps.length > 14 ? [] : steps;
}

function isRight(task: 'gcd' | 'lcm', numbers: readonly bigint[], found: bigint): boolean {
  if (task === 'lcm')
    return numbers.every((each) => found % each === 0n) && numbers.reduce(leastCommonMultiple) === found;
  return (
    numbers.every((each) => each % found === 0n) &&
    numbers.map((each) => each / found).reduce(greatestCommonDivisor) === 1n
  );
}
