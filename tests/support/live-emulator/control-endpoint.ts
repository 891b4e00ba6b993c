/** The emulator's own HTTP side, under `/__emulator/`: look at the counters, change the script, end connections. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { Close } from './closes.js';
import { readBody, sendJson } from './http-body.js';
import { parseScript, type Script } from './scenario.js';
import type { EmulatorStats } from './stats.js';

/** What the control side may ask of the emulator. */
export interface ControlDeps {
  readonly stats: () => EmulatorStats;
  readonly setScenario: (script: Script) => void;
  readonly goAway: (timeLeftMs?: number) => number;
  readonly closeConnections: (close: Close) => number;
}

const GoAway = z.strictObject({ timeLeftMs: z.optional(z.number().check(z.gte(0), z.lte(3_600_000))) });
const CloseAll = z.strictObject({
  code: z
    .int()
    .check(
      z.refine(
        (code) =>
          (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999),
      ),
    ),
  reason: z.optional(z.string().check(z.maxLength(500))),
});

/** Answers one request below `/__emulator/`. */
export async function answerControl(
  deps: ControlDeps,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const wrong = (message: string): void => sendJson(response, 400, { error: message });
  const asked = `${request.method ?? ''} ${path}`;
  if (asked === 'GET /__emulator/stats') return sendJson(response, 200, deps.stats());
  const body = await readBody(request);
  if (body === undefined) return wrong('The body is too large or incomplete.');
  switch (asked) {
    case 'POST /__emulator/scenario': {
      const parsed = parseScript(body);
      if (!parsed.ok) return wrong(parsed.message);
      deps.setScenario(parsed.script);
      return sendJson(response, 200, { ok: true });
    }
    case 'POST /__emulator/go-away': {
      const parsed = GoAway.safeParse(parseObject(body));
      if (!parsed.success) return wrong('Expected {"timeLeftMs": number} or nothing.');
      return sendJson(response, 200, { connections: deps.goAway(parsed.data.timeLeftMs) });
    }
    case 'POST /__emulator/close': {
      const parsed = CloseAll.safeParse(parseObject(body));
      if (!parsed.success) return wrong('Expected {"code": a WebSocket close code, "reason": text}.');
      const { code, reason = '' } = parsed.data;
      return sendJson(response, 200, { connections: deps.closeConnections({ code, reason }) });
    }
    default:
      return sendJson(response, 404, { error: 'No such control. See GET stats, POST scenario, go-away, close.' });
  }
}

function parseObject(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
