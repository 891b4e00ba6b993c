/** What was said, as entries for the eye: a pure reducer over the gateway's messages. Draws nothing. */
import type { DownMessage } from '../contracts/voice.js';

/** Words of one speaker, joined from their pieces. */
export interface WordsEntry {
  readonly kind: 'words';
  /** Stable for as long as the entry is shown. */
  readonly key: string;
  readonly turn: number;
  readonly speaker: 'learner' | 'tutor';
  readonly text: string;
  /** Nothing will be added any more. */
  readonly settled: boolean;
}

/** A formula that the tutor showed, without delimiters. */
export interface FormulaEntry {
  readonly kind: 'formula';
  readonly key: string;
  readonly turn: number;
  readonly latex: string;
  readonly role: 'problem' | 'step' | 'answer' | 'example';
  readonly spoken: string | undefined;
  readonly caption: string | undefined;
  readonly step: number | undefined;
}

/** How a turn ended when it did not end well. */
export interface NoteEntry {
  readonly kind: 'note';
  readonly key: string;
  readonly turn: number;
  readonly note: 'interrupted' | 'failed';
}

/** One line of the transcript. */
export type Entry = WordsEntry | FormulaEntry | NoteEntry;

/** Entries kept; the oldest go first. About an hour's lesson, and what a list can hold without being slow. */
export const ENTRY_LIMIT = 500;

/** The transcript after a message; the same array when nothing changed. */
export function reduceTranscript(entries: readonly Entry[], message: DownMessage): readonly Entry[] {
  switch (message.type) {
    case 'transcript':
      return addWords(entries, message);
    case 'equation':
      return addFormula(entries, message);
    case 'interrupted':
      return settle(entries, message.turn, 'tutor');
    case 'turn-end':
      return message.how === 'complete'
        ? settle(entries, message.turn, 'tutor')
        : addNote(settle(entries, message.turn, 'tutor'), message.turn, message.how);
    default:
      return entries;
  }
}

/**
 * Entries of `after` that were not settled in `before`: each is found once over a lesson, when its last piece came.
 *
 * @returns oldest first; formulas and notes count as settled when they appear.
 */
export function newlySettled(before: readonly Entry[], after: readonly Entry[]): readonly Entry[] {
  if (before === after) return [];
  const was = new Set(before.filter(isSettled).map(({ key }) => key));
  return after.filter((entry) => isSettled(entry) && !was.has(entry.key));
}

/** The transcript as plain text, for copying; formulas as `$…$`. */
export function transcriptText(
  entries: readonly Entry[],
  names: { readonly learner: string; readonly tutor: string },
): string {
  return entries
    .flatMap((entry) => {
      if (entry.kind === 'words') return [`${names[entry.speaker]}: ${entry.text}`];
      if (entry.kind === 'formula') return [`  $${entry.latex}$${entry.caption ? ` (${entry.caption})` : ''}`];
      return [];
    })
    .join('\n');
}

type Of<T extends DownMessage['type']> = Extract<DownMessage, { type: T }>;

function addWords(entries: readonly Entry[], { turn, speaker, delta, settled }: Of<'transcript'>): readonly Entry[] {
  const last = entries.at(-1);
  // Words after a formula start a line of their own, so that both stay in the order in which they were said.
  if (last?.kind === 'words' && last.turn === turn && last.speaker === speaker && !last.settled) {
    return [...entries.slice(0, -1), { ...last, text: last.text + delta, settled }];
  }
  if (delta.trim() === '') return settled ? settle(entries, turn, speaker) : entries;
  const open = entries.findLastIndex(
    (entry) => entry.kind === 'words' && entry.turn === turn && entry.speaker === speaker && !entry.settled,
  );
  const known = entries[open];
  if (speaker === 'learner' && known?.kind === 'words') {
    return entries.with(open, { ...known, text: known.text + delta, settled });
  }
  const entry: WordsEntry = { kind: 'words', key: nextKey(entries), turn, speaker, text: delta.trimStart(), settled };
  if (speaker === 'learner') {
    // What the learner said may be known only after the answer has begun; it belongs above it.
    const at = entries.findIndex(
      (other) => other.turn === turn && !(other.kind === 'words' && other.speaker === 'learner'),
    );
    if (at >= 0) return bound([...entries.slice(0, at), entry, ...entries.slice(at)]);
  }
  // A line that another one follows gets nothing more.
  return bound([...settle(entries, turn, speaker), entry]);
}

function addFormula(
  entries: readonly Entry[],
  { turn, latex, role, spoken, caption, step }: Of<'equation'>,
): readonly Entry[] {
  const at = entries.findIndex(
    (entry) => entry.kind === 'formula' && entry.turn === turn && entry.latex.trim() === latex.trim(),
  );
  const shown = entries[at];
  if (shown?.kind !== 'formula') {
    return bound([...entries, { kind: 'formula', key: nextKey(entries), turn, latex, role, spoken, caption, step }]);
  }
  // The last step often is the answer: one line, marked as what it turned out to be.
  return role === 'answer' && shown.role !== 'answer'
    ? entries.with(at, { ...shown, role, spoken: shown.spoken ?? spoken, caption: shown.caption ?? caption })
    : entries;
}

function addNote(entries: readonly Entry[], turn: number, note: NoteEntry['note']): readonly Entry[] {
  const told = entries.some((entry) => entry.kind === 'note' && entry.turn === turn);
  return told ? entries : bound([...entries, { kind: 'note', key: nextKey(entries), turn, note }]);
}

function settle(entries: readonly Entry[], turn: number, speaker: 'learner' | 'tutor'): readonly Entry[] {
  const isOpen = (entry: Entry) =>
    entry.kind === 'words' && entry.turn === turn && entry.speaker === speaker && !entry.settled;
  return entries.some(isOpen)
    ? entries.map((entry) => (entry.kind === 'words' && isOpen(entry) ? { ...entry, settled: true } : entry))
    : entries;
}

const isSettled = (entry: Entry) => entry.kind !== 'words' || entry.settled;
const bound = (entries: readonly Entry[]) => (entries.length > ENTRY_LIMIT ? entries.slice(-ENTRY_LIMIT) : entries);
const nextKey = (entries: readonly Entry[]) =>
  String(entries.reduce((most, { key }) => Math.max(most, Number(key)), 0) + 1);
