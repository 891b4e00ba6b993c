/** Finds problems in the text of the host's page. That text is untrusted: what does not read as mathematics is dropped, nothing of it is repeated or obeyed. */
import { solve } from '../algebra/solve.js';
import type { Problem } from '../algebra/solution.js';
import { understand } from '../understand/understand.js';

/** One problem on the page. */
export interface Exercise {
  /** Its number or letter on the page (`1`, `b`), or null. */
  readonly label: string | null;
  readonly problem: Problem;
}

/** Characters of the page that are read; as many as the wire lets through. */
const mostText = 4000;
/** Pieces that are tried; each costs a parse and a solution. */
const mostPieces = 24;

/** The problems that the tutor can solve among what the page says, in the order of the page. */
export function readExercises(text: string): readonly Exercise[] {
  const found: Exercise[] = [];
  for (const { label, texts } of piecesOf(text.slice(0, mostText))) {
    for (const each of texts) {
      const meaning = understand(each);
      if (meaning.kind !== 'problem' || !solve(meaning.problem).ok) continue;
      found.push({ label, problem: meaning.problem });
      break;
    }
  }
  return found;
}

/** The exercise that "number 2" or "this" means; null when there is none such. */
export function pickExercise(exercises: readonly Exercise[], label: string | null): Exercise | null {
  if (label === null) return exercises[0] ?? null;
  const named = exercises.find((each) => each.label === label);
  if (named !== undefined) return named;
  const isNumbered = exercises.some((each) => each.label !== null);
  return isNumbered ? null : (exercises[Number(label) - 1] ?? null);
}

interface Candidate {
  readonly label: string | null;
  /** The same item read in several ways, the most complete one first. */
  readonly texts: readonly string[];
}

/** `Exercise 2:`, `2)` anywhere, `2.` only where a row begins: elsewhere it may end a sentence. */
const itemStart =
  /(?:^|\s)(?:exercise|problem|question|task|number|no\.?)\s+(\d{1,2}|[a-h])[.):]?\s+|(?:^|\s)(\d{1,2}|[a-h])\)\s+|^(\d{1,2}|[a-h])[.:]\s+/gi;

function piecesOf(text: string): readonly Candidate[] {
  const items = text
    .split(/[\n;]+/)
    .flatMap((row) => splitItems(row.trim()))
    .filter(({ body }) => body !== '');
  return items.slice(0, mostPieces).map(({ label, body }) => {
    const formulas = [...body.matchAll(/\$\$?([^$]{1,300})\$\$?|\\\((.{1,300}?)\\\)|\\\[(.{1,300}?)\\\]/g)].map(
      ([, dollar, round, square]) => dollar ?? round ?? square ?? '',
    );
    const plain = body.replace(/\$+|\\[()[\]]/g, ' ');
    const afterColon = /:\s*(.+)$/.exec(plain)?.[1];
    return { label, texts: [plain, ...(afterColon === undefined ? [] : [afterColon]), ...formulas].slice(0, 6) };
  });
}

function splitItems(row: string): readonly { readonly label: string | null; readonly body: string }[] {
  const starts = [...row.matchAll(itemStart)];
  const first = starts[0];
  if (first === undefined) return [{ label: null, body: row }];
  return [
    { label: null, body: row.slice(0, first.index).trim() },
    ...starts.map((start, index) => ({
      label: (start[1] ?? start[2] ?? start[3] ?? '').toLowerCase(),
      body: row.slice(start.index + start[0].length, starts[index + 1]?.index ?? row.length).trim(),
    })),
  ];
}
