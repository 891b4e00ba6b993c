/** How Google writes to the wire: pretty-printed JSON in binary frames, durations as text, close reasons cut to 123 bytes. Pure. */

/** RFC 6455 leaves 125 bytes to a control frame; two of them are the code. */
export const MAX_CLOSE_REASON_BYTES = 123;

/**
 * Writes one server message as the service does: two-space indentation and a trailing newline.
 *
 * @param message any JSON value; `undefined` members are left out.
 * @returns UTF-8 bytes to send as one binary frame.
 */
export function toFrame(message: object): Buffer {
  return Buffer.from(`${JSON.stringify(message, null, 2)}\n`, 'utf8');
}

/**
 * Cuts a close reason to what a close frame can carry, never inside a character.
 *
 * @returns at most 123 bytes of UTF-8.
 */
export function toCloseReason(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.length <= MAX_CLOSE_REASON_BYTES) return reason;
  let end = MAX_CLOSE_REASON_BYTES;
  // A continuation byte is 10xxxxxx: step back to the start of the character it belongs to.
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}

/** Writes a protobuf Duration: `50000` → `"50s"`, `9500` → `"9.500s"`. */
export function toDuration(durationMs: number): string {
  const wholeMs = Math.max(0, Math.round(durationMs));
  return wholeMs % 1000 === 0 ? `${wholeMs / 1000}s` : `${(wholeMs / 1000).toFixed(3)}s`;
}
