/** Cleans what a learner typed or said: one spelling for each symbol, no politeness. Reads no mathematics yet. */
import { fromLatex } from './latex-reader.js';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const openings =
  /^(?:(?:please|hey|hi|hello|ok|okay|so|now|well|alright|right|tutor|can you|could you|would you|will you|can we|could we|can i|help me|help me with|help me to|i need help with|i need to|i want to|i have to|i'd like to|i would like to|i need|i want|let's|let us|do you know|i wonder|tell me|show me|give me|figure out|work out|work this out|calculate|compute|evaluate|find|find out|determine|what is|what's|whats|what are|what will|what would|what does|what do you get for|what do you get (?:if|when) you|what do i get (?:if|when) i|what happens when you|how much is|how many is|how much are|how much|how do you|how do i|how to|how would you|the answer to|the answer for|answer|does|do|is|are|the value of|the result of|result of|the exact value of|exact value of|value of (?![a-df-hj-np-z](?![a-z]))|me|us|this|this one|the problem|the question|the calculation|the following|the expression|(?:by |using )?(?:the )?order of operations|what(?! (?:plus|minus|times|divided|multiplied|number)))(?![a-z'])[\s,:;]*)+/;
const closings =
  /(?:[\s,]*(?:(?:^|[\s,])(?:please|for me|thanks|thank you|tutor|thx|pls|equal|come to|make|be|step by step|with steps|and show (?:me )?(?:the |your |all )?(?:steps|work|working)|show (?:the |your )?(?:steps|work)|exactly|in simplest form|in its simplest form|in simplest radical form|in lowest terms|to lowest terms|in simplest terms|simplified|by factoring|by factorising|using the quadratic formula|by using the quadratic formula|with the quadratic formula|by completing the square|by elimination|by substitution|using elimination|using substitution|algebraically)|=\s*\??|(?<![a-z])equals?(?: to)?(?: what)?|(?<![a-z])is what|(?<![a-z])is|[?])|(?<=[a-z]{2})!|[.,;])+\s*$/;
const fillers = /(?<![a-z'])(?:um+|uh+|uhm|er+m?|hmm+|you know|i mean|basically)(?![a-z'])[,.]*/g;

/** Words after which "and" joins two operands instead of making a mixed number. */
const joining =
  /(?<![a-z])(?:sum|product|difference|quotient|between|add|multiply|gcd|gcf|hcf|lcm|divisor|factor|multiple|mean|average|median|mode|range|total)(?![a-z])/;

/** Text in one spelling, and whether it can be trusted to mean one thing. */
export interface Normalised {
  readonly text: string;
  /** Both `X` and `x` stand in it, which may or may not be the same unknown. */
  readonly mixedCase: boolean;
}

/** One spelling for each symbol, lower case, single blanks. Words stay words. */
export function normalise(source: string): Normalised {
  let text = fromLatex(source.replace(/\r?\n/g, ' , '));
  // What is left of dollar signs are prices and formulas inside a sentence; neither changes a number.
  text = text.replace(/\$/g, ' ');
  text = text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `^${Array.from(run, (each) => superscripts.indexOf(each)).join('')} `);
  // A number right before a vulgar fraction is a mixed number; anything else gets brackets, so that ½x is half of x.
  text = text.replace(/(\d?)\s*([¼½¾\u2150-\u215f\u2189])/g, (_, digit: string, sign: string) => {
    const fraction = sign.normalize('NFKC').replace('\u2044', '/');
    return digit === '' ? `(${fraction})` : `${digit} ${fraction}`;
  });
  // Only wide forms and mathematical letters become ASCII: other compatibility forms change the meaning (2ⁿ is not 2n).
  text = text
    .replace(/[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu, (each) => each.normalize('NFKC'))
    .replace(/[\u200b-\u200d\ufeff]/g, '');
  const mixedCase = [...text.matchAll(/(?<![A-Za-z])([B-Z])(?![A-Za-z'])/g)].some(([, letter = '']) =>
    new RegExp(`(?<![A-Za-z])${letter.toLowerCase()}(?![A-Za-z'])`).test(text),
  );
  text = text
    .toLowerCase()
    .replace(/[’‘`´′]/g, "'")
    .replace(/[“”"]/g, ' ');
  text = text
    .replace(fillers, ' ')
    .replace(/°\s*c(?![a-z])/g, ' celsius')
    .replace(/°\s*f(?![a-z])/g, ' fahrenheit');
  text = text
    .replace(/°/g, ' degrees ')
    .replace(/π/g, ' pi ')
    .replace(/<=|=<|⩽|≦/g, '≤')
    .replace(/>=|=>|⩾|≧/g, '≥');
  text = text.replace(/\|([^|]{1,60})\|/g, ' abs($1)').replace(/(?<![a-z])log\s*_\s*\(?(\d+)\)?/g, ' log base $1 of ');
  text = text
    .replace(/[×·∗⋅•∙]/g, '*')
    .replace(/[−–—‒‐‑﹣]/g, '-')
    .replace(/∕|⁄/g, '/')
    .replace(/√\s*(\d+(?:\.\d+)?)(?![\w.(])/g, ' sqrt($1) ')
    .replace(/√/g, ' sqrt ')
    .replace(/∛/g, ' cbrt ');
  text = text.replace(/\*\*/g, '^').replace(/(?<=[a-z]{2})-(?=[a-z]{2})/g, ' ');
  text = text.replace(/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/g, (number) =>
    isList(text) ? number : number.replace(/,/g, ''),
  );
  if (!joining.test(text)) text = text.replace(/(\d+) and (?=\d+\/\d+(?!\d))/g, '$1 ');
  text = text.replace(/(\d)\s+x\s+(?=\d)/g, '$1 * ').replace(/(\d)x(?=\d)/g, '$1*');
  return { text: text.replace(/\s+/g, ' ').trim(), mixedCase };
}

/** Takes greetings, politeness and question words off both ends; what remains should be mathematics. */
export function withoutPoliteness(text: string): string {
  let current = text;
  for (let round = 0; round < 4; round += 1) {
    const next = current.replace(openings, '').replace(closings, '').trim();
    if (next === current) break;
    current = next;
  }
  return current;
}

/** In `gcd(12,345)` the comma separates, unless the numbers are joined by "and". */
function isList(text: string): boolean {
  return (
    /(?<![a-z])(?:gcd|gcf|hcf|lcm|divisor|factor|multiple)(?![a-z])/.test(text) && !/(?<![a-z])and(?![a-z])/.test(text)
  );
}
