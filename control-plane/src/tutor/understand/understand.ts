/** From a learner's sentence to a problem, a follow-up or an honest "not understood". Solves nothing. */
import { equation, variablesOf, type Expression } from '../algebra/expression.js';
import type { Formula, Problem } from '../algebra/solution.js';
import { isShowable, toFormula } from '../algebra/steps.js';
import { readFollowUp, type FollowUp } from './follow-up.js';
import { readHead, type Head } from './heads.js';
import { normalise, withoutPoliteness } from './normalise.js';
import { readForm } from './forms.js';
import { readFormulaForm } from './formula-forms.js';
import { parse, type Preference } from './parser.js';
import { equalsIn, readChain } from './read.js';
import type { ParseFailure } from './phrases.js';
import { tokenise, type Token } from './tokens.js';
import type { Operator } from './vocabulary.js';

/** Longest question that is read, in UTF-16 units. */
export const longestQuestion = 300;

/** One way to read a sentence that can be read in several. */
export interface Reading extends Formula {
  readonly problem: Problem;
}

/** What a sentence means. */
export type Understanding =
  | { readonly kind: 'problem'; readonly problem: Problem; readonly brief: boolean }
  | { readonly kind: 'follow-up'; readonly ask: FollowUp }
  | { readonly kind: 'off-topic' }
  | { readonly kind: 'ambiguous'; readonly readings: readonly Reading[] }
  | { readonly kind: 'not-understood'; readonly understood: string; readonly leftover: string }
  | { readonly kind: 'too-long' };

/**
 * Reads one sentence, typed or spoken.
 *
 * A problem is returned only when every piece of the sentence has been used. `brief` asks for the answer alone.
 * `ambiguous` carries one or two readings to ask about. `not-understood` carries the normalised text up to the first
 * piece that does not fit, and the rest.
 */
export function understand(source: string): Understanding {
  if (source.trim().length > longestQuestion) return { kind: 'too-long' };
  const { text, mixedCase } = normalise(source);
  const ask = readFollowUp(text);
  if (ask !== null) return { kind: 'follow-up', ask };
  const { text: question, brief } = withoutBrevity(text);
  const sentence = withEqualsSaid(withoutPoliteness(asStatement(question)));
  if (isDate(sentence)) return { kind: 'not-understood', understood: '', leftover: sentence };
  const named = withUnknownNumber(sentence);
  const form = mixedCase ? null : (readForms(sentence) ?? (named === sentence ? null : readForms(named)));
  // "Is eight the square root of 64" asks for yes or no, not for a product.
  const isFor = (problem: Problem): boolean => !yesOrNo.test(question) || statements.has(problem.task);
  if (form !== null) return isFor(form) ? { kind: 'problem', problem: form, brief } : { kind: 'not-understood', understood: '', leftover: sentence }; // prettier-ignore
  const head = readHead(named);
  const tokens = tokenise(head.rest);
  if (!hasMathematics(tokens)) return { kind: 'off-topic' };
  const read = readProblem(head, tokens);
  if (mixedCase || hasTwoMeaningsOfX(source, tokens)) return ambiguous('kind' in read ? [] : [read]);
  if ('kind' in read) return read;
  return isFor(read)
    ? { kind: 'problem', problem: read, brief }
    : { kind: 'not-understood', understood: '', leftover: sentence };
}

