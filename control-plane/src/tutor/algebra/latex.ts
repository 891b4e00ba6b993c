/** Writes an expression tree as LaTeX for KaTeX. Display only: the spoken form is written elsewhere. */
import { isNumeral, variablesOf, type Expression, type Line } from './expression.js';

/** Binding of the operations, loosest first; a part that binds looser than its place gets brackets. */
const binding = { sum: 1, product: 2, sign: 2, power: 4, atom: 5 } as const;

/** A line of a solution as LaTeX, without delimiters. */
export function toLatex(line: Line): string {
  if (line.kind === 'either') return line.equations.map(toLatex).join(' \\text{ or } ');
  if (line.kind === 'equation') return `${write(line.left)} = ${write(line.right)}`;
  return write(line);
}

function write(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.decimal ?? expression.value.numerator.toString();
    case 'mixed':
      return `${expression.whole.toString()}\\frac{${expression.numerator.toString()}}{${expression.denominator.toString()}}`;
    case 'variable':
      return expression.name;
    case 'negate':
      return `-${part(expression.value, binding.product, true)}`;
    case 'percent':
      return `${part(expression.value, binding.atom)}\\%`;
    case 'root':
      return `\\sqrt${expression.degree === 3 ? '[3]' : ''}{${write(expression.value)}}`;
    case 'add':
      return `${write(expression.left)} + ${part(expression.right, binding.product, true)}`;
    case 'subtract':
      return `${write(expression.left)} - ${part(expression.right, binding.product, true)}`;
    case 'multiply':
      return product(expression);
    case 'divide':
      if (expression.form === 'fraction') return `\\frac{${write(expression.left)}}{${write(expression.right)}}`;
      return `${part(expression.left, binding.product)} \\div ${part(expression.right, binding.power, true)}`;
    case 'power':
      return `${base(expression.left)}^{${write(expression.right)}}`;
  }
}

function product(expression: Extract<Expression, { kind: 'multiply' }>): string {
  const left = part(expression.left, binding.product);
  if (expression.form === 'of') return `${left} \\text{ of } ${part(expression.right, binding.power, true)}`;
  const right = part(expression.right, binding.power, true);
  // Digits side by side would read as one number, so such a product shows its sign.
  if (expression.form === 'implicit' && !/^(?:\d|\\frac\{\d+\}\{\d+\}$)/.test(right)) return `${left}${right}`;
  return `${left} ${variablesOf(expression).length === 0 ? '\\times' : '\\cdot'} ${right}`;
}

function base(expression: Expression): string {
  const plain = expression.kind === 'variable' || expression.kind === 'number';
  return plain ? write(expression) : bracketed(write(expression));
}

function part(expression: Expression, needed: number, guardSign = false): string {
  const text = write(expression);
  return bindingOf(expression) < needed || (guardSign && text.startsWith('-')) ? bracketed(text) : text;
}

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case 'add':
    case 'subtract':
      return binding.sum;
    case 'multiply':
      // `2x` behind a sign is one piece to the eye, a product with its sign is not.
      return binding.product;
    case 'negate':
      return binding.sign;
    case 'divide':
      return expression.form === 'fraction' ? binding.atom : binding.product;
    case 'power':
      return binding.power;
    default:
      return binding.atom;
  }
}

function bracketed(text: string): string {
  return text.includes('\\frac') ? `\\left(${text}\\right)` : `(${text})`;
}

/** The final number as a learner reads it in a sentence: digits for whole numbers and decimals, or null for a fraction. */
export function toPlain(expression: Expression): string | null {
  if (expression.kind === 'negate') {
    const inner = isNumeral(expression) ? toPlain(expression.value) : null;
    return inner === null ? null : `negative ${inner}`;
  }
  return expression.kind === 'number' ? write(expression) : null;
}
