/** Which practice fits a page: its topic in words, its grade as a number. Generates nothing. */

/** What can be practised. */
export type PracticeTopic =
  'adding' | 'times' | 'order' | 'fractions' | 'percent' | 'powers' | 'linear' | 'quadratic' | 'expand' | 'factor' | 'derivative' | 'system' | 'inequality'; // prettier-ignore

/** What is practised now, and how hard it is. */
export interface Drill {
  readonly topic: PracticeTopic;
  /** 1–5; grows with every problem that was solved without being shown. */
  readonly level: number;
}

/** The hardest level. */
export const hardest = 5;

/** Names that are said: "practice with fractions". */
export const topicNames: Readonly<Record<PracticeTopic, string>> = {
  adding: 'adding and subtracting',
  times: 'multiplying and dividing',
  order: 'the order of operations',
  fractions: 'fractions',
  percent: 'percentages',
  powers: 'powers',
  linear: 'linear equations',
  quadratic: 'quadratic equations',
  expand: 'multiplying out brackets',
  factor: 'factoring',
  derivative: 'derivatives',
  system: 'systems of equations',
  inequality: 'inequalities',
};

/** The first pattern that fits wins, so that "quadratic equations" is not just any equation. */
const patterns: readonly (readonly [PracticeTopic, RegExp])[] = [
  ['quadratic', /quadratic|parabola|second[ -]degree/],
  ['system', /system|simultaneous|two unknowns|pairs? of equations/],
  ['inequality', /inequalit|less than|greater than/],
  ['derivative', /derivativ|differenti|calculus/],
  ['factor', /factor(?:ing|is|iz|\b)/],
  ['expand', /expand|bracket|distribut|binomial|multiply(?:ing)? out/],
  ['linear', /linear|equation|algebra|unknown/],
  ['percent', /percent|discount|interest/],
  ['fractions', /fraction|numerator|denominator/],
  ['powers', /power|exponent|indices|\broots?\b|square/],
  ['order', /order of operations|pemdas|bodmas|bidmas/],
  ['times', /multipl|times table|divi[ds]/],
  ['adding', /add(?:ing|ition)|subtract|\bsums?\b|plus|minus|arithmetic/],
];

/** Reads a topic in words; null when it names nothing that can be practised. */
export function topicFromWords(words: string): PracticeTopic | null {
  const text = words.slice(0, 200).toLowerCase();
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The grades at which a topic is begun, youngest first. */
const byGrade: readonly (readonly [number, PracticeTopic])[] = [
  [2, 'adding'], [4, 'times'], [5, 'fractions'], [6, 'order'], [7, 'percent'], [8, 'linear'], [10, 'quadratic'], [20, 'derivative'],
]; // prettier-ignore

/** The drill that a page's topic and grade ask for: "9", "grade 9", "Year 9". Unknown ones give linear equations. */
export function drillFor(topic: string | undefined, grade: string | undefined): Drill {
  const digits = /\d{1,2}/.exec(grade?.slice(0, 40) ?? '')?.[0];
  const year = digits === undefined ? null : Number(digits);
  const fromGrade = year === null ? 'linear' : (byGrade.find(([until]) => year <= until)?.[1] ?? 'linear');
  return { topic: topicFromWords(topic ?? '') ?? fromGrade, level: year !== null && year >= 9 ? 2 : 1 };
}

/** One level up or down, within bounds. */
export function shifted({ topic, level }: Drill, by: number): Drill {
  return { topic, level: Math.min(hardest, Math.max(1, level + by)) };
}
