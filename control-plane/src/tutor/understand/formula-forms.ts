/** Sentence forms around formulas: derivatives, integrals, values at a number, systems. Each uses the whole sentence or does not fit. */
import { integer, variablesOf, type Equation, type Expression } from '../algebra/expression.js';
import type { Problem } from '../algebra/solution.js';
import type { Form } from './forms.js';
import { readEquation, readExpression, readValue } from './read.js';

const letter = '([a-df-hj-np-z])';

/** `y = x^2`, `f(x) = x^2`, "the function x squared": only the right side is worked on. */
function functionBody(text: string): string {
  return text
    .replace(/^(?:the )?(?:function|expression|curve|graph)(?: of)? /, '')
    .replace(/^(?:[fgh] ?\( ?[a-z] ?\)|[fgh] of [a-z]|y|why) ?(?:=|equals|is)(?: to)? ?/, '');
}

function differentiate(text: string, unknown?: string): Problem | null {
  const expression = readExpression(functionBody(text));
  return expression === null ? null : { task: 'differentiate', expression, unknown: unknown ?? null };
}

function differentiateAt(text: string, name: string, at: string): Problem | null {
  const [expression, value] = [readExpression(functionBody(text)), readValue(at)];
  return expression === null || value === null
    ? null
    : { task: 'differentiate-at', expression, unknown: name, at: value };
}

function integrate(text: string, unknown?: string): Problem | null {
  const expression = readExpression(functionBody(text.replace(/ ?d([a-z])$/, '')));
  return expression === null ? null : { task: 'integrate', expression, unknown: unknown ?? null };
}

function integrateBetween(text: string, from: string, to: string): Problem | null {
  const expression = readExpression(functionBody(text.replace(/ ?d([a-z])$/, '')));
  const [low, high] = [readValue(from), readValue(to)];
  if (expression === null || low === null || high === null) return null;
  return { task: 'integrate-between', expression, unknown: null, from: low, to: high };
}

const head = "(?:(?:take |get )?(?:the )?(?:first )?derivative(?: of)?|differentiate|differentiate the function|d ?\\/ ?d[a-z](?: of)?|d y d x of|dy\\/dx(?: of| if| when| for)?|[fgh]'\\([a-z]\\)(?: if| when| for| where)?)"; // prettier-ignore
const calculus: readonly Form[] = [
  [new RegExp(`^${head}[:,]? ?(.+?) (?:at|when|for|where) ${letter} ?(?:=|is|equals) ?(.+)$`), ([text = '', name = '', at = '']) => differentiateAt(text, name, at)],
  [new RegExp(`^(?:the )?(?:slope|gradient)(?: of the tangent)?(?: to| of)? (.+?) (?:at|when|for|where) ${letter} ?(?:=|is|equals) ?(.+)$`), ([text = '', name = '', at = '']) => differentiateAt(text, name, at)],
  [new RegExp(`^${head}[:,]? ?(.+?)(?: with respect to| w\\.?r\\.?t\\.?) ${letter}$`), ([text = '', name = '']) => differentiate(text, name)],
  [new RegExp(`^${head}[:,]? ?(.+)$`), ([text = '']) => differentiate(text)],
  [/^(?:if |let |given )?((?:[fgh]\([a-z]\)|y) ?= ?.+?),? (?:and )?(?:then )?(?:what is |find |compute |calculate )?(?:[fgh]'\([a-z]\)|[fgh] prime of [a-z]|dy\/dx|the derivative|y')$/, ([text = '']) => differentiate(text)],
  [/^(?:the )?(?:definite )?(?:integral|integrate|integral sign|∫|\\int)(?: of)? (.+?) from (.+?) to (.+)$/, ([text = '', from = '', to = '']) => integrateBetween(text, from, to)],
  [/^(?:the )?(?:indefinite )?(?:integral|integrate|antiderivative|∫|\\int)(?: of)?[:,]? ?(.+?) with respect to ([a-z])$/, ([text = '', name = '']) => integrate(text, name)],
  [/^(?:the |an )?(?:indefinite )?(?:integral|integrate|antiderivative|∫|\\int)(?: of)?[:,]? ?(.+)$/, ([text = '']) => integrate(text)],
]; // prettier-ignore

/** `x = 3`, "x is 3 and y is 2". */
function readValues(text: string): readonly (readonly [string, Expression])[] | null {
  const values: (readonly [string, Expression])[] = [];
  const pieces = text.split(/\s*(?:,\s*and(?![a-z])|,|(?<![a-z])and(?![a-z]))\s*/);
  if (pieces.length > mostJoints) return null;
  for (const piece of pieces) {
    const equation = readEquation(piece);
    if (equation?.left.kind !== 'variable' || variablesOf(equation.right).length > 0) return null;
    values.push([equation.left.name, equation.right]);
  }
  return values;
}

function evaluateAt(text: string, given: string): Problem | null {
  const [expression, values] = [readExpression(functionBody(text)), readValues(given)];
  if (expression === null || values === null || variablesOf(expression).length === 0) return null;
  return { task: 'evaluate-at', expression, values };
}

function functionAt(name: string, text: string, at: string): Problem | null {
  const [expression, value] = [readExpression(text), readValue(at)];
  return expression === null || value === null ? null : { task: 'evaluate-at', expression, values: [[name, value]] };
}

