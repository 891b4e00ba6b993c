/** Why a rule holds, in one sentence each, and what is said when a problem is declined. Words only. */
import type { Refusal, Rule } from '../algebra/solution.js';

/** The reason behind each rule. */
export const whyOf: Readonly<Record<Rule, string>> = {
  add: 'Adding puts two amounts together, and brackets, powers and products come before it.',
  subtract: 'Subtracting takes one amount away from another, after brackets, powers and products.',
  multiply: 'Multiplying is adding equal groups, so it comes before plain adding and subtracting.',
  divide: 'Dividing asks how many times one number fits into another.',
  power: 'A power is the same number multiplied by itself, so it comes before the product around it.',
  'negative-power': 'Each step down in the exponent divides by the base, and below zero only the division is left.',
  root: 'A root asks which number, multiplied by itself, gives what stands under it.',
  sign: 'The opposite of an opposite is the number you started with.',
  percent: 'Percent means out of one hundred, so it is a fraction with one hundred below the line.',
  of: 'A part of an amount is that part times the amount.',
  'mixed-number': 'A mixed number is a sum, so the whole is written in the same parts as the fraction.',
  'common-denominator':
    'Only parts of the same size can be counted together, so both fractions are written with the same denominator.',
  reciprocal: 'Dividing by a fraction asks how often it fits, and turning it over counts exactly that.',
  reduce: 'Dividing top and bottom by the same number does not change the value of a fraction.',
  'decimal-to-fraction':
    'A decimal is a fraction of ten, one hundred and so on, and fractions mix only with fractions.',
  'work-out': 'Brackets come first, then powers, then products, then sums.',
  brackets: 'What stands before the bracket multiplies everything inside it.',
  'like-terms': 'Terms with the same power of the unknown count the same thing, so they can be added up.',
  'clear-fractions':
    'Multiplying both sides by the same number keeps them equal, and a common denominator makes the fractions go away.',
  'swap-sides': 'If one side equals the other, it is also true the other way round.',
  'both-sides-unknown':
    'An equation is a balance, and taking the same off both sides keeps it level; this gathers the unknown on one side.',
  'both-sides-number':
    'An equation is a balance: doing the same to both sides keeps it level, and this leaves the unknown more alone.',
  'divide-both-sides': 'Dividing both sides by the same number keeps them equal and leaves one single unknown.',
  'standard-form': 'With zero on one side, the factors on the other tell the solutions.',
  'square-root': 'Two numbers have the same square, one positive and one negative, so both must be kept.',
  factor: 'A product is easier to read than a sum, because it is zero only when a factor is.',
  'zero-product': 'If two numbers multiply to zero, at least one of them is zero.',
  'common-factor': 'Taking out a shared factor is multiplying out read backwards.',
  derivative: 'A small change in a power changes it by the exponent times the next lower power.',
  remainders:
    'Whatever divides both numbers also divides the remainder, so the last remainder before zero is the greatest one.',
  multiples: 'The least common multiple needs every factor of both numbers, but the shared ones only once.',
  'simplify-root': 'The root of a product is the product of the roots, so square factors can leave the root.',
  'fractional-power': 'The bottom of a fractional exponent is a root, and the top is a power.',
  'known-value': 'This value comes straight from the definition, so it is worth knowing by heart.',
  factorial: 'A factorial is the product of all whole numbers from one up to the number.',
  'absolute-value': 'The absolute value is the distance from zero, which is never negative.',
  cancel: 'A factor that stands above and below the line divides out to one.',
  grouping: 'Terms are put in pairs, because each pair hides the same factor.',
  'quadratic-formula': 'The formula is what completing the square gives for every quadratic equation at once.',
  'root-both-sides': 'Taking the same root of both sides undoes the power.',
  'clear-denominator':
    'Multiplying both sides by the denominator leaves an equation without fractions, as long as it is not zero.',
  exclude: 'A number that makes a denominator zero cannot be a solution, because nothing is divided by zero.',
  flip: 'Multiplying or dividing by a negative number turns the order around, so the sign turns too.',
  'sign-chart': 'A product changes its sign only where one of its factors is zero.',
  substitute: 'Equal things may stand for each other, so one unknown can be replaced.',
  eliminate: 'Adding equal amounts to both sides keeps an equation true, and here it removes one unknown.',
  'sum-rule': 'The slope of a sum is the sum of the slopes.',
  'constant-rule': 'A number in front stretches the graph, and its slope with it.',
  'power-rule': 'A small change in a power changes it by the exponent times the next lower power.',
  'product-rule': 'When both factors change, each change counts with the other factor.',
  'quotient-rule': 'A change above the line and a change below it pull in opposite directions.',
  'chain-rule': 'The outer rate counts once for every unit the inner part moves, so the rates are multiplied.',
  'function-rule': 'The derivative of this function is one of the basic ones.',
  integral: 'An integral is a derivative read backwards.',
  primes: 'Every whole number is a product of primes in exactly one way.',
  'percent-change': 'The change is compared with where it started.',
  round: 'The next digit decides: five or more goes up.',
  convert: 'Both units measure the same thing, so one is a fixed number of the other.',
  average: 'It shares the total out equally.',
  order: 'Putting the numbers in order shows the middle, the ends and the repeats.',
  compare: 'With the same denominator, or as decimals, numbers can be compared at a glance.',
};

/** What is said when a problem was understood and is not answered. */
export const declined: Readonly<Record<Refusal['reason'], string>> = {
  'too-big': 'That is too big for me to show properly. Try it with smaller numbers.',
  'several-unknowns':
    'There is more than one unknown in it. Give me a second equation, or tell me which one to solve for.',
  'unknown-missing': 'The unknown you asked for is not in the equation. Please say it once more.',
  'not-yet':
    'I understand it, but I cannot do that kind yet. Try me with equations, fractions, percentages, units or derivatives.',
  irrational: 'It has no exact answer that I can write down, and I do not guess.',
  'nothing-to-do': 'That is already as simple as it gets. Tell me what you want to do with it.',
  undefined: 'There is a division by zero in it, so it is not defined.',
  unsure: 'I am not sure of my answer there, so I would rather not give one.',
};

/** Reasons for the given rules, two at most: the rarer rules first, since everybody knows how to add. */
export function explained(rules: readonly Rule[]): readonly string[] {
  const everyday: readonly Rule[] = ['add', 'subtract', 'multiply', 'divide', 'work-out'];
  const special = rules.filter((rule) => !everyday.includes(rule));
  return [...new Set(special.length > 0 ? special : rules)].slice(0, 2).map((rule) => whyOf[rule]);
}
