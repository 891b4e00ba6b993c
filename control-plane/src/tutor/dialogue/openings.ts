/** How a problem is taken up and how its answer is told: one sentence each, words only. */
import { variablesOf } from '../algebra/expression.js';
import type { NumberForm, Problem, Solution } from '../algebra/solution.js';
import { nameDecimal } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';

const forms: Readonly<Record<NumberForm, string>> = { fraction: 'a fraction', decimal: 'a decimal', percent: 'a percentage', mixed: 'a mixed number' }; // prettier-ignore

/** The sentence that takes up the problem. */
export function openingOf({ problem: { spoken }, answer }: Solution, problem: Problem): string {
  if (answer.kind === 'true' || answer.kind === 'false') return `Let us check whether ${spoken}.`;
  if (/^(?:is|are|does|which|what|how) /.test(spoken)) return `The question is this: ${spoken}?`;
  switch (problem.task) {
    case 'solve': {
      const { unknown } = problem;
      const isOneOfSeveral = unknown !== null && variablesOf(problem.equation).length > 1;
      return `Let us solve ${spoken}${isOneOfSeveral ? ` for ${unknown}` : ''}.`;
    }
    case 'solve-inequality':
    case 'solve-system':
      return `Let us solve ${spoken}.`;
    case 'simplify':
    case 'expand':
    case 'factor':
      return `Let us ${problem.task} ${spoken}.`;
    case 'compute':
    case 'change-by-percent':
      return `Let us work out ${spoken}.`;
    case 'evaluate-at': {
      const values = problem.values.map(([name, value]) => `${name} is ${toSpoken(value)}`).join(' and ');
      return `Let us work out ${spoken} when ${values}.`;
    }
    case 'differentiate-at':
      return `Let us find ${spoken} where ${problem.unknown} is ${toSpoken(problem.at)}.`;
    case 'write-as':
      return `Let us write ${spoken} as ${forms[problem.form]}.`;
    case 'round':
      return `Let us round ${spoken} to ${problem.unit.startsWith('nearest') ? 'the ' : ''}${problem.unit}.`;
    case 'convert':
      return `Let us write ${spoken}.`;
    case 'percent-change':
      return `Let us find the percent change from ${toSpoken(problem.from)} to ${toSpoken(problem.to)}.`;
    case 'percent-of-what':
      return `Let us find the number of which ${toSpoken(problem.percent)} percent is ${toSpoken(problem.part)}.`;
    default:
      return `Let us find ${spoken}.`;
  }
}

/** The sentence that tells the answer. */
export function answerWords({ problem, answer: { kind, approx, spoken } }: Solution): string {
  const decimal =
    approx === undefined
      ? ''
      : `, ${approx.rounded ? 'about' : 'which is'} ${nameDecimal(approx.text)}${approx.rounded ? '' : ' as a decimal'}`;
  switch (kind) {
    case 'solutions':
    case 'assignment':
    case 'inequality':
      return `So ${spoken}${decimal}.`;
    case 'quantity':
      return `That is ${spoken}.`;
    case 'statement':
      return statement(problem.spoken, spoken);
    case 'list':
      return `They are ${listed(spoken)}.`;
    case 'factorization':
      return `As a product of primes it is ${spoken}.`;
    case 'every-number':
      return spoken.startsWith('infinitely') ? `So there are ${spoken}.` : `So ${spoken}.`;
    case 'no-solution':
      return `So there is ${spoken}.`;
    case 'true':
    case 'false':
      return truth(kind === 'true', problem.spoken);
    case 'undefined':
    case 'not-real':
      return `This is ${spoken}.`;
    case 'value':
    case 'expression':
      return `The answer is ${spoken}${decimal}.`;
  }
}

/** "is seven prime" and "prime" make "Seven is prime." */
function statement(question: string, words: string): string {
  const [, subject, rest] = /^is (.+?) (prime|divisible by .+)$/.exec(question) ?? [];
  if (subject === undefined || rest === undefined) return `The answer is ${words}.`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} is ${words.startsWith('not ') ? 'not ' : ''}${rest}.`;
}

function truth(isTrue: boolean, question: string): string {
  if (/ is (?:less|greater) than /.test(question)) return isTrue ? 'Yes, that is true.' : 'No, that is not true.';
  return isTrue
    ? 'That is true: both sides have the same value.'
    : 'That is not true: the two sides have different values.';
}

function listed(words: string): string {
  const at = words.lastIndexOf(', ');
  return at < 0 ? words : `${words.slice(0, at)} and ${words.slice(at + 2)}`;
}
