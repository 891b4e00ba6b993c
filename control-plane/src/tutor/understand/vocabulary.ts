/** The words and signs that stand for operations. A table only: order and meaning in a sentence are the parser's. */

/** What a token does. */
export type Operator =
  | '+' | '-' | '*' | '÷' | '/' | 'over' | '^' | 'of' | '%' | '=' | '(' | ')' | 'sqrt' | 'cbrt' | 'squared' | 'cubed' | 'negative'
  | 'quantity' | 'end-quantity' | 'all-over' | 'sum' | 'product' | 'difference' | 'quotient' | 'and' | 'add' | 'to' | 'subtract' | 'from'
  | 'multiply' | 'divide' | 'by' | 'twice'; // prettier-ignore

/** Signs of one character. */
export const signs: ReadonlyMap<string, Operator> = new Map([
  ['+', '+'], ['-', '-'], ['*', '*'], ['÷', '÷'], ['/', '/'], ['^', '^'], ['%', '%'], ['=', '='], ['(', '('], [')', ')'], ['[', '('], [']', ')'],
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
  ['and', 'and'], ['add', 'add'], ['to', 'to'], ['subtract', 'subtract'], ['take', 'subtract'], ['from', 'from'],
  ['multiply', 'multiply'], ['divide', 'divide'], ['by', 'by'], ['twice', 'twice'], ['double', 'twice'],
]; // prettier-ignore

const byWords: ReadonlyMap<string, Operator> = new Map(spellings);
const longestWords = 5;

/** The longest operation spelled at the start of the words, and how many words it takes; null when there is none. */
export function readOperator(words: readonly string[]): { readonly operator: Operator; readonly count: number } | null {
  for (let count = Math.min(longestWords, words.length); count > 0; count -= 1) {
    const operator = byWords.get(words.slice(0, count).join(' '));
    if (operator !== undefined) return { operator, count };
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
