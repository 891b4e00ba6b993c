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

/** Base64 of little-endian 16-bit samples to samples; an odd last byte is dropped. */
export function decodeSamples(base64: string): Int16Array {
  const bytes = Buffer.from(base64, 'base64');
  const samples = new Int16Array(bytes.length >> 1);
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(at * 2);
  return samples;
}

/** Samples to the message that carries them. */
export function audioMessage(samples: Int16Array): object {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => bytes.writeInt16LE(sample, at * 2));
  return { realtimeInput: { audio: { data: bytes.toString('base64'), mimeType: 'audio/pcm;rate=16000' } } };
}
