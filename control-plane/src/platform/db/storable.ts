/** What neither database can hold in text or jsonb: NUL and halves of surrogate pairs. */

/** In JSON text both appear as escapes only; an escaped backslash before `u0000` is no escape. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** True when every text inside `value` can be stored. One such text would undo the whole statement, other pages' events included. */
export function isStorable(value: object | string): boolean {
  return !UNSTORABLE.test(JSON.stringify(value));
}
