/** Sentence forms that are no plain formula: percentages, units, primes, rounding, lists. Each uses the whole sentence or does not fit. */
import { add, divide, equation, subtract, variablesOf, type Expression } from '../algebra/expression.js';
import type { NumberForm, Problem, Statistic } from '../algebra/solution.js';
import { readConversion } from './unit-forms.js';
import { readExpression, readInteger, readIntegers, readList, readValue } from './read.js';

/** A pattern and what it means; null where a piece does not read. */
export type Form = readonly [RegExp, (groups: readonly string[]) => Problem | null];

const percentWord = '(?:percent|per cent|percentage|%)';

function whatPercent(part: string, whole: string): Problem | null {
  const [a, b] = [readValue(part), readValue(whole)];
  return a === null || b === null ? null : { task: 'what-percent', part: a, whole: b };
}

function changeBy(amount: string, percent: string, direction: 'up' | 'down'): Problem | null {
  const [a, b] = [readValue(amount), readValue(percent)];
  return a === null || b === null ? null : { task: 'change-by-percent', amount: a, percent: b, direction };
}

const percentages: readonly Form[] = [
  [new RegExp(`^(?:what |which )?${percentWord} of (.+?) (?:is|equals|are|=) (.+)$`), ([whole = '', part = '']) => whatPercent(part, whole)],
  [new RegExp(`^(?:what |which )?${percentWord} (?:is )?(.+?) (?:out of|of) (.+)$`), ([part = '', whole = '']) => whatPercent(part, whole)],
  [new RegExp(`^(.+?) (?:is|=|equals|are) (?:what|which) ${percentWord} of (.+)$`), ([part = '', whole = '']) => whatPercent(part, whole)],
  [new RegExp(`^(.+?) (?:expressed )?as an? ${percentWord} of (.+)$`), ([part = '', whole = '']) => whatPercent(part, whole)],
  [new RegExp(`^(.+?) out of (.+?) (?:as an?|in|is what|to an?) ${percentWord}$`), ([part = '', whole = '']) => whatPercent(part, whole)],
  [new RegExp(`^(.+?) (?:is|equals|=) (.+?) ?${percentWord} of (?:what|which|what number|which number|what amount)$`), ([part = '', percent = '']) => ofWhat(part, percent)],
  [new RegExp(`^(.+?) ?${percentWord} of (?:what|which|what number|which number|a number|some number) (?:is|equals|=) (.+)$`), ([percent = '', part = '']) => ofWhat(part, percent)],
  [new RegExp(`^(?:what number |which number )?if (.+?) ?${percentWord} of (?:it|a number|the number) is (.+?)(?:,? (?:what is|find) the number)?$`), ([percent = '', part = '']) => ofWhat(part, percent)],
  [new RegExp(`^(?:the )?(?:${percentWord} )?(?:change|increase|decrease|rise|drop|growth|fall|loss|gain)(?: in ${percentWord})?(?: in price)? from (.+?) to (.+)$`), ([from = '', to = '']) => percentChange(from, to)],
  [new RegExp(`^(?:increase|raise|grow) (.+?) by (.+?) ?${percentWord}$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'up')],
  [new RegExp(`^(.+?) (?:increased|raised|increase) by (.+?) ?${percentWord}$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'up')],
  [new RegExp(`^(.+?) ?${percentWord} more than (.+)$`), ([percent = '', amount = '']) => changeBy(amount, percent, 'up')],
  [new RegExp(`^(?:decrease|reduce|lower|discount) (.+?) by (.+?) ?${percentWord}$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'down')],
  [new RegExp(`^(.+?) (?:decreased|reduced|lowered|discounted|decrease) by (.+?) ?${percentWord}$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'down')],
  [new RegExp(`^(?:an? )?(.+?) ?${percentWord} (?:less than|off|off of|discount on|discount off) (?:of )?(?:an? )?(.+)$`), ([percent = '', amount = '']) => changeBy(amount, percent, 'down')],
  [new RegExp(`^(.+?) with (?:an? )?(.+?) ?${percentWord} (?:discount|off)$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'down')],
  [new RegExp(`^(.+?) plus (?:an? )?(.+?) ?${percentWord} (?:tip|tax|sales tax)$`), ([amount = '', percent = '']) => changeBy(amount, percent, 'up')],
]; // prettier-ignore

function ofWhat(part: string, percent: string): Problem | null {
  const [a, b] = [readValue(part), readValue(percent)];
  return a === null || b === null ? null : { task: 'percent-of-what', part: a, percent: b };
}

function percentChange(from: string, to: string): Problem | null {
  const [a, b] = [readValue(from), readValue(to)];
  return a === null || b === null ? null : { task: 'percent-change', from: a, to: b };
}

const formNames: Readonly<Record<string, NumberForm>> = {
  fraction: 'fraction', 'improper fraction': 'fraction', 'simple fraction': 'fraction', decimal: 'decimal', 'decimal number': 'decimal', 'decimal form': 'decimal', percent: 'percent', percentage: 'percent', '%': 'percent', 'mixed number': 'mixed', 'mixed fraction': 'mixed',
}; // prettier-ignore
const formWord = Object.keys(formNames).sort((a, b) => b.length - a.length).join('|'); // prettier-ignore

function writeAs(text: string, name: string): Problem | null {
  const [expression, form] = [readValue(text), formNames[name]];
  return expression === null || form === undefined ? null : { task: 'write-as', expression, form };
}

const places: readonly (readonly [RegExp, number, string])[] = [
  [/^(?:whole number|integer|unit|ones?|one's place|ones place|whole)$/, 0, 'nearest whole number'],
  [/^(?:tens?|tens place|ten's place)$/, -1, 'nearest ten'], [/^(?:hundreds?|hundreds place)$/, -2, 'nearest hundred'], [/^(?:thousands?|thousands place)$/, -3, 'nearest thousand'],
  [/^(?:ten thousands?)$/, -4, 'nearest ten thousand'], [/^(?:hundred thousands?)$/, -5, 'nearest hundred thousand'], [/^millions?$/, -6, 'nearest million'],
  [/^(?:tenths?|tenths place)$/, 1, 'nearest tenth'], [/^(?:hundredths?|hundredths place|cent)$/, 2, 'nearest hundredth'], [/^(?:thousandths?|thousandths place)$/, 3, 'nearest thousandth'],
  [/^10$/, -1, 'nearest ten'], [/^100$/, -2, 'nearest hundred'], [/^1000$/, -3, 'nearest thousand'],
]; // prettier-ignore

function roundTo(text: string, place: string): Problem | null {
  const expression = readValue(text);
  if (expression === null) return null;
  const known = places.find(([pattern]) => pattern.test(place));
  if (known !== undefined) return { task: 'round', expression, places: known[1], unit: known[2] };
  const counted = /^(.+?) (?:decimal places?|decimals?|places?|dp|d\.p)$/.exec(place)?.[1];
  const count = counted === undefined ? null : readInteger(counted);
  if (count === null || count < 0n || count > 9n) return null;
  return {
    task: 'round',
    expression,
    places: Number(count),
    unit: `${count.toString()} decimal place${count === 1n ? '' : 's'}`,
  };
}

const forms: readonly Form[] = [
  [new RegExp(`^(?:(?:write|express|convert|change|turn|rewrite|put|show) )?(.+?) (?:as|to|into|in) (?:an? )?(${formWord})$`), ([text = '', name = '']) => writeAs(text, name)],
  [new RegExp(`^(?:the )?(${formWord})(?: form| equivalent)? (?:of|for) (.+)$`), ([name = '', text = '']) => writeAs(text, name)],
  [/^(?:round|approximate) (.+?)(?: off)? (?:to|correct to) (?:the )?(?:nearest )?(.+)$/, ([text = '', place = '']) => roundTo(text, place)],
  [/^(.+?) (?:rounded|correct|round)(?: off)? to (?:the )?(?:nearest )?(.+)$/, ([text = '', place = '']) => roundTo(text, place)],
  [/^(.+?) to (?:the )?nearest (.+)$/, ([text = '', place = '']) => roundTo(text, place)],
  [/^(.+?) to (.+? (?:decimal places?|dp))$/, ([text = '', place = '']) => roundTo(text, place)],
]; // prettier-ignore

function wholeNumber(text: string, build: (number: bigint) => Problem): Problem | null {
  const number = readInteger(text);
  return number === null ? null : build(number);
}

const numbers: readonly Form[] = [
  [/^(?:the )?(?:gcd|gcf|hcf|(?:greatest|highest|largest|biggest) common (?:divisor|factor|denominator))(?: of| between| for)?[:,]? ?(.+)$/, ([list = '']) => shared('gcd', list)],
  [/^(?:the )?(?:lcm|lcd|(?:least|lowest|smallest) common (?:multiple|denominator))(?: of| between| for)?[:,]? ?(.+)$/, ([list = '']) => shared('lcm', list)],
  [/^(?:the )?prime (?:factors|factorisation|factorization|decomposition)(?: of| for)? (.+)$/, ([text = '']) => wholeNumber(text, (number) => ({ task: 'prime-factors', number }))],
  [/^(?:prime factori[sz]e|prime factor) (.+)$/, ([text = '']) => wholeNumber(text, (number) => ({ task: 'prime-factors', number }))],
  [/^(?:(?:write|express) )?(.+?) (?:as a|as the|into a|into|as) (?:product of (?:its |the )?)?(?:primes?|prime factors|prime numbers)(?: factors)?$/, ([text = '']) => wholeNumber(text.replace(/^(?:factor|factori[sz]e|break down|break|decompose) /, ''), (number) => ({ task: 'prime-factors', number }))],
  [/^(?:factor|factori[sz]e|factor the number|factori[sz]e the number) (.+)$/, ([text = '']) => wholeNumber(text, (number) => ({ task: 'prime-factors', number }))],
  [/^(?:is |whether |if )?(.+?) (?:is )?(?:an? )?prime(?: number)?(?: or (?:not|composite|a composite(?: number)?))?$/, ([text = '']) => wholeNumber(text, (number) => ({ task: 'is-prime', number }))],
  [/^(?:list )?(?:all )?(?:of )?(?:the )?(?:factors|divisors)(?: of| for) (.+)$/, ([text = '']) => wholeNumber(text, (number) => ({ task: 'factors-of', number }))],
  [/^(?:is |whether |if )?(.+?) (?:is )?(?:evenly )?divisible by (.+)$/, ([a = '', b = '']) => pair(a, b, (number, by) => ({ task: 'is-divisible', number, by }))],
  [/^(?:the )?remainder (?:of|when|if|for)(?: dividing)? (.+?) (?:is )?(?:divided by|÷|\/|by) (.+)$/, ([a = '', b = '']) => pair(a, b, (number, by) => ({ task: 'remainder', number, by }))],
  [/^(.+?) (?:mod|modulo) (.+)$/, ([a = '', b = '']) => pair(a, b, (number, by) => ({ task: 'remainder', number, by }))],
]; // prettier-ignore

function pair(a: string, b: string, build: (first: bigint, second: bigint) => Problem): Problem | null {
  const [first, second] = [readInteger(a), readInteger(b)];
  return first === null || second === null ? null : build(first, second);
}

function shared(task: 'gcd' | 'lcm', text: string): Problem | null {
  const found = readIntegers(text.replace(/ (?:to|with)(?= )/, ' and'));
  return found === null ? null : { task, numbers: found };
}

const statistics: Readonly<Record<string, Statistic>> = {
  mean: 'mean', average: 'mean', 'arithmetic mean': 'mean', 'mean average': 'mean', median: 'median', mode: 'mode', range: 'range', sum: 'sum', total: 'sum',
}; // prettier-ignore

function measure(name: string, text: string): Problem | null {
  const [statistic, list] = [statistics[name], readList(text)];
  if (statistic === undefined || list === null || list.length < 2) return null;
  return statistic === 'sum' && list.length < 3 ? null : { task: 'statistic', statistic, numbers: list };
}

function pick(word: string, text: string): Problem | null {
  const list = readList(text.replace(/ or /g, ' , '));
  if (list === null || list.length < 2) return null;
  const isLarge = /^(?:largest|biggest|greatest|larger|bigger|greater|highest|more|maximum|max)$/.test(word);
  return { task: 'compare', pick: isLarge ? 'largest' : 'smallest', numbers: list };
}

/** "Seven less than three times x equals eleven." */
function comparedWith(a: string, way: string, b: string, c: string): Problem | null {
  const [size, base, right] = [readValue(a), readExpression(b), readExpression(c)];
  if (size === null || base === null || right === null || variablesOf(base).length === 0) return null;
  const left = way === 'more' ? add(base, size) : subtract(base, size);
  return { task: 'solve', equation: equation(left, right), unknown: null };
}

/** `multiply (x + 2)(x + 5)`: the product is written already, so it is multiplied out. */
function productOf(text: string): Problem | null {
  const expression = readExpression(text);
  return expression === null || variablesOf(expression).length === 0 ? null : { task: 'expand', expression };
}

/** "A into B", "A less than B", "A subtracted from B": the order of speech is not the order of the calculation. */
function reversed(a: string, b: string, build: (first: Expression, second: Expression) => Expression): Problem | null {
  const [first, second] = [readExpression(a), readExpression(b)];
  if (first === null || second === null) return null;
  const expression = build(first, second);
  return variablesOf(expression).length > 0 ? { task: 'simplify', expression } : { task: 'compute', expression };
}

const lists: readonly Form[] = [
  [/^(?:the )?(arithmetic mean|mean average|mean|average|median|mode|range|sum|total)(?: value)?(?: of| for)?(?: these| the)?(?: following)?(?: numbers| data| values| data set| set)?:? ?(.+)$/, ([name = '', list = '']) => measure(name, list)],
  [/^(?:which (?:one |number |fraction |decimal )?)?(?:is )?(?:the )?(largest|biggest|greatest|larger|bigger|greater|highest|more|maximum|max|smallest|least|smaller|lesser|lowest|minimum|min|less)(?: of| number| fraction| one| value)*[:,]? (.+)$/, ([word = '', list = '']) => pick(word, list)],
  [/^(?:how many times |how often )(?:does |do |will )?(.+?) (?:go|fit) into (.+)$/, ([a = '', b = '']) => reversed(a, b, (first, second) => divide(second, first, 'divided-by'))],
  [/^(.+?) (?:goes |go )?into (.+)$/, ([a = '', b = '']) => reversed(a, b, (first, second) => divide(second, first, 'divided-by'))],
  [/^(.+?) (?:is )?subtracted from (.+)$/, ([a = '', b = '']) => reversed(a, b, (first, second) => subtract(second, first))],
  [/^(?:take|taking) (.+?) (?:away )?from (.+)$/, ([a = '', b = '']) => reversed(a, b, (first, second) => subtract(second, first))],
  [/^(?:multiply|find the product of|multiply out) (.+)$/, ([text = '']) => productOf(text)],
  [/^(.+?) fewer than (.+)$/, ([a = '', b = '']) => reversed(a, b, (first, second) => subtract(second, first))],
  [/^(.+?) (less|fewer|more) than (.+?) (?:equals|is equal to|is|=) (.+)$/, ([a = '', way = '', b = '', c = '']) => comparedWith(a, way, b, c)],
  [/^(.+?) less than (.+)$/, ([a = '', b = '']) => (readValue(a) === null || / (?:is|are|be)$/.test(a) ? null : reversed(a, b, (first, second) => subtract(second, first)))],
  [/^(.+?) more than (.+)$/, ([a = '', b = '']) => (readValue(a) === null || / (?:is|are|be)$/.test(a) ? null : reversed(a, b, (first, second) => add(second, first)))],
]; // prettier-ignore

/** The first form that the whole sentence fits, or null. */
export function readForm(text: string): Problem | null {
  return firstOf([...percentages, ...forms], text) ?? readConversion(text) ?? firstOf([...numbers, ...lists], text);
}

function firstOf(all: readonly Form[], text: string): Problem | null {
  for (const [pattern, build] of all) {
    const match = pattern.exec(text);
    const problem = match === null ? null : build(match.slice(1));
    if (problem !== null) return problem;
  }
  return null;
}
