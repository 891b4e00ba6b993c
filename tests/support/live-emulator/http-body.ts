/** Reads and writes small HTTP bodies. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Largest body taken: a long conversation as text stays far below. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Reads a body as text; undefined when it is larger than 4 MiB or breaks off. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > MAX_BODY_BYTES) return undefined;
      parts.push(part);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}
