/** The words and signs that stand for operations. A table only: order and meaning in a sentence are the parser's. */

import type { FunctionName } from '../algebra/expression.js';

/** What a token does. */
export type Operator =
  | '+' | '-' | '*' | '÷' | '/' | 'over' | '^' | 'of' | '%' | '=' | '(' | ')' | 'sqrt' | 'cbrt' | 'squared' | 'cubed' | 'negative'
  | 'quantity' | 'end-quantity' | 'all-over' | 'sum' | 'product' | 'difference' | 'quotient' | 'and' | 'add' | 'to' | 'subtract' | 'from'
  | 'multiply' | 'divide' | 'by' | 'twice' | 'triple' | 'square-of' | 'cube-of' | 'all-squared' | 'all-cubed'
  | '!' | 'degrees' | '<' | '>' | '<=' | '>='; // prettier-ignore

/** Signs of one character. */
export const signs: ReadonlyMap<string, Operator> = new Map([
  ['+', '+'], ['-', '-'], ['*', '*'], ['÷', '÷'], ['/', '/'], ['^', '^'], ['%', '%'], ['=', '='], ['(', '('], [')', ')'], ['[', '('], [']', ')'], ['{', '('], ['}', ')'], ['!', '!'], ['<', '<'], ['>', '>'], ['≤', '<='], ['≥', '>='],
]); // prettier-ignore

const spellings: readonly (readonly [string, Operator])[] = [
  ['plus', '+'],
  ['minus', '-'], ['take away', '-'],
  ['times', '*'], ['multiplied by', '*'],
  ['divided by', '÷'],
  ['over', 'over'], ['all over', 'all-over'],
  ['to the power of', '^'], ['raised to the power of', '^'], ['to the power', '^'], ['raised to the power', '^'], ['raised to', '^'],
  ['squared', 'squared'], ['cubed', 'cubed'],
  ['of', 'of'], ['percent', '%'], ['per cent', '%'],
  ['equals', '='], ['equal', '='], ['equal to', '='], ['is equal to', '='], ['is', '='], ['equals to', '='],
  ['open parenthesis', '('], ['open parentheses', '('], ['open bracket', '('], ['left parenthesis', '('], ['open paren', '('],
  ['close parenthesis', ')'], ['close parentheses', ')'], ['close bracket', ')'], ['closed bracket', ')'], ['right parenthesis', ')'], ['close paren', ')'],
  ['sqrt', 'sqrt'], ['square root', 'sqrt'], ['square root of', 'sqrt'], ['the square root of', 'sqrt'], ['root', 'sqrt'], ['root of', 'sqrt'], ['the root of', 'sqrt'],
  ['cbrt', 'cbrt'], ['cube root', 'cbrt'], ['cube root of', 'cbrt'], ['the cube root of', 'cbrt'],
  ['negative', 'negative'],
  ['the quantity', 'quantity'], ['quantity', 'quantity'], ['end quantity', 'end-quantity'], ['close quantity', 'end-quantity'],
  ['the sum of', 'sum'], ['sum of', 'sum'], ['the product of', 'product'], ['product of', 'product'],
  ['the difference of', 'difference'], ['the difference between', 'difference'], ['difference between', 'difference'], ['difference of', 'difference'],
  ['the quotient of', 'quotient'], ['quotient of', 'quotient'],
  ['triple', 'triple'], ['the square of', 'square-of'], ['square of', 'square-of'], ['the cube of', 'cube-of'], ['cube of', 'cube-of'],
  ['all squared', 'all-squared'], ['quantity squared', 'all-squared'], ['whole squared', 'all-squared'], ['the whole squared', 'all-squared'], ['all cubed', 'all-cubed'], ['quantity cubed', 'all-cubed'],
  ['factorial', '!'], ['degrees', 'degrees'], ['degree', 'degrees'],
  ['less than or equal to', '<='], ['smaller than or equal to', '<='], ['at most', '<='], ['no more than', '<='], ['not more than', '<='], ['not greater than', '<='],
  ['greater than or equal to', '>='], ['more than or equal to', '>='], ['bigger than or equal to', '>='], ['larger than or equal to', '>='], ['at least', '>='], ['no less than', '>='], ['not less than', '>='],
  ['less than', '<'], ['smaller than', '<'], ['below', '<'], ['greater than', '>'], ['more than', '>'], ['bigger than', '>'], ['larger than', '>'],
  ['square roots of', 'sqrt'], ['to the', '^'],
  ['added to', '+'], ['multiply by', '*'], ['increased by', '+'], ['decreased by', '-'], ['reduced by', '-'],
  ['and', 'and'], ['add', 'add'], ['to', 'to'], ['subtract', 'subtract'], ['take', 'subtract'], ['from', 'from'],
  ['multiply', 'multiply'], ['divide', 'divide'], ['by', 'by'], ['twice', 'twice'], ['double', 'twice'],
]; // prettier-ignore

