/** Sentences as learners say them, with the answer known from how they were made; and the same, damaged. */
import type { Choices } from './random.js';

/** A sentence, and its value when it is understood as it was meant. */
export interface Sentence {
  readonly text: string;
  readonly expected: number;
  /** The letter that is asked for, where it is an equation. */
  readonly unknown?: string;
}

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']; // prettier-ignore
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const parts: Readonly<Record<number, string>> = { 2: 'half', 3: 'third', 4: 'quarter', 5: 'fifth', 6: 'sixth', 8: 'eighth', 10: 'tenth' }; // prettier-ignore

/** A whole number below a thousand in words, as a recogniser writes it. */
export function inWords(n: number, and = false): string {
  if (n >= 100) {
    const rest = n % 100 === 0 ? '' : `${and ? ' and' : ''} ${inWords(n % 100)}`;
    return `${small[Math.floor(n / 100)] ?? ''} hundred${rest}`;
  }
  if (n < 20) return small[n] ?? '';
  return `${tens[Math.floor(n / 10)] ?? ''}${n % 10 === 0 ? '' : ` ${small[n % 10] ?? ''}`}`;
}

interface Amount {
  readonly text: string;
  readonly value: number;
}

function amount(c: Choices): Amount {
  const n = c.whole(0, 999);
  switch (c.whole(0, 5)) {
    case 0: {
      const [place, whole] = [c.whole(1, 9), c.whole(0, 20)];
      return { text: `${inWords(whole)} point ${inWords(place)}`, value: whole + place / 10 };
    }
    case 1: {
      const below = c.pick([3, 4, 5, 6, 8, 10]);
      const top = c.whole(2, below - 1);
      return { text: `${inWords(top)} ${parts[below] ?? ''}s`, value: top / below };
    }
    case 2: {
      const [whole, below] = [c.whole(1, 12), c.pick([2, 4])];
      return { text: `${inWords(whole)} and a ${parts[below] ?? ''}`, value: whole + 1 / below };
    }
    case 3:
      return { text: `${n}`, value: n };
    case 4: {
      const few = c.whole(1, 40);
      return { text: `negative ${inWords(few)}`, value: -few };
    }
    default:
      return { text: inWords(n, c.whole(0, 1) === 1), value: n };
  }
}

const polite = ['', '', 'what is ', 'whats ', 'can you please tell me what is ', 'um what is ', 'please calculate ', 'hey tutor what is ', 'how much is ', 'i need help with ', 'tell me ', 'work out ']; // prettier-ignore
const endings = ['', '', '', ' please', ' thanks', ' for me'];

/** A sentence whose value is known. */
export function sentence(c: Choices): Sentence {
  const wrap = (text: string): string => `${c.pick(polite)}${text}${c.pick(endings)}`;
  const [a, b] = [amount(c), amount(c)];
  const [k, m, x] = [c.whole(2, 12), c.whole(1, 60), c.whole(-12, 12)];
  const unknown = c.pick(['x', 'y', 'n', 't']);
  const total = k * x + m;
  const said = total < 0 ? `negative ${inWords(-total)}` : inWords(total);
  return c.pick<() => Sentence>([
    () => ({ text: wrap(`${a.text} plus ${b.text}`), expected: a.value + b.value }),
    () => ({ text: wrap(`${a.text} minus ${b.text}`), expected: a.value - b.value }),
    () => ({ text: wrap(`${a.text} times ${b.text}`), expected: a.value * b.value }),
    () => ({ text: wrap(`${a.text} multiplied by ${b.text}`), expected: a.value * b.value }),
    () => ({ text: wrap(`${a.text} divided by ${inWords(k)}`), expected: a.value / k }),
    () => ({ text: wrap(`${inWords(m)} over ${inWords(k)}`), expected: m / k }),
    () => ({ text: wrap(`subtract ${inWords(m)} from ${inWords(k)}`), expected: k - m }),
    () => ({ text: wrap(`${inWords(k)} less than ${inWords(m)}`), expected: m - k }),
    () => ({ text: wrap(`${inWords(k)} into ${inWords(m)}`), expected: m / k }),
    () => ({ text: wrap(`${inWords(k)} squared plus ${inWords(m)}`), expected: k * k + m }),
    () => ({ text: wrap(`${inWords(k)} cubed minus ${inWords(m)}`), expected: k ** 3 - m }),
    () => ({ text: wrap(`${inWords(m)} percent of ${inWords(k * 10)}`), expected: (m * k) / 10 }),
    () => ({ text: wrap(`the square root of ${inWords(k * k)}`), expected: k }),
    () => ({ text: wrap(`the quantity ${inWords(k)} plus ${inWords(m)} all over ${inWords(k)}`), expected: (k + m) / k }),
    () => ({ text: wrap(`${inWords(k)} plus ${inWords(m)} times two`), expected: k + m * 2 }),
    () => ({ text: wrap(`${inWords(k)} plus for`), expected: k + 4 }),
    () => ({ text: wrap(`${inWords(m)} minus to`), expected: m - 2 }),
    () => ({ text: `${c.pick(['solve ', 'please solve ', '', 'can you solve '])}${inWords(k)} ${unknown} plus ${inWords(m)} equals ${said}`, expected: x, unknown }),
    () => ({ text: `solve for ${unknown} ${inWords(k)} times ${unknown} plus ${inWords(m)} is equal to ${said}`, expected: x, unknown }),
  ])(); // prettier-ignore
}

/** The same words with one of them lost, doubled, swapped with its neighbour, or replaced by noise. */
export function damaged(c: Choices, text: string): string {
  const words = text.split(' ');
  const at = c.whole(0, words.length - 1);
  const noise = ['banana', 'of', 'the', '=', '(', ')', '^', 'x', 'over', 'minus', '7', 'and', 'is', '%', 'root', 'prime', 'to', '!', '>', '|', '\\frac', 'what']; // prettier-ignore
  switch (c.whole(0, 4)) {
    case 0:
      return words.filter((_, index) => index !== at).join(' ');
    case 1:
      return words.flatMap((word, index) => (index === at ? [word, word] : [word])).join(' ');
    case 2: {
      const next = (at + 1) % words.length;
      return words.map((word, index) => (index === at ? words[next] : index === next ? words[at] : word)).join(' ');
    }
    case 3:
      return words.map((word, index) => (index === at ? c.pick(noise) : word)).join(' ');
    default:
      return [...words.slice(0, at), c.pick(noise), ...words.slice(at)].join(' ');
  }
}

/** Signs and digits in any order; most of it is no mathematics. */
export function scribble(c: Choices): string {
  const pieces = ['1', '2', '3', '10', '0', '0.5', '+', '-', '*', '/', '^', '(', ')', ' ', ' ', 'sqrt(', '!', '4', '7'];
  return Array.from({ length: c.whole(1, 14) }, () => c.pick(pieces)).join('');
}

/** Anything at all. */
export function garbage(c: Choices): string {
  const length = c.whole(0, 320);
  return Array.from({ length }, () => String.fromCodePoint(c.pick([c.whole(32, 126), c.whole(0, 31), c.whole(160, 900), c.whole(0x2070, 0x2300), 0x1f600]))).join(''); // prettier-ignore
}