const yesOrNo =
  /^(?:(?:please|so|ok|okay|well|tell me|say|hey|hi|hello|tutor)[ ,]+)*(?:(?:if|whether) )?(?:is|are|does)(?![a-z'])/;
/** What a question for yes or no can be about. */
const statements: ReadonlySet<Problem['task']> = new Set(['solve', 'solve-inequality', 'is-prime', 'is-divisible', 'compare']); // prettier-ignore

/** "Is two thirds less than three fifths" is about a relation; "what is two less than five" is a calculation. */
function asStatement(text: string): string {
  if (!yesOrNo.test(text)) return text;
  return text.replace(
    /^(.*?)(?<![a-z])(?:is|are) (.+?) (?=(?:less|more|smaller|greater|bigger|larger|fewer) than(?![a-z]))/,
    '$1$2 is ',
  );
}

/** "… and set it equal to eleven", "… and you get eleven": an equation told in two parts. */
function withEqualsSaid(text: string): string {
  return text.replace(/,? (?:and )?(?:(?:set|make) (?:it|this|that|the (?:result|whole thing)) equal to|(?:the (?:result|answer) is|(?:i|you|we) get|to get|gives?) (?=\S)) ?/, ' = '); // prettier-ignore
}

/** `12/25/2024` and `2024-12-25` are days to most people, whatever they come to. */
function isDate(text: string): boolean {
  return /^(?:\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)$/.test(text);
}

function readForms(sentence: string): Problem | null {
  return readFormulaForm(sentence) ?? readForm(sentence);
}

/** "What number plus five is twelve", `5 + ? = 12`: the number is an unknown, unless there is one already. */
function withUnknownNumber(text: string): string {
  if (/(?<![a-z])x(?![a-z])/.test(text)) return text;
  const named = text
    .replace(/^what(?= (?:plus|minus|times|divided|multiplied))/, 'x')
    .replace(/^(?:some|a|what|which|the) number(?= )/, 'x')
    .replace(/^number(?= (?:plus|minus|times|multiplied|divided|added|is|take|squared))/, 'x')
    .replace(/(?<![a-z])(?:some|what|which|a) number(?![a-z])/, 'x')
    .replace(/(?<=[-+*/÷=(] ?)(?:_+|\?|□|☐)(?=$| ?[-+*/÷=)])/, 'x')
    .replace(/^(?:_+|\?|□|☐)(?= ?[-+*/÷=])/, 'x');
  return named === text
    ? text
    : named.replace(/[,;.]? (?:then )?(?:what is|what's|find|what was) (?:the|that|this|my) number$/, '');
}

function readProblem(head: Head, tokens: readonly Token[], preference?: Preference): Problem | Understanding {
  const { rest } = head;
  // "Solve for x minus two …" has lost its left side.
  const first = tokens[0];
  if (head.unknown !== null && first?.type === 'operator' && first.operator === '-' && first.spelled)
    return leftover(rest, tokens, 0);
  const chain = head.task === 'solve' || head.task === 'compute' ? readChain(tokens) : null;
  if (chain !== null) return { task: 'solve-inequality', inequality: chain };
  const [at] = equalsIn(tokens);
  const askBoth = (failure: ParseFailure, offset: number): Understanding => {
    if (failure.reason !== 'ambiguous' || preference !== undefined)
      return failure.reason === 'ambiguous' ? ambiguous([]) : leftover(rest, tokens, failure.at + offset);
    const readings = (['near', 'far'] as const).map((each) => readProblem(head, tokens, each));
    return ambiguous(readings.flatMap((each) => ('kind' in each ? [] : [each])));
  };
  if (at === undefined) {
    const parsed = parse(tokens, preference);
    if (!parsed.ok) return askBoth(parsed.error, 0);
    if (head.task === 'solve') return leftover(rest, tokens, tokens.length);
    return withTask(head.task, parsed.value);
  }
  if (head.task !== 'solve' && head.task !== 'compute') return leftover(rest, tokens, at);
  const left = parse(tokens.slice(0, at), preference);
  if (!left.ok) return askBoth(left.error, 0);
  const right = parse(tokens.slice(at + 1), preference);
  if (!right.ok) return askBoth(right.error, at + 1);
  return { task: 'solve', equation: equation(left.value, right.value), unknown: head.unknown };
}

function withTask(task: Exclude<Head['task'], 'solve'>, expression: Expression): Problem {
  return task === 'compute' && variablesOf(expression).length > 0
    ? { task: 'simplify', expression }
    : { task, expression };
}

/** The readings that look different, as formulas. */
function ambiguous(problems: readonly Problem[]): Understanding {
  const readings: Reading[] = [];
  for (const problem of problems) {
    const formula = 'equation' in problem ? toFormula(problem.equation) : 'expression' in problem ? toFormula(problem.expression) : null; // prettier-ignore
    if (formula === null || !isShowable(formula) || readings.some(({ latex }) => latex === formula.latex)) continue;
    readings.push({ problem, ...formula });
  }
  return { kind: 'ambiguous', readings };
}

function leftover(text: string, tokens: readonly Token[], at: number): Understanding {
  const cut = tokens[at]?.start ?? text.length;
  return { kind: 'not-understood', understood: text.slice(0, cut).trim(), leftover: text.slice(cut).trim() };
}

function withoutBrevity(text: string): { readonly text: string; readonly brief: boolean } {
  const pattern =
    /^(?:just|only) (?:give me |tell me )?(?:the answer (?:to|for|of) |the answer[:,]? )?|[,;]? ?(?:just|only) (?:give me )?the answer(?: please)?[.!]?$|[,;]? ?answer only[.!]?$/;
  const next = text.replace(pattern, '').trim();
  return { text: next, brief: next !== text };
}

/** Operation words that plain prose uses too. */
const prose: readonly Operator[] = ['to', 'of', 'and', 'from', 'by', 'over', '=', 'add', 'divide', 'multiply', 'subtract', 'twice', 'triple', '-', 'degrees', '!', '<', '>', '<=', '>=']; // prettier-ignore

/** A number, an operation sign or a known operation word besides the commonest words of prose. */
function hasMathematics(tokens: readonly Token[]): boolean {
  return tokens.some((token) => {
    if (['number', 'ordinal-power', 'function', 'constant', 'nth-root'].includes(token.type)) return true;
    return (
      token.type === 'operator' &&
      (!token.spelled || !prose.includes(token.operator)) &&
      token.operator !== '(' &&
      token.operator !== ')' &&
      token.operator !== '!'
    );
  });
}

/** `6 x 7` makes the letter a times sign; when x also stands for an unknown, nobody can tell which is which. */
function hasTwoMeaningsOfX(source: string, tokens: readonly Token[]): boolean {
  return /\d\s*[xX]\s*\d/.test(source) && tokens.some((token) => token.type === 'letter' && token.name === 'x');
}
