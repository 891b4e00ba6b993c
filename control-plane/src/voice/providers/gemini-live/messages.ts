/** What the Live service says, read loosely: an unknown or malformed field is left out and spoils nothing beside it. */
import { z } from 'zod';

const flag = z.boolean().optional().catch(undefined);
const words = z.string().optional().catch(undefined);
const transcription = z.object({ text: words, finished: flag }).optional().catch(undefined);
const part = z
  .object({ inlineData: z.object({ mimeType: words, data: words }).optional().catch(undefined) })
  .catch({ inlineData: undefined });
const call = z.object({ id: z.string(), name: z.string(), args: z.unknown() });

/** A message of the server. Several facts may share one; each is optional. */
export const ServerMessage = z.object({
  setupComplete: z.object({}).optional().catch(undefined),
  serverContent: z
    .object({
      modelTurn: z
        .object({ parts: z.array(part).catch([]) })
        .optional()
        .catch(undefined),
      inputTranscription: transcription,
      outputTranscription: transcription,
      interrupted: flag,
      generationComplete: flag,
      turnComplete: flag,
      turnCompleteReason: words,
      interactionStatus: words,
    })
    .optional()
    .catch(undefined),
  toolCall: z
    .object({
      functionCalls: z
        .array(call.nullable().catch(null))
        .catch([])
        .transform((calls) => calls.filter((one) => one !== null)),
    })
    .optional()
    .catch(undefined),
  sessionResumptionUpdate: z.object({ newHandle: words, resumable: flag }).optional().catch(undefined),
  goAway: z.object({ timeLeft: words }).optional().catch(undefined),
});
/** A message of the server. */
export type ServerMessage = z.infer<typeof ServerMessage>;
/** What the server says of the conversation. */
export type ServerContent = NonNullable<ServerMessage['serverContent']>;

/** Reads one frame, text or binary alike; null when it is no JSON object. */
export function readServerMessage(frame: string): ServerMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return null;
  }
  const parsed = ServerMessage.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** A duration as the service writes it (`"9.500s"`) in ms; 0 when it is none, so that the caller acts at once. */
export function durationMs(duration: string | undefined): number {
  const seconds = /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(duration ?? '')?.[1];
  return seconds === undefined ? 0 : Number(seconds) * 1000;
}

/** Base64 of little-endian 16-bit samples to samples; an odd last byte is dropped. Read at once: the bytes may lie in a shared pool. */
export function decodeSamples(base64: string): Int16Array {
  const bytes = Buffer.from(base64, 'base64');
  const count = bytes.length >> 1;
  // Every platform that runs Node is little-endian, so the bytes are samples as they stand, if they begin at an even place.
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, count);
  return new Int16Array(new Uint8Array(bytes).buffer, 0, count);
}

/** Samples to the message that carries them, as text: base64 has nothing that JSON escapes. */
export function audioMessage(samples: Int16Array): string {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
  return `{"realtimeInput":{"audio":{"data":"${data}","mimeType":"audio/pcm;rate=16000"}}}`;
}
