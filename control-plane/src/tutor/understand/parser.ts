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
import { isMixingPercent, isShareable, withPercentOf } from './readings.js';
import { readPower, readQuotient } from './quotients.js';
import { readCall } from './calls.js';
import {
  bind,
  namedOperations,
  readMixed,
  readNamed,
  readNamedFactor,
  readQuantity,
  readRoot,
  type Cursor,
  type ParseFailure,
} from './phrases.js';
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
      return readMixed(cursor, token.expression);
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
      case 'triple':
      case 'square-of':
      case 'cube-of':
        return readNamedFactor(cursor, operator);
      default: {
        const named = namedOperations[operator];
        if (named !== undefined) return readNamed(cursor, { ...named, start });
        at = start;
        return fail('leftover');
      }
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
        return readQuotient(cursor, left, least, 'divided-by');
      case '/':
      case 'over':
        return readQuotient(cursor, left, least, 'fraction');
      case 'all-over':
        return binary(least, bind.allOver, (right) => divide(left, right), bind.implicit);
      case 'of':
        return isShareable(left) ? binary(least, bind.product, (right) => multiply(left, right, 'of')) : 'done';
      case '^':
        return readPower(cursor, left, least);
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
