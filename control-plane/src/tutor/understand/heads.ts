/** The words at either end of a question that say what to do with it. */

/** What to do, and what with. */
export interface Head {
  readonly task: 'compute' | 'solve' | 'simplify' | 'expand' | 'factor' | 'differentiate' | 'gcd' | 'lcm';
  /** The unknown that is named ("solve for x"), or null. */
  readonly unknown: string | null;
  /** The question without those words. */
  readonly rest: string;
}

const letter = '(ex|eks|zee|zed|[a-df-hj-np-z])';
const solving: readonly RegExp[] = [
  new RegExp(
    `^solve(?: the| this)?(?: equation)?(?: for ${letter})?(?: in| if| when| given(?: that)?)?(?:\\s*[:,]\\s*|\\s+|$)(.*)$`,
  ),
  new RegExp(
    `^(?:value of )?${letter} (?:if|when|in|where|such that|given(?: that)?|so that)(?: the equation)?[:,]? (.*)$`,
  ),
  new RegExp(`^(?:for )?${letter}\\s*[:,]\\s*(.*=.*)$`),
];
const trailing: readonly RegExp[] = [
  new RegExp(`^(.*?)[,;]? (?:solve for|what is|what's|find|for) ${letter}$`),
  new RegExp(`^(.*=.*?)[,;] ?${letter}$`),
];
const tasks: readonly (readonly [Exclude<Head['task'], 'solve' | 'compute'>, RegExp])[] = [
  [
    'simplify',
    /^(?:simplify|combine(?: the)? like terms(?: in| of)?|collect(?: the)? like terms(?: in| of)?)[:,]? (.*)$/,
  ],
  ['expand', /^(?:expand|multiply out|distribute|foil)[:,]? (.*)$/],
  ['factor', /^(?:factor|factorise|factorize|factor out)[:,]? (.*)$/],
  ['differentiate', /^(?:differentiate|(?:the )?derivative of|take the derivative of|d\/dx(?: of)?)[:,]? ?(.*)$/],
  [
    'gcd',
    /^(?:the )?(?:gcd|gcf|hcf|greatest common (?:divisor|factor)|highest common factor)(?: of| between)?[:,]? ?(.*)$/,
  ],
  ['lcm', /^(?:the )?(?:lcm|(?:least|lowest) common multiple)(?: of| between)?[:,]? ?(.*)$/],
];
const heard: ReadonlyMap<string, string> = new Map([['ex', 'x'], ['eks', 'x'], ['zee', 'z'], ['zed', 'z']]); // prettier-ignore

/** Takes the task words off; a question without any is to be computed (or solved, when it is an equation). */
export function readHead(text: string): Head {
  for (const [task, pattern] of tasks) {
    const rest = pattern.exec(text)?.[1];
    if (rest !== undefined) return { task, unknown: null, rest: withoutFiller(rest) };
  }
  for (const pattern of solving) {
    const match = pattern.exec(text);
    if (match !== null)
      return withTrailing({ task: 'solve', unknown: toName(match[1]), rest: withoutFiller(match[2] ?? '') });
  }
  return withTrailing({ task: 'compute', unknown: null, rest: text });
}

function withTrailing(head: Head): Head {
  if (head.unknown !== null) return head;
  for (const pattern of trailing) {
    const match = pattern.exec(head.rest);
    if (match?.[1] !== undefined && match[1].trim() !== '')
      return { task: 'solve', unknown: toName(match[2]), rest: match[1].trim() };
  }
  return head;
}

function withoutFiller(text: string): string {
  return text.replace(/^(?:the )?(?:equation|expression|polynomial|function)[:,]? /, '').trim();
}

function toName(word: string | undefined): string | null {
  return word === undefined ? null : (heard.get(word) ?? word);
}
