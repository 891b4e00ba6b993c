/** An audit entry as one reads it in a list: names before identifiers, identifiers as short as one recognises them. Pure. */
import type { AuditRow } from '@voice-tutor/sdk/contracts/operator.js';

/** Characters of an entry's detail in the list; the API has all of it. */
const DETAIL_LIMIT = 160;
const IDENTIFIER = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})\b/g;

/** What was acted on, the rest in short, and the rest in full. */
export interface AuditText {
  readonly subject: string;
  readonly detail: string;
  readonly whole: string;
}

/** Words of an entry. */
export function textOf({ subject, detail }: Pick<AuditRow, 'subject' | 'detail'>): AuditText {
  const { name, ...others } = detail;
  // A checkpoint is known to people by its name, and to the log by its identifier.
  const named = typeof name === 'string' && name !== subject;
  const parts = Object.entries(named ? { id: subject, ...others } : detail).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const whole = parts.join(' · ');
  return { subject: shortened(named ? name : subject), detail: clipped(shortened(whole)), whole };
}

function shortened(text: string): string {
  return text.replace(IDENTIFIER, (identifier) => `${identifier.slice(0, 8)}…`);
}

function clipped(text: string): string {
  return text.length > DETAIL_LIMIT ? `${text.slice(0, DETAIL_LIMIT - 1)}…` : text;
}
