/** What the tutor hands over for one turn: sentences, each with the formula that belongs to it, four sentences at most. */
import { nameDecimal } from '../speech/number-names.js';

/** A formula to show. Lengths fit the wire: LaTeX 500, spoken 1,000, caption 200 characters. */
export interface TutorEquation {
  /** LaTeX without delimiters. */
  readonly latex: string;
  readonly role: 'problem' | 'step' | 'answer' | 'example';
  /** The formula in words, for screen readers. */
  readonly spoken: string;
  /** A few words above the formula. */
  readonly caption?: string;
  /** 1, 2, 3 … within one solution; only with role `step`. */
  readonly step?: number;
}

/** One sentence to be said and written, and the formula to show with it. */
export interface Piece {
  /** Plain words, fit for a synthesiser and for the transcript; empty where the formula is shown and not spoken about. */
  readonly say: string;
  readonly equation?: TutorEquation;
}

/** How a turn came out, for counting; says nothing about what was asked, or about the learner. */
export type TurnOutcome =
  'solved' | 'refused' | 'ambiguous' | 'not-understood' | 'too-long' | 'off-topic' | 'follow-up';

/** One answer of the tutor. */
export interface TutorTurn {
  readonly outcome: TurnOutcome;
  /** In order, at least one. */
  readonly pieces: readonly Piece[];
}

/** More than this in one turn is a lecture, and nobody can answer a lecture. */
export const mostSentences = 4;

/**
 * Puts a turn together: one sentence per piece, the way on last.
 *
 * Where there are too many sentences, those in the middle fall silent; their formulas are shown all the same.
 *
 * @param wayOn the question or invitation that the turn ends with; one sentence, always said
 */
export function compose(outcome: TurnOutcome, pieces: readonly (Piece | string)[], wayOn: string): TutorTurn {
  const sentences = pieces.flatMap((piece) => split(typeof piece === 'string' ? { say: piece } : piece));
  const spoken = sentences.filter(({ say }) => say !== '').length;
  const room = mostSentences - 1;
  let seen = 0;
  const kept = sentences.map((piece): Piece => {
    if (piece.say === '') return piece;
    seen += 1;
    // The first one says what this is about, the last ones how it came out.
    return seen === 1 || seen > spoken - (room - 1) || spoken <= room ? piece : { ...piece, say: '' };
  });
  const all = [...kept, ...split({ say: wayOn })];
  return { outcome, pieces: all.filter(({ say, equation }) => say !== '' || equation !== undefined) };
}

/** How many sentences a text has. */
export function sentencesIn(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) +/).filter((sentence) => sentence !== '');
}

function split({ say, equation }: Piece): readonly Piece[] {
  const [first = '', ...rest] = sentencesIn(inWords(say));
  return [
    equation === undefined ? { say: first } : { say: first, equation },
    ...rest.map((sentence) => ({ say: sentence })),
  ];
}

/** Digits that came along from a caption are named: a synthesiser must not guess. */
function inWords(text: string): string {
  return text.replace(/\d{1,15}(?:\.\d{1,15})?/g, (digits) => nameDecimal(digits));
}
