/** Makes practice problems by topic and level: the same seed gives the same problem, and each was solved before it is set. */
import { solve } from '../algebra/solve.js';
import type { Problem, Solution } from '../algebra/solution.js';
import { createDice, type Dice } from '../dialogue/chance.js';
import { understand } from '../understand/understand.js';
import type { Drill, PracticeTopic } from './topics.js';

/** A problem with its checked solution, and the seed for the next draw. */
export interface Practice {
  readonly problem: Problem;
  readonly solution: Solution;
  readonly seed: number;
}

/** Draws that are tried before the engine's refusal is taken for a fault; one in a hundred needs a second. */
const mostTries = 20;

/** Sets a problem; null only when the engine refuses twenty draws in a row. */
export function setPractice({ topic, level }: Drill, seed: number): Practice | null {
  const dice = createDice(seed);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const meaning = understand(makers[topic](dice, level));
    if (meaning.kind !== 'problem') continue;
    const solved = solve(meaning.problem);
    if (!solved.ok || solved.value.steps.length === 0) continue;
    return { problem: meaning.problem, solution: solved.value, seed: dice.seed() };
  }
  return null;
}

type Maker = (dice: Dice, level: number) => string;

const makers: Readonly<Record<PracticeTopic, Maker>> = {
  adding: (dice, level) => {
    const size = 10 ** Math.min(3, 1 + Math.floor(level / 2));
    const [a, b] = [dice.between(Math.floor(size / 4), size), dice.between(2, size)];
    return dice.between(0, 1) === 0 ? `${a} + ${b}` : `${Math.max(a, b)} - ${Math.min(a, b)}`;
  },
  times: (dice, level) => {
    const [a, b] = [dice.between(3, 6 + 3 * level), dice.between(2, 9)];
    return dice.between(0, 1) === 0 ? `${a} * ${b}` : `${a * b} / ${b}`;
  },
  order: (dice, level) => {
    const [a, b, c, d] = [dice.between(2, 9), dice.between(2, 4 + level), dice.between(2, 9), dice.between(2, 5)];
    if (level < 3) return `${a} + ${b} * ${c}`;
    return dice.between(0, 1) === 0 ? `${d} * (${a} + ${b}) - ${c}` : `${a} + ${b} * ${c} - ${d}^2`;
  },
  fractions: (dice, level) => {
    const below = dice.between(3, 4 + level);
    const other = level < 2 ? below : dice.between(2, 5 + level);
    const [a, b] = [dice.between(1, below - 1), dice.between(1, Math.max(1, other - 1))];
    const sign = ['+', '-', '*'][dice.between(0, Math.min(2, level - 1))] ?? '+';
    return `(${a}/${below}) ${sign} (${b}/${other})`;
  },
  percent: (dice, level) => {
    const rates = level < 3 ? [10, 20, 25, 50, 75] : [5, 12, 15, 30, 35, 60];
    return `${rates[dice.between(0, rates.length - 1)] ?? 10}% of ${dice.between(1, 5 + 5 * level) * 20}`;
  },
  powers: (dice, level) => {
    if (level < 3) return `${dice.between(2, 4 + level)}^${dice.between(2, 3)}`;
    return `simplify x^${dice.between(2, 6)} * x^${dice.between(2, 3 + level)}`;
  },
  linear: (dice, level) => {
    const x = dice.between(level < 3 ? 1 : -6, 9);
    const a = dice.between(2, 4 + level);
    const b = dice.between(1, 9);
    if (level < 3) return `solve ${a}x ${dice.between(0, 1) === 0 ? `+ ${b} = ${a * x + b}` : `- ${b} = ${a * x - b}`}`;
    if (level === 3) return `solve ${a}(x + ${b}) = ${a * (x + b)}`;
    const c = dice.between(1, a - 1);
    return `solve ${a}x + ${b} = ${c === 1 ? '' : c}x ${signed((a - c) * x + b)}`;
  },
  quadratic: (dice, level) => {
    const low = level < 2 ? 1 : -4 - level;
    const [p, q] = [dice.between(low, 5 + level), dice.between(low, 5 + level)];
    const a = level < 5 ? 1 : dice.between(2, 3);
    return `solve ${a === 1 ? '' : a}x^2 ${termX(-a * (p + q))}${signed(a * p * q)} = 0`;
  },
  expand: (dice, level) => {
    const [a, b] = [dice.between(1, 5 + level), dice.between(level < 3 ? 1 : -9, 9)];
    return level < 2 ? `expand ${dice.between(2, 6)}(x + ${a})` : `expand (x + ${a})(x ${signed(b === 0 ? 1 : b)})`;
  },
  factor: (dice, level) => {
    if (level < 2) {
      const k = dice.between(2, 6);
      return `factor ${k}x + ${k * dice.between(2, 7)}`;
    }
    const [p, q] = [dice.between(1, 4 + level), dice.between(level < 4 ? 1 : -6, 6)];
    return `factor x^2 ${termX(p + q)}${signed(p * q)}`;
  },
  system: (dice, level) => {
    const [x, y] = [dice.between(level < 3 ? 1 : -6, 9), dice.between(level < 3 ? 1 : -6, 9)];
    if (level < 3) return `solve x + y = ${x + y}, x - y = ${x - y}`;
    const [a, b] = [dice.between(2, 3), dice.between(1, level)];
    return `solve ${a}x + ${b === 1 ? '' : b}y = ${a * x + b * y}, x - y = ${x - y}`;
  },
  inequality: (dice, level) => {
    const [a, b, x] = [dice.between(2, 4 + level), dice.between(1, 9), dice.between(level < 3 ? 1 : -6, 9)];
    const sign = dice.between(0, 1) === 0 ? '<' : '>';
    return level < 3 ? `solve ${a}x + ${b} ${sign} ${a * x + b}` : `solve ${b} - ${a}x ${sign} ${b - a * x}`;
  },
  derivative: (dice, level) => {
    const [a, n, b] = [dice.between(2, 3 + level), dice.between(2, 2 + level), dice.between(1, 9)];
    return level < 2 ? `derivative of x^${n + b - 1}` : `derivative of ${a}x^${n} + ${b === 1 ? '' : b}x`;
  },
};

function signed(value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`;
}

/** `+ 3x `, `- x `, nothing for 0. */
function termX(value: number): string {
  if (value === 0) return '';
  return `${signed(value).replace(/^([+-] )1$/, '$1')}x `;
}
