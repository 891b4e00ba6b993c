/** Undoes what is done to an unknown part, one operation at a time, on the other side: `3·|x| − 2 = 7` gives `|x| = 3`. */
import { evaluate } from './evaluate.js';
import { variablesOf, type Expression } from './expression.js';
import { isZero, minus, opposite, over, plus, times, type Rational } from './rational.js';

/** The part that was looked for, and what it must equal. */
export interface Alone {
  readonly part: Expression;
  readonly value: Rational;
}

const deepest = 12;

/** Gets the first part that passes `isWanted` alone, when only numbers are around it; null otherwise. */
export function getAlone(side: Expression, other: Expression, isWanted: (part: Expression) => boolean): Alone | null {
  const start = evaluate(other);
  if (!start.ok || variablesOf(side).length === 0) return null;
  let found: Alone | null = { part: side, value: start.value };
  for (let depth = 0; found !== null && depth < deepest; depth += 1) {
    if (isWanted(found.part)) return found;
    found = undone(found);
  }
  return null;
}

function undone({ part, value }: Alone): Alone | null {
  if (part.kind === 'negate') return { part: part.value, value: opposite(value) };
  if (!('left' in part)) return null;
  const [a, b] = [evaluate(part.left), evaluate(part.right)];
  switch (part.kind) {
    case 'add':
      if (b.ok) return { part: part.left, value: minus(value, b.value) };
      return a.ok ? { part: part.right, value: minus(value, a.value) } : null;
    case 'subtract':
      if (b.ok) return { part: part.left, value: plus(value, b.value) };
      return a.ok ? { part: part.right, value: minus(a.value, value) } : null;
    case 'multiply':
      if (a.ok && !isZero(a.value)) return { part: part.right, value: over(value, a.value) };
      return b.ok && !isZero(b.value) ? { part: part.left, value: over(value, b.value) } : null;
    case 'divide':
      return b.ok && !isZero(b.value) ? { part: part.left, value: times(value, b.value) } : null;
    case 'power':
      return null;
  }
}
