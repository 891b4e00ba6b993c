/** Writes a line as plain text that a calculator reads: `(1 + sqrt(5))/2`. For shells and programs; screens get LaTeX. */
import { asIntegerFraction, type Expression, type Line } from './expression.js';
import { toText } from './rational.js';

/** The line in ASCII. */
export function toPlainText(line: Line): string {
  switch (line.kind) {
    case 'either':
      return line.equations.map(toPlainText).join(' or ');
    case 'system':
      return line.equations.map(toPlainText).join(', ');
    case 'chain':
      return line.sides
        .map((side, index) => (index === 0 ? write(side) : ` ${line.relations[index - 1] ?? '<'} ${write(side)}`))
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
      return toText(expression.value);
    case 'mixed':
      return `(${expression.whole.toString()} + ${expression.numerator.toString()}/${expression.denominator.toString()})`;
    case 'variable':
    case 'constant':
      return expression.name;
    case 'negate':
      return `-${term(expression.value)}`;
    case 'percent':
      return `${atom(expression.value)}%`;
    case 'root':
      if (expression.degree === 2) return `sqrt(${write(expression.value)})`;
      return expression.degree === 3
        ? `cbrt(${write(expression.value)})`
        : `${atom(expression.value)}^(1/${expression.degree})`;
    case 'call':
      return called(expression);
    case 'add':
      return `${write(expression.left)} + ${term(expression.right)}`;
    case 'subtract':
      return `${write(expression.left)} - ${term(expression.right)}`;
    case 'multiply':
      return product(expression);
    case 'divide':
      return `${asIntegerFraction(expression) === null ? factor(expression.left) : write(expression.left)}/${atom(expression.right)}`;
    case 'power':
      return `${atom(expression.left)}^${atom(expression.right)}`;
  }
}

function called({ name, value, base }: Extract<Expression, { kind: 'call' }>): string {
  if (name === 'factorial') return `${atom(value)}!`;
  if (name === 'degrees') return `${atom(value)} deg`;
  if (name === 'log' && base !== null && base !== 10n) return `log(${write(value)}, ${base.toString()})`;
  return `${name}(${write(value)})`;
}

function product({ left, right, form }: Extract<Expression, { kind: 'multiply' }>): string {
  const [a, b] = [factor(left), factor(right)];
  if (form === 'of') return `${a} of ${b}`;
  // "x(…)" would read as a function and "x y" as one word; a number or a bracket in front is safe.
  return form === 'implicit' && /[\d)]$/.test(a) && !/^\d/.test(b) && !/\/\d+$/.test(a) ? `${a}${b}` : `${a}*${b}`;
}

function term(expression: Expression): string {
  const text = write(expression);
  const loose = expression.kind === 'add' || expression.kind === 'subtract' || text.startsWith('-');
  return loose ? `(${text})` : text;
}

function factor(expression: Expression): string {
  const text = write(expression);
  const open = ['add', 'subtract', 'negate'].includes(expression.kind);
  return open || (expression.kind === 'divide' && asIntegerFraction(expression) === null) ? `(${text})` : text;
}

function atom(expression: Expression): string {
  const text = write(expression);
  return /^(?:[\d.]+|[A-Za-z]+|[a-z]+\([^()]*\))$/.test(text) ? text : `(${text})`;
}