const comparisons: ReadonlySet<Operator> = new Set(['<', '>', '<=', '>=']);
const byWords: ReadonlyMap<string, Operator> = new Map([
  ...spellings,
  ...spellings
    .filter(([, operator]) => comparisons.has(operator))
    .flatMap(([words, operator]) =>
      ['is', 'are', 'be', 'must be', 'should be', 'has to be'].map((verb) => [`${verb} ${words}`, operator] as const),
    ),
]);
const longestWords = 8;

/** The longest operation spelled at the start of the words, and how many words it takes; null when there is none. */
export function readOperator(words: readonly string[]): { readonly operator: Operator; readonly count: number } | null {
  for (let count = Math.min(longestWords, words.length); count > 0; count -= 1) {
    const operator = byWords.get(words.slice(0, count).join(' '));
    if (operator !== undefined) return { operator, count };
  }
  return null;
}

const functions: ReadonlyMap<string, FunctionName> = new Map([
  ['sin', 'sin'], ['sine', 'sin'], ['sine of', 'sin'], ['the sine of', 'sin'], ['sin of', 'sin'],
  ['cos', 'cos'], ['cosine', 'cos'], ['cosine of', 'cos'], ['the cosine of', 'cos'], ['cos of', 'cos'],
  ['tan', 'tan'], ['tangent', 'tan'], ['tangent of', 'tan'], ['the tangent of', 'tan'], ['tan of', 'tan'],
  ['ln', 'ln'], ['ln of', 'ln'], ['natural log', 'ln'], ['natural log of', 'ln'], ['the natural log of', 'ln'], ['natural logarithm of', 'ln'], ['the natural logarithm of', 'ln'],
  ['log', 'log'], ['log of', 'log'], ['the log of', 'log'], ['logarithm of', 'log'], ['the logarithm of', 'log'], ['the log', 'log'],
  ['factorial of', 'factorial'], ['the factorial of', 'factorial'],
  ['abs', 'abs'], ['absolute value', 'abs'], ['absolute value of', 'abs'], ['the absolute value of', 'abs'],
]); // prettier-ignore

/** The longest function name spelled at the start of the words. */
export function readFunction(words: readonly string[]): { readonly name: FunctionName; readonly count: number } | null {
  for (let count = Math.min(4, words.length); count > 0; count -= 1) {
    const name = functions.get(words.slice(0, count).join(' '));
    if (name !== undefined) return { name, count };
  }
  return null;
}

/** Letters that may be heard for a name; only these are unknowns, since e, i and o mean something else or look like zero. */
export function readLetter(word: string): string | null {
  if (/^[a-df-hj-np-z]$/.test(word)) return word;
  if (word === 'ex' || word === 'eks') return 'x';
  if (word === 'why') return 'y';
  return word === 'zee' || word === 'zed' ? 'z' : null;
}

/** Numbers that recognisers write as other words; read so only where an operand is due after an operation. */
export const soundsLike: ReadonlyMap<string, bigint> = new Map([
  ['to', 2n], ['too', 2n], ['for', 4n], ['ate', 8n], ['won', 1n],
]); // prettier-ignore
