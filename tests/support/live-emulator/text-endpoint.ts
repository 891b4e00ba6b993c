/** The text side over HTTP: `…/models/M:streamGenerateContent?alt=sse` and `:generateContent`, enough for text turns. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { toFragments } from './answer-plan.js';
import type { Clock, Random } from './ports.js';
import { readBody, sendJson } from './http-body.js';
import type { TextAddress } from './request-path.js';
import type { Scenario } from './scenario.js';
import type { ScriptReader } from './script.js';

const GenerateRequest = z.looseObject({
  contents: z
    .array(
      z.looseObject({
        role: z.optional(z.string()),
        parts: z.array(z.looseObject({ text: z.optional(z.string()) })),
      }),
    )
    .check(z.minLength(1)),
});

/** What the text side needs. */
export interface TextDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly script: ScriptReader;
  readonly acceptsKey: (key: string) => boolean;
}

/** The pace of text. */
export interface TextOptions {
  /** Between two chunks of a stream. */
  readonly chunkDelayMs: number;
}

/** Answers one text request; settles when the answer is sent or the client has gone. */
export async function answerText(
  { clock, random, script, acceptsKey }: TextDeps,
  { chunkDelayMs }: TextOptions,
  { model, key, streaming, apiVersion }: TextAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (key === '') return sendError(response, 403, 'PERMISSION_DENIED', "Method doesn't allow unregistered callers.");
  if (!acceptsKey(key)) {
    return sendError(
      response,
      400,
      'INVALID_ARGUMENT',
      'API key not valid. Please pass a valid API key.',
      'API_KEY_INVALID',
    );
  }
  if (!model.startsWith('gemini-')) {
    const message = `models/${model} is not found for API version ${apiVersion}, or is not supported for generateContent.`;
    return sendError(response, 404, 'NOT_FOUND', message);
  }
  const parsed = GenerateRequest.safeParse(parseJson(body));
  if (!parsed.success) return sendError(response, 400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.');
  const asked = parsed.data.contents.findLast(({ role }) => role !== 'model')?.parts ?? [];
  const words = asked.map(({ text }) => text ?? '').join('');
  const text = toText(script.find(words));
  const promptTokens = Math.ceil((body?.length ?? 0) / 4);
  const responseId = random.hex(8);
  const chunk = (piece: string, sent: string, last: boolean): object => ({
    candidates: [
      { content: { parts: [{ text: piece }], role: 'model' }, ...(last ? { finishReason: 'STOP' } : {}), index: 0 },
    ],
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: Math.ceil(sent.length / 4),
      totalTokenCount: promptTokens + Math.ceil(sent.length / 4),
    },
    modelVersion: model,
    responseId,
  });
  if (!streaming) return sendJson(response, 200, chunk(text, text, true));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const pieces = text === '' ? [''] : toFragments(text);
  let sent = '';
  for (const [index, piece] of pieces.entries()) {
    if (response.destroyed) return;
    sent += piece;
    response.write(`data: ${JSON.stringify(chunk(piece, sent, index === pieces.length - 1))}\r\n\r\n`);
    if (index < pieces.length - 1) await new Promise<void>((done) => void clock.after(chunkDelayMs, done));
  }
  response.end();
}

/** The words of a scenario; formulas stand in the text as display mathematics. */
export function toText(scenario: Scenario): string {
  return scenario.answer
    .map((step) => (step.do === 'say' ? step.text : step.do === 'equation' ? `\n$$${step.latex}$$\n` : ''))
    .join('');
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function sendError(response: ServerResponse, code: number, status: string, message: string, reason?: string): void {
  const details =
    reason === undefined
      ? {}
      : { details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }] };
  sendJson(response, code, { error: { code, message, status, ...details } });
}
