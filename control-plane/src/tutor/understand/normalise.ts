/** Cleans what a learner typed or said: one spelling for each symbol, no politeness. Reads no mathematics yet. */
import { fromLatex } from './latex-reader.js';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const openings =
  /^(?:(?:please|hey|hi|hello|ok|okay|so|now|um|well|tutor|can you|could you|would you|will you|can we|help me|help me with|i need help with|i need to|i want to|i'd like to|tell me|show me|give me|figure out|work out|calculate|compute|evaluate|find|what is|what's|whats|what are|what does|what do you get for|how much is|how much are|the answer to|the answer for|does|is|the value of|the result of)(?![a-z'])[\s,:]*)+/;
const closings =
  /(?:[\s,]*(?:(?:^|[\s,])(?:please|for me|thanks|thank you|tutor)|=\s*\??|(?<![a-z])equals?(?: to)?(?: what)?|(?<![a-z])is what|[?])|(?<=[a-z]{2})!|\.)+\s*$/;

/** Words after which "and" joins two operands instead of making a mixed number. */
const joining =
  /(?<![a-z])(?:sum|product|difference|quotient|between|add|multiply|gcd|gcf|hcf|lcm|divisor|factor|multiple)(?![a-z])/;

/** Text in one spelling, and whether it can be trusted to mean one thing. */
export interface Normalised {
  readonly text: string;
  /** Both `X` and `x` stand in it, which may or may not be the same unknown. */
  readonly mixedCase: boolean;
}

/** One spelling for each symbol, lower case, single blanks. Words stay words. */
export function normalise(source: string): Normalised {
  let text = fromLatex(source);
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
  text = text.toLowerCase().replace(/[’‘`´]/g, "'");
  text = text
    .replace(/[×·∗⋅•∙]/g, '*')
    .replace(/[−–—‒‐‑﹣]/g, '-')
    .replace(/∕|⁄/g, '/')
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
