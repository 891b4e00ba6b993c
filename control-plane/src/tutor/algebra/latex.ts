/** Writes an expression tree as LaTeX for KaTeX. Display only: the spoken form is written elsewhere. */
import { isNumeral, variablesOf, type Expression, type Line, type Relation } from './expression.js';

/** Binding of the operations, loosest first; a part that binds looser than its place gets brackets. */
const binding = { sum: 1, product: 2, sign: 2, power: 4, atom: 5 } as const;
const relations: Readonly<Record<Relation, string>> = { '<': '<', '>': '>', '<=': '\\le', '>=': '\\ge' };
const names = { sin: '\\sin', cos: '\\cos', tan: '\\tan', ln: '\\ln', log: '\\log' } as const;

/** A line of a solution as LaTeX, without delimiters. */
export function toLatex(line: Line): string {
  switch (line.kind) {
    case 'either':
      return line.equations.map(toLatex).join(' \\text{ or } ');
    case 'system':
      return line.equations.map(toLatex).join(' \\text{ and } ');
    case 'chain':
      return line.sides
        .map((side, index) => `${index === 0 ? '' : ` ${relations[line.relations[index - 1] ?? '<']} `}${write(side)}`)
        .join('');
    case 'equation':
      return `${write(line.left)} = ${write(line.right)}`;
    default:
      return write(line);
  }
}

function write(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.decimal ?? expression.value.numerator.toString();
    case 'mixed':
      return `${expression.whole.toString()}\\frac{${expression.numerator.toString()}}{${expression.denominator.toString()}}`;
    case 'variable':
      return expression.name;
    case 'constant':
      return expression.name === 'pi' ? '\\pi' : 'e';
    case 'negate':
      return `-${part(expression.value, binding.product, true)}`;
    case 'percent':
      return `${part(expression.value, binding.atom)}\\%`;
    case 'root':
      return `\\sqrt${expression.degree === 2 ? '' : `[${expression.degree}]`}{${write(expression.value)}}`;
    case 'call':
      return called(expression);
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
      return raised(expression.left, write(expression.right));
  }
}

function raised(left: Expression, exponent: string): string {
  // \sin^{2}(x) is how a power of a function is written; brackets around the whole would be right but unusual.
  if (left.kind === 'call' && left.name in names) return `\\left(${write(left)}\\right)^{${exponent}}`;
  return `${base(left)}^{${exponent}}`;
}

function called({ name, value, base: of }: Extract<Expression, { kind: 'call' }>): string {
  switch (name) {
    case 'abs':
      return `\\left|${write(value)}\\right|`;
    case 'factorial':
      return `${part(value, binding.atom)}!`;
    case 'degrees':
      return `${part(value, binding.atom)}^{\\circ}`;
    default: {
      const head = `${names[name]}${name === 'log' && of !== null && of !== 10n ? `_{${of.toString()}}` : ''}`;
      return `${head}${bracketed(write(value))}`;
    }
  }
}

function product(expression: Extract<Expression, { kind: 'multiply' }>): string {
  const left = part(expression.left, binding.product);
  if (expression.form === 'of') return `${left} \\text{ of } ${part(expression.right, binding.power, true)}`;
  const right = part(expression.right, binding.power, true);
  // Digits side by side would read as one number, so such a product shows its sign.
  if (expression.form === 'implicit' && !/^(?:\d|\\frac\{\d+\}\{\d+\}$)/.test(right))
    return `${left}${right.startsWith('\\') || !/\\[a-z]+$/.test(left) ? '' : ' '}${right}`;
  return `${left} ${variablesOf(expression).length === 0 ? '\\times' : '\\cdot'} ${right}`;
}

function base(expression: Expression): string {
  const plain = expression.kind === 'variable' || expression.kind === 'number' || expression.kind === 'constant';
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
    case 'call':
      return expression.name === 'factorial' || expression.name === 'degrees' ? binding.power : binding.atom;
    default:
      return binding.atom;
  }
}

function bracketed(text: string): string {
  return /\\frac|\\sqrt/.test(text) ? `\\left(${text}\\right)` : `(${text})`;
}

/** The final number as a learner reads it in a sentence: digits for whole numbers and decimals, or null for a fraction. */
export function toPlain(expression: Expression): string | null {
  if (expression.kind === 'negate') {
    const inner = isNumeral(expression) ? toPlain(expression.value) : null;
    return inner === null ? null : `negative ${inner}`;
  }
  return expression.kind === 'number' ? write(expression) : null;
}
