/** Formulas with several letters solved for one of them: `2x + y = 5` for y. The unknown must occur to the first power. */
import { err, type Result } from '../../platform/result.js';
import { divide, equation, subtract, variable, variablesOf, type Equation, type Expression } from './expression.js';
import { toPlainText } from './plain-text.js';
import { toReason } from './rewrite.js';
import type { Answer, Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, toFormula } from './steps.js';
import { dividedBy, gathered, toTerms, writeTerms, type Monomial } from './terms.js';
import { isNegative, opposite, rational } from './rational.js';

/** Solves an equation in several unknowns for one. */
export function isolate(problem: Equation, unknown: string): Result<Solution, Refusal> {
  const read = toTerms(subtract(problem.left, problem.right));
  if (!read.ok) return err({ reason: toReason(read.error) });
  const degreeOf = ({ powers }: Monomial): number => powers.find(([name]) => name === unknown)?.[1] ?? 0;
  if (read.value.some((each) => ![0, 1].includes(degreeOf(each)))) return err({ reason: 'not-yet' });
  const wanted = read.value.filter((each) => degreeOf(each) === 1);
  const others = read.value.filter((each) => degreeOf(each) === 0);
  if (wanted.length === 0 || others.some(({ powers }) => powers.some(([, count]) => count < 0)))
    return err({ reason: 'not-yet' });
  const flip = wanted.every(({ value }) => isNegative(value));
  const turn = (list: readonly Monomial[], doTurn: boolean): readonly Monomial[] =>
    doTurn ? list.map((each) => ({ ...each, value: opposite(each.value) })) : list;
  const left = gathered(turn(wanted, flip));
  const right = gathered(turn(others, !flip));
  const front = gathered(left.map((each) => ({ ...each, powers: each.powers.filter(([name]) => name !== unknown) })));
  const [only] = front;
  if (only === undefined) return err({ reason: 'unsure' });
  const walk = createWalk(problem);
  walk.go(equation(writeTerms(left), writeTerms(right)), {
    rule: 'both-sides-unknown',
    caption: `Get the terms with ${unknown} alone`,
    say: `Bring the terms with ${unknown} to one side and everything else to the other.`,
  });
  const answer = equation(variable(unknown), quotient(right, front));
  walk.go(
    answer,
    {
      rule: 'divide-both-sides',
      caption: `Divide by what stands with ${unknown}`,
      say: `Divide both sides by what stands with ${unknown}.`,
    },
    front.length === 1 && only.powers.length === 0
      ? undefined
      : divide(writeTerms([{ value: rational(1n), powers: [] }]), writeTerms(front)),
  );
  if (variablesOf(answer.right).includes(unknown)) return err({ reason: 'unsure' });
  const final: Answer = { kind: 'solutions', ...toFormula(answer), exact: toPlainText(answer) };
  return finishWalk(toFormula(problem), walk, final);
}

/** A sum over a number term by term (`-2x/3 + 5/3`), over letters as one fraction. */
function quotient(top: readonly Monomial[], below: readonly Monomial[]): Expression {
  const [only] = below;
  if (below.length === 1 && only !== undefined && (only.powers.length === 0 || top.length <= 1))
    return writeTerms(dividedBy(gathered(top), only));
  return divide(writeTerms(top), writeTerms(below));
}
