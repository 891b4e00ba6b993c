/** What was said, as entries for the eye: a pure reducer over the gateway's messages. */
import type { DownMessage } from '../contracts/voice.js';

/** One line of the transcript. `key` is stable for as long as the entry is shown. */
export type Entry =
  | {
      readonly kind: 'words';
      readonly key: string;
      readonly turn: number;
      readonly speaker: 'learner' | 'tutor';
      readonly text: string;
      readonly settled: boolean;
    }
  | {
      readonly kind: 'formula';
      readonly key: string;
      readonly turn: number;
      readonly latex: string;
      readonly role: string;
      readonly spoken: string | undefined;
      readonly caption: string | undefined;
      readonly step: number | undefined;
    }
  | { readonly kind: 'note'; readonly key: string; readonly turn: number; readonly note: 'interrupted' | 'failed' };

/** Entries kept; the oldest go first. */
export const ENTRY_LIMIT = 500;

/** The transcript after a message; the same array when nothing changed. */
export function reduceTranscript(entries: readonly Entry[], message: DownMessage): readonly Entry[] {
  switch (message.type) {
    case 'transcript': {
      const { turn, speaker, delta, settled } = message;
      const last = entries.at(-1);
      // Words after a formula start a line of their own, so that both stay in the order in which they were said.
      if (last?.kind === 'words' && last.turn === turn && last.speaker === speaker && !last.settled) {
        return [...entries.slice(0, -1), { ...last, text: last.text + delta, settled }];
      }
      if (delta.trim() === '') return settled ? settle(entries, turn, speaker) : entries;
      const entry: Entry = { kind: 'words', key: keyOf(entries), turn, speaker, text: delta.trimStart(), settled };
      if (speaker === 'learner') {
        // What the learner said may be known only after the answer has begun; it belongs above it.
        const at = entries.findIndex(
          (other) => other.turn === turn && !(other.kind === 'words' && other.speaker === 'learner'),
        );
        if (at >= 0) return bound([...entries.slice(0, at), entry, ...entries.slice(at)]);
      }
      return bound([...entries, entry]);
    }
    case 'equation': {
      const { turn, latex, role, spoken, caption, step } = message;
      const shown = entries.some(
        (entry) => entry.kind === 'formula' && entry.turn === turn && entry.latex === latex && entry.role === role,
      );
      return shown
        ? entries
        : bound([...entries, { kind: 'formula', key: keyOf(entries), turn, latex, role, spoken, caption, step }]);
    }
    case 'turn-end':
      return message.how === 'complete'
        ? settle(entries, message.turn, 'tutor')
        : bound([...entries, { kind: 'note', key: keyOf(entries), turn: message.turn, note: message.how }]);
    default:
      return entries;
  }
}

/** The transcript as plain text, for copying. */
export function transcriptText(
  entries: readonly Entry[],
  names: { readonly learner: string; readonly tutor: string },
): string {
  return entries
    .flatMap((entry) =>
      entry.kind === 'words'
        ? [`${names[entry.speaker]}: ${entry.text}`]
        : entry.kind === 'formula'
          ? [`  $${entry.latex}$${entry.caption ? ` (${entry.caption})` : ''}`]
          : [],
    )
    .join('\n');
}

const bound = (entries: readonly Entry[]) => (entries.length > ENTRY_LIMIT ? entries.slice(-ENTRY_LIMIT) : entries);
const keyOf = (entries: readonly Entry[]) =>
  String(entries.reduce((most, { key }) => Math.max(most, Number(key)), 0) + 1);
function settle(entries: readonly Entry[], turn: number, speaker: 'learner' | 'tutor'): readonly Entry[] {
  return entries.map((entry) =>
    entry.kind === 'words' && entry.turn === turn && entry.speaker === speaker && !entry.settled
      ? { ...entry, settled: true }
      : entry,
  );
}