const values: readonly Form[] = [
  [/^(?:if |let |given(?: that)? |for )?(?:the function )?([fgh]) ?\( ?([a-z]) ?\) ?= ?(.+?)[,;.]? (?:and )?(?:then )?(?:what is |what's |find |evaluate |compute |calculate )?\1 ?\( ?([^()a-z]+) ?\)$/, ([, name = '', text = '', at = '']) => functionAt(name, text, at)],
  [/^([fgh]) ?\( ?([^()a-z]+) ?\)(?: if| when| for| where| given(?: that)?)? \1 ?\( ?([a-z]) ?\) ?= ?(.+)$/, ([, at = '', name = '', text = '']) => functionAt(name, text, at)],
  [/^(?:if |let |given(?: that)? )?([fgh]) of ([a-z]) (?:is|equals|=) (.+?)[,;]? (?:what is |find |evaluate )?\1 of (.+)$/, ([, name = '', text = '', at = '']) => functionAt(name, text, at)],
  [/^(?:the value of )?(.+?),? (?:when|if|where|at|for|given(?: that)?|with|and) ([a-z]+ ?(?:=|is|equals) ?.+)$/, ([text = '', given = '']) => evaluateAt(text, given)],
  [/^(?:if|when|given(?: that)?|let|for) (.+?),? (?:then )?(?:what is|what's|find|evaluate|calculate|compute|then)(?: the value of)? (.+)$/, ([given = '', text = '']) => evaluateAt(text, given)],
  [/^(?:if|when|given(?: that)?) ([a-z]) ?(?:=|is|equals) ?(.+?),? and ([a-z] ?(?:=|is|equals) ?[^,]+),? (?:then )?(?:what is|find) \1$/, ([, text = '', given = '']) => evaluateAt(text, given)],
  [/^(?:substitute|plug in|put) (.+?) (?:into|in|for) (.+)$/, ([given = '', text = '']) => evaluateAt(text, given)],
]; // prettier-ignore

/** More commas and "and"s than this are no pair of equations. */
const mostJoints = 6;

/** Two equations, at every comma or "and" that leaves an equation on either side. */
function readSystem(source: string): Problem | null {
  const text = source
    .replace(/^(?:solve )?(?:for )?(?:this |the |these )?(?:following )?(?:linear )?(?:system|pair|simultaneous equations|equations|set)?(?: of)?(?: linear| simultaneous)?(?: equations)?[:,]? ?(?=\S)/, '')
    .replace(/^(?:if|given(?: that)?|where|when|both) /, '')
    .replace(/^(?:for )?[a-z] (?:and|,) [a-z](?: if| when| where| given(?: that)?| in| from|:|,)+ /, '')
    .replace(/[,;]? (?:solve for|find|what are|what is|for) (?:the values of )?[a-z] (?:and|,) [a-z]$/, ''); // prettier-ignore
  const joints = [...text.matchAll(/\s*(?:[,;](?:\s*and(?![a-z]))?|(?<![a-z])and(?![a-z])|&)\s*/g)];
  if (joints.length > mostJoints) return null;
  for (const match of joints) {
    const [left, right] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
    const equations = [readEquation(left), readEquation(right)];
    const [first, second] = equations;
    if (first == null || second == null) continue;
    const names = new Set([...variablesOf(first), ...variablesOf(second)]);
    if (names.size === 2) return toSystem([first, second]);
  }
  return null;
}

function toSystem(equations: readonly Equation[]): Problem {
  return { task: 'solve-system', equations };
}

const others: readonly Form[] = [
  [new RegExp(`^(?:make|get) ${letter} the subject (?:of|in)(?: the formula| the equation)?[:,]? (.+)$`), ([name = '', text = '']) => isolated(text, name)],
  [new RegExp(`^(?:rearrange|rewrite|solve) (.+?) (?:to make ${letter} the subject|to solve for ${letter}|in terms of ${letter})$`), ([text = '', a, b]) => isolated(text, a ?? b ?? '')],
  // One "root of" something is a square root, and "zero x" is a product.
  [/^(?:the )?(?:(?:roots|zeros|zeroes|x[- ]intercepts?)(?: of| for)?(?: the)?(?: equation| function| polynomial| quadratic)?|zero (?:of|for)(?: the)?(?: equation| function| polynomial| quadratic)?|root (?:of|for) the (?:equation|function|polynomial|quadratic)) (.+)$/, ([text = '']) => zerosOf(text)],
]; // prettier-ignore

function isolated(text: string, name: string): Problem | null {
  const equation = readEquation(text);
  return equation === null ? null : { task: 'solve', equation, unknown: name };
}

function zerosOf(text: string): Problem | null {
  const whole = readEquation(text);
  if (whole !== null && variablesOf(whole).length === 1) return { task: 'solve', equation: whole, unknown: null };
  const body = readExpression(functionBody(text));
  if (body === null || variablesOf(body).length !== 1) return null;
  return { task: 'solve', equation: { kind: 'equation', left: body, right: integer(0n) }, unknown: null };
}

const all: readonly Form[] = [...calculus, ...values, ...others];

/** The first form that the whole sentence fits, or null. */
export function readFormulaForm(text: string): Problem | null {
  for (const [pattern, build] of all) {
    const match = pattern.exec(text);
    const problem = match === null ? null : build(match.slice(1));
    if (problem !== null) return problem;
  }
  return readSystem(text);
}
