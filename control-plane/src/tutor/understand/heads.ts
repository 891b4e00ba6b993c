/** The words at either end of a question that say what to do with it. */

/** What to do, and what with. */
export interface Head {
  readonly task: 'compute' | 'solve' | 'simplify' | 'expand' | 'factor';
  /** The unknown that is named ("solve for x"), or null. */
  readonly unknown: string | null;
  /** The question without those words. */
  readonly rest: string;
}

const letter = '(ex|eks|zee|zed|[a-df-hj-np-z])';
const solving: readonly RegExp[] = [
  new RegExp(
    `^(?:solve|resolve)(?: the| this| my)?(?: following)?(?: linear| quadratic| rational)?(?: equation| inequality| problem)?(?: for ${letter})?(?: in| if| when| given(?: that)?)?(?:\\s*[:,]\\s*|\\s+|$)(.*)$`,
  ),
  new RegExp(
    `^(?:the )?(?:value of |values of |solution for )?${letter} (?:if|when|in|where|such that|given(?: that)?|so that|for which|that satisfies|equal if|equal when)(?: the equation)?[:,]? (.*)$`,
  ),
  new RegExp(`^(?:what )?(?:value|values) of ${letter} (?:makes?|satisf(?:y|ies)|solves?) (.+?)(?: true)?$`),
  new RegExp(`^(?:for )?${letter}\\s*[:,]\\s*(.*=.*)$`),
  /^(?:all )?(?:of )?(?:the )?(?:real )?(?:solutions?|answers?|roots?|values of x)(?: set)?()(?: to| of| for)(?: the)?(?: equation| inequality)?[:,]? (.*)$/,
];
const trailing: readonly RegExp[] = [
  new RegExp(
    `^(?:if |when |given(?: that)? )?(.*?)[,;]? (?:and )?(?:then )?(?:solve for|solve|what is|what's|what does|find|for|then find|determine)(?: the value of)? ${letter}(?: equal| be)?$`,
  ),
  new RegExp(`^(.*=.*?)[,;] ?${letter}$`),
];
const tasks: readonly (readonly [Exclude<Head['task'], 'solve' | 'compute'>, RegExp])[] = [
  [
    'simplify',
    /^(?:fully |completely )?(?:(?:combine|collect|gather|group)(?: the)? like terms(?: in| of)?|simplify|reduce|condense|combine|collect)(?: fully| completely| the expression| the fraction| this)?[:,]? (.*)$/,
  ],
  // "Put 18/24 in lowest terms": the form at the end was taken off with the politeness.
  ['simplify', /^(?:put|write|express) (.*)$/],
  [
    'expand',
    /^(?:fully )?(?:expand(?: and simplify| out)?|multiply out(?: and simplify)?|distribute|foil(?: out)?|remove the brackets (?:in|from)|open the brackets (?:in|of))(?: the brackets?(?: in| of)?| the expression| this)?[:,]? (.*)$/,
  ],
  [
    'factor',
    /^(?:fully |completely )?(?:factor out|factor|factorise|factorize)(?: fully| completely| the expression| the quadratic| the polynomial| the trinomial| this)?[:,]? (.*)$/,
  ],
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
  return text
    .replace(
      /^(?:the )?(?:following )?(?:equation|expression|polynomial|function|inequality|terms|trinomial|quadratic|fraction)[:,]? /,
      '',
    )
    .trim();
}

function toName(word: string | undefined): string | null {
  return word === undefined || word === '' ? null : (heard.get(word) ?? word);
}
