/** Who may open a session: the form of the key and the method it is used with. Pure. */
import { CLOSES, type Close } from './closes.js';
import type { LiveAddress } from './request-path.js';

/**
 * Judges a credential.
 *
 * @returns undefined when the caller may go on to setup; otherwise the close. The service looks at the key after the upgrade, so the refusal is a close frame.
 */
export function judgeCredential(
  { key, constrained }: LiveAddress,
  acceptsKey: (key: string) => boolean,
): Close | undefined {
  // An ephemeral token opens the constrained method only, and nothing else opens that.
  if (key === '' || key.startsWith('auth_tokens/') !== constrained) return CLOSES.noKey;
  if (acceptsKey(key.replace(/^auth_tokens\//, ''))) return undefined;
  return key.startsWith('bad-expired') ? CLOSES.expiredKey : CLOSES.badKey;
}
