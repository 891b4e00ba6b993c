/** Copies the transcript, and remembers for a moment what became of it. */
import type { Clock } from '../protected-core/ports.js';
import { transcriptText, type Entry } from '../transcript/transcript.js';

/** What became of a copy; null when that is long ago. */
export type CopyOutcome = 'copied' | 'refused' | null;

/** How long the confirmation stays. */
const TOLD_MS = 4000;

/** Copies for one element. */
export interface TranscriptCopy {
  outcome(): CopyOutcome;
  /** Call inside a user gesture. Never rejects: a browser may refuse the clipboard. */
  copy(entries: readonly Entry[], clock: Clock): Promise<void>;
}

/** @param changed called when the outcome changes. */
export function createTranscriptCopy(changed: () => void): TranscriptCopy {
  let outcome: CopyOutcome = null;
  let cancel = () => {};
  const tell = (next: CopyOutcome) => {
    outcome = next;
    changed();
  };
  const write = async (text: string): Promise<CopyOutcome> => {
    try {
      await navigator.clipboard.writeText(text);
      return 'copied';
    } catch {
      // No permission, or no clipboard at all on a page without TLS.
      return 'refused';
    }
  };
  return {
    outcome: () => outcome,
    async copy(entries, clock) {
      cancel();
      tell(await write(transcriptText(entries, { learner: 'You', tutor: 'Tutor' })));
      cancel = clock.after(TOLD_MS, () => tell(null));
    },
  };
}
