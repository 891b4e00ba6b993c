/** Judges the tutor's final answers with a computer algebra system that shares no code with it. */
import { all, create, type MathJsInstance } from 'mathjs';

/** The expected final answer of a question, as `tests/support/data` writes it. */
export interface Final {
  readonly kind: string;
  readonly value?: string;
  readonly exact?: boolean;
  readonly unit?: string;
  readonly tolerance?: number;
  readonly variable?: string;
  readonly solutions?: readonly string[];
  readonly all?: boolean;
  readonly expr?: string;
  readonly form?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly relation?: string;
  readonly bound?: string;
  readonly factors?: readonly (readonly [number, number])[];
}

/** What the tutor said: its answer's kind and plain text. */
export interface Given {
  readonly kind: string;
  readonly exact: string;
}

const math: MathJsInstance = create(all ?? {}, { predictable: true });

function prepared(text: string): string {
  return text
    .replace(/\bln\(/g, 'log(')
    .replace(/(\d)\s*(?=sqrt|cbrt|sin|cos|tan|log|e\^)/g, '$1*')
    .replace(/\)\s*(?=sqrt|sin|cos|tan|log)/g, ')*')
    .replace(/([a-z])(?=\()/g, (letter, _name: string, at: number, whole: string) =>
      /[a-z]$/.test(whole.slice(0, at)) ? letter : `${letter}*`,
    );
}

/** A value of plain text at the given letters; NaN where it has none. */
export function valueOf(text: string, scope: Readonly<Record<string, number>> = {}): number {
  const percent = /^\(?(-?[\d./]+)\)?%$/.exec(text)?.[1];
  const value: unknown = math.evaluate(prepared(percent ?? text), { ...scope });
  return typeof value === 'number' ? value : Number.NaN;
}

/** Same number within floating point. */
export function isClose(a: number, b: number, tolerance = 1e-9): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Do two expressions agree at a dozen places where both are defined? */
export function isEquivalent(a: string, b: string, names: readonly string[]): boolean {
  let seen = 0;
  for (let index = 0; index < 12; index += 1) {
    const scope = Object.fromEntries(names.map((name, at) => [name, 0.37 + index * 0.71 + at * 0.53]));
    const [x, y] = [valueOf(a, scope), valueOf(b, scope)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (!isClose(x, y, 1e-8)) return false;
    seen += 1;
  }
  return seen >= 3;
}

/** The letters of an expression that stand for unknowns. */
export function namesIn(text: string): readonly string[] {
  const letters = text.replace(/sqrt|cbrt|sin|cos|tan|ln|log|abs|pi/g, ' ').match(/[a-z]/g) ?? [];
  return [...new Set(letters)].filter((letter) => letter !== 'e');
}

/** The values in `x = 2 or x = 3`, or null when it is no list of solutions for that letter. */
export function solutionsIn(exact: string, variable: string): readonly string[] | null {
  const parts = exact.split(' or ');
  const values = parts.map((part) => new RegExp(`^${variable} = (.+)$`).exec(part)?.[1]);
  return values.every((each) => each !== undefined) ? values : null;
}

/** Is the answer right? Forms are looked at too: factored, expanded, simplified. */
export function isRight(final: Final, given: Given): boolean {
  switch (final.kind) {
    case 'number': {
      if (given.kind === 'solutions')
        return isClose(valueOf(given.exact.replace(/^\w = /, '')), valueOf(final.value ?? ''));
      return given.kind === 'value' && isClose(valueOf(given.exact), valueOf(final.value ?? '')) && !/\d\.\d{9}/.test(given.exact); // prettier-ignore
    }
    case 'quantity': {
      const [value = '', ...unit] = given.exact.split(' ');
      return given.kind === 'quantity' && unit.join(' ') === final.unit && Math.abs(valueOf(value) - valueOf(final.value ?? '')) <= (final.tolerance ?? 0) + 1e-9; // prettier-ignore
    }
    case 'solutions':
      return isSolutionSet(final, given);
    case 'expression':
      return isExpression(final, given);
    case 'assignment':
      return Object.entries(final.values ?? {}).every(([name, value]) => {
        const found = new RegExp(`(?:^|, )${name} = ([^,]+)`).exec(given.exact)?.[1];
        return found !== undefined && isClose(valueOf(found), valueOf(value));
      });
    case 'inequality': {
      const match = /^(\w) (<=|>=|<|>) (.+)$/.exec(given.exact);
      return match !== null && match[1] === final.variable && match[2] === final.relation && isClose(valueOf(match[3] ?? ''), valueOf(final.bound ?? '')); // prettier-ignore
    }
    case 'factorization': {
      const expected = (final.factors ?? []).map(([prime, count]) => (count === 1 ? `${prime}` : `${prime}^${count}`));
      return given.kind === 'factorization' && given.exact === expected.join('*');
    }
    case 'undefined':
      return given.kind === 'undefined';
    case 'statement':
    case 'list':
      return given.kind === final.kind && given.exact === final.value;
    default:
      return false;
  }
}

function isSolutionSet(final: Final, given: Given): boolean {
  if (final.all === true) return given.kind === 'every-number';
  const expected = final.solutions ?? [];
  if (expected.length === 0) return given.kind === 'no-solution';
  const found = solutionsIn(given.exact, final.variable ?? 'x');
  if (found?.length !== expected.length || given.kind !== 'solutions') return false;
  if (found.some((each) => /\d\.\d/.test(each))) return false;
  return expected.every((value) => found.some((each) => isClose(valueOf(each), valueOf(value))));
}

function isExpression(final: Final, given: Given): boolean {
  const expected = final.expr ?? '';
  const text = given.exact.replace(/ \+ C$/, '');
  if (given.kind !== 'expression' || !isEquivalent(text, expected, namesIn(`${expected} ${text}`))) return false;
  if (final.form === 'expanded') return !/\)\(|\)\^|\d\(|[a-z]\(|\*\(/.test(text.replace(/sqrt\(|sin\(|cos\(/g, ''));
  const brackets = (each: string): number => (each.match(/\((?=[^()]*[+-])/g) ?? []).length;
  if (final.form === 'factored') return brackets(text) === brackets(expected);
  return final.form !== 'simplified' || brackets(text) <= brackets(expected);
}
