/** A Pratt parser from tokens to a tree. Every token must be used; what can be read in two ways is refused as ambiguous. */
import {
  add,
  call,
  divide,
  integer,
  multiply,
  negate,
  power,
  subtract,
  type Expression,
} from '../algebra/expression.js';
import { isLiteralFraction, isMixingPercent, isShareable, withPercentOf } from './readings.js';
import { isLooseAfterMixed, isLooseToken, isSpokenPower, readCloseFraction, startsOperand } from './token-kinds.js';
import { readCall } from './calls.js';
import { bind, readNamed, readQuantity, readRoot, type Cursor, type ParseFailure } from './phrases.js';
import type { Token } from './tokens.js';
import type { Operator } from './vocabulary.js';

/** What became of the tokens. */
export type Parsed =
  { readonly ok: true; readonly value: Expression } | { readonly ok: false; readonly error: ParseFailure };

/** Which of two readings to take where both are possible; without one the sentence is ambiguous. */
export type Preference = 'near' | 'far';

/** Parses one side of an equation or one calculation. */
export function parse(tokens: readonly Token[], preference?: Preference): Parsed {
  const parser = createParser(tokens, preference);
  const value = parser.expression(0);
  if (value !== null && parser.position() === tokens.length && parser.failure() === null) {
    if (!isMixingPercent(value)) return { ok: true, value };
    if (preference === undefined) return { ok: false, error: { reason: 'ambiguous', at: 0 } };
    return { ok: true, value: preference === 'near' ? withPercentOf(value) : value };
  }
  return { ok: false, error: parser.failure() ?? { reason: 'leftover', at: parser.position() } };
}

interface Parser {
  readonly expression: (least: number) => Expression | null;
  readonly position: () => number;
  readonly failure: () => ParseFailure | null;
}

