/** Puts expressions in for unknowns. */
import { partsOf, withParts, type Expression } from './expression.js';

/** The expression with every named unknown replaced; products stay readable because the form becomes `×`. */
export function substitute(expression: Expression, values: ReadonlyMap<string, Expression>): Expression {
  if (expression.kind === 'variable') return values.get(expression.name) ?? expression;
  const parts = partsOf(expression).map((part) => substitute(part, values));
  const changed = withParts(expression, parts);
  return changed.kind === 'multiply' && changed.form === 'implicit' ? { ...changed, form: 'times' } : changed;
}
