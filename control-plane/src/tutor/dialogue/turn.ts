/** What the tutor hands over for one turn: sentences, each with the formula that belongs to it. Types only. */

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

/** One sentence, or a few short ones, to be said and written, and the formula to show with it. */
export interface Piece {
  /** Plain words, fit for a synthesiser and for the transcript; never empty. */
  readonly say: string;
  readonly equation?: TutorEquation;
}

/** How a turn came out, for counting; says nothing about what was asked. */
export type TurnOutcome =
  'solved' | 'refused' | 'ambiguous' | 'not-understood' | 'too-long' | 'off-topic' | 'follow-up';

/** One answer of the tutor. */
export interface TutorTurn {
  readonly outcome: TurnOutcome;
  /** In order, at least one. */
  readonly pieces: readonly Piece[];
}