function createParser(tokens: readonly Token[], preference: Preference | undefined): Parser {
  let at = 0;
  let failed: ParseFailure | null = null;

  const fail = (reason: ParseFailure['reason'], place = at): null => {
    failed ??= { reason, at: place };
    return null;
  };
  const choose = (place = at): Preference | null => preference ?? fail('ambiguous', place);
  const peek = (): Operator | null => {
    const token = tokens[at];
    return token?.type === 'operator' ? token.operator : null;
  };
  const expect = (operator: Operator): boolean => {
    if (peek() === operator) {
      at += 1;
      return true;
    }
    fail('leftover');
    return false;
  };

  const cursor: Cursor = {
    expression,
    operand,
    peek,
    fail,
    choose,
    position: () => at,
    rewind: (place) => {
      at = place;
    },
    token: (offset) => tokens[at + offset],
    skip: () => {
      at += 1;
    },
  };

  function expression(least: number): Expression | null {
    let left = operand(least);
    while (left !== null && at < tokens.length) {
      const next = infix(left, least);
      if (next === 'done') break;
      left = next;
    }
    return left;
  }

  function operand(least: number): Expression | null {
    const token = tokens[at];
    if (token === undefined) return fail('leftover');
    if (token.type === 'number') {
      at += 1;
      return guardNumber(token);
    }
    if (token.type === 'letter') {
      at += 1;
      return { kind: 'variable', name: token.name };
    }
    if (token.type === 'constant') {
      at += 1;
      return { kind: 'constant', name: token.name };
    }
    if (token.type === 'function' || token.type === 'nth-root') {
      at += 1;
      return token.type === 'function' ? readCall(cursor, token) : readRoot(cursor, token.degree);
    }
    return token.type === 'operator' ? prefix(token.operator, least) : fail('leftover');
  }

  /** A mixed number runs to its end: `2 1/2x` and `2 1/2^2` could mean two things. */
  function guardNumber(token: Extract<Token, { type: 'number' }>): Expression | null {
    const next = tokens[at];
    const isOpen =
      next !== undefined &&
      (!next.spaced || next.type === 'letter') &&
      !(next.type === 'operator' && isLooseAfterMixed(next.operator));
    return token.expression.kind === 'mixed' && isOpen && choose() === null ? null : token.expression;
  }

  function prefix(operator: Operator, least: number): Expression | null {
    const start = at;
    at += 1;
    switch (operator) {
      case '(': {
        const inner = expression(0);
        return inner !== null && expect(')') ? inner : null;
      }
      case '-':
      case 'negative': {
        // At the start of a term the sign stands before the whole product: -3/4 is the opposite of 3/4.
        const inner = expression(least < bind.product ? bind.product - 1 : bind.sign);
        if (inner === null) return null;
        const sign = tokens[start];
        const isSpoken = sign?.type === 'operator' && sign.spelled;
        // "Negative two squared" is heard both as 4 and as -4.
        if (!isSpoken || inner.kind !== 'power' || inner.left.kind !== 'number') return negate(inner);
        const chosen = choose(start);
        if (chosen === null) return null;
        return chosen === 'near' ? power(negate(inner.left), inner.right) : negate(inner);
      }
      case 'sqrt':
      case 'cbrt':
        return readRoot(cursor, operator === 'sqrt' ? 2 : 3);
      case 'quantity':
        return readQuantity(cursor, start);
      case 'twice':
      case 'triple': {
        if (peek() === 'of') at += 1;
        const inner = expression(bind.implicit);
        return inner === null ? null : multiply(integer(operator === 'twice' ? 2n : 3n), inner);
      }
      case 'square-of':
      case 'cube-of': {
        const inner = expression(bind.implicit);
        return inner === null ? null : power(inner, integer(operator === 'square-of' ? 2n : 3n));
      }
      case 'sum':
      case 'product':
      case 'difference':
      case 'quotient':
        return readNamed(cursor, { kind: operator, joint: 'and', start });
      case 'add':
        return readNamed(cursor, { kind: 'sum', joint: 'to', start });
      case 'subtract':
        return readNamed(cursor, { kind: 'difference', joint: 'from', start });
      case 'multiply':
        return readNamed(cursor, { kind: 'product', joint: 'by', start });
      case 'divide':
        return readNamed(cursor, { kind: 'quotient', joint: 'by', start });
      default:
        at = start;
        return fail('leftover');
    }
  }

  function infix(left: Expression, least: number): Expression | null | 'done' {
    const token = tokens[at];
    if (token === undefined) return 'done';
    if (token.type === 'ordinal-power') return postfix(left, least, (base) => power(base, integer(token.exponent)));
    if (token.type === 'unknown') return 'done';
    if (token.type !== 'operator') return implicit(left, least, token);
    switch (token.operator) {
      case '+':
        return binary(least, bind.sum, (right) => add(left, right));
      case '-':
        return binary(least, bind.sum, (right) => subtract(left, right));
      case '*':
        return binary(least, bind.product, (right) => multiply(left, right));
      case '÷':
        return quotient(left, least, 'divided-by');
      case '/':
      case 'over':
        return quotient(left, least, 'fraction');
      case 'all-over':
        return binary(least, bind.allOver, (right) => divide(left, right), bind.implicit);
      case 'of':
        return isShareable(left) ? binary(least, bind.product, (right) => multiply(left, right, 'of')) : 'done';
      case '^':
        return raise(left, least);
      case 'squared':
        return postfix(left, least, (base) => power(base, integer(2n)));
      case 'cubed':
        return postfix(left, least, (base) => power(base, integer(3n)));
      case 'all-squared':
      case 'all-cubed': {
        if (bind.allOver <= least) return 'done';
        at += 1;
        return power(left, integer(token.operator === 'all-squared' ? 2n : 3n));
      }
      case '%':
        return postfix(left, least, (value) => ({ kind: 'percent', value }));
      case '!':
        return postfix(left, least, (value) => call('factorial', value));
      case 'degrees':
        return postfix(left, least, (value) => call('degrees', value));
      case '(':
      case 'sqrt':
      case 'cbrt':
      case 'quantity':
        return implicit(left, least, token);
      default:
        return 'done';
    }
  }

  function binary(
    least: number,
    own: number,
    build: (right: Expression) => Expression,
    inner: number = own,
  ): Expression | null | 'done' {
    if (own <= least) return 'done';
    at += 1;
    const right = expression(inner);
    return right === null ? null : build(right);
  }

  /** `1/2x` and `6÷2(1+2)` are read in two ways by people; only `1/2 x`, with a blank and plain numbers, is clear. */
  function quotient(left: Expression, least: number, form: 'fraction' | 'divided-by'): Expression | null | 'done' {
    if (bind.product <= least) return 'done';
    const sign = tokens[at];
    at += 1;
    const closeFraction = readCloseFraction(tokens, at);
    if (closeFraction !== null && sign !== undefined && (form === 'divided-by' || sign.spaced)) {
      // In 3/4 ÷ 2/5 the blanks tell that 2/5 is one number; in 6÷2/3 nothing tells.
      const isClear = form === 'divided-by' && sign.spaced && tokens[at]?.spaced === true;
      const after = tokens[at + 3];
      const chosen = isClear && (after === undefined || isLooseToken(after)) ? 'far' : choose();
      if (chosen === null) return null;
      if (chosen === 'far') {
        at += 3;
        return divide(left, closeFraction, form);
      }
    }
    const start = at;
    const right = expression(bind.implicit);
    if (right === null) return null;
    const made = divide(left, right, form);
    const next = tokens[at];
    if (next === undefined || !startsOperand(next)) return made;
    const spoken = sign?.type === 'operator' && sign.spelled && form === 'fraction';
    const clear = isLiteralFraction(made) && next.type === 'letter' && (spoken || next.spaced);
    const chosen = clear ? 'near' : choose();
    if (chosen !== 'far') return chosen === null ? null : made;
    at = start;
    const whole = expression(bind.product);
    return whole === null ? null : divide(left, whole, form);
  }

  function raise(left: Expression, least: number): Expression | null | 'done' {
    if (bind.power < least) return 'done';
    const base = tokens[at - 1];
    at += 1;
    const isNegative = peek() === '-' || peek() === 'negative';
    if (isNegative) at += 1;
    const first = tokens[at];
    const start = at;
    const size = expression(bind.power - 1);
    if (size === null) return null;
    const right = isNegative ? negate(size) : size;
    const last = tokens[at - 1];
    // "Two to the power of three squared" may square the three or the whole.
    if (last !== undefined && isSpokenPower(last)) {
      const chosen = choose();
      if (chosen === null) return null;
      return chosen === 'far' && size.kind === 'power' ? power(power(left, size.left), size.right) : power(left, right);
    }
    const wider = (bound: number): Expression | null => {
      at = start;
      const all = expression(bound);
      return all === null ? null : power(left, isNegative ? negate(all) : all);
    };
    const next = tokens[at];
    // 9^1/2 is mostly meant as a root, 2^3x as anything: both are asked about.
    const isOne =
      first?.type === 'number' &&
      right.kind === 'number' &&
      right.value.numerator === 1n &&
      right.value.denominator === 1n;
    if (isOne && next?.type === 'operator' && next.operator === '/' && !next.spaced) {
      const chosen = choose();
      return chosen === 'near' ? power(left, right) : chosen === null ? null : wider(bind.product - 1);
    }
    const isTight = next !== undefined && startsOperand(next) && !next.spaced && first?.type === 'number';
    if (isTight && base?.type === 'number') {
      const chosen = choose();
      return chosen === 'near' ? power(left, right) : chosen === null ? null : wider(bind.implicit - 1);
    }
    return power(left, right);
  }

  function postfix(left: Expression, least: number, build: (base: Expression) => Expression): Expression | 'done' {
    if (bind.postfix <= least) return 'done';
    at += 1;
    return build(left);
  }

  function implicit(left: Expression, least: number, token: Token): Expression | null | 'done' {
    if (bind.implicit <= least) return 'done';
    const before = tokens[at - 1];
    if (token.type === 'number') return 'done';
    // f(x) is no product, and "x3" or ")3" is a slip for a power more often than a product.
    if (
      before?.type === 'letter' &&
      ['f', 'g', 'h'].includes(before.name) &&
      token.type === 'operator' &&
      choose() === null
    )
      return null;
    const right = expression(bind.implicit);
    return right === null ? null : multiply(left, right, 'implicit');
  }

  return { expression, position: () => at, failure: () => failed };
}
