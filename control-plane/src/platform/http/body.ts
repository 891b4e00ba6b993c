/** Reads a small JSON body from a bare request; sendBeacon posts it as text/plain, so the media type does not matter. */
import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.js';

/** Resolves to the parsed JSON; throws a problem when it is larger than `limitBytes` or not JSON. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw new ProblemError('payload-too-large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ProblemError('bad-request', { detail: 'The body is not valid JSON.' });
  }
}
