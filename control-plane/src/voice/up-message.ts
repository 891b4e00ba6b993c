/** Reads one text frame of a page. Pure. */
import { UpMessage } from '@voice-tutor/sdk/contracts/voice.js';

/** The message; `unknown` for a type of a newer contract, `garbage` for anything else. */
export function readUpMessage(data: string): UpMessage | 'unknown' | 'garbage' {
  let raw: unknown;
  try {
    raw = JSON.parse(data);
  } catch {
    return 'garbage';
  }
  const parsed = UpMessage.safeParse(raw);
  if (parsed.success) return parsed.data;
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  const known = UpMessage.def.options.some((option) => option.shape.type.def.values.some((value) => value === type));
  return typeof type === 'string' && !known ? 'unknown' : 'garbage';
}
