/** The operators' API as methods: every answer is parsed with its contract, every failure is a value. Draws nothing, keeps nothing. */
import { Problem } from '@voice-tutor/sdk/contracts/errors.js';
import type { CheckpointRow } from '@voice-tutor/sdk/contracts/operator.js';
import {
  AuditPage,
  ChangeAnswer,
  CheckpointList,
  Delivery,
  FlagList,
  MetricSeries,
  Operator,
  RollbackPreview,
} from '@voice-tutor/sdk/contracts/operator.js';
import type { Outcome } from './outcome.js';

/** Asks the control plane; the browser's `fetch` is one. Rejects when nobody answers. */
export type FetchPort = (
  path: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** What the API client needs. */
export interface ApiClientDeps {
  readonly fetch: FetchPort;
  /** Called when a session turns out to have ended; not when a sign-in token is refused. */
  readonly onSignedOut: () => void;
}

/** The operators' API. */
export interface ApiClient {
  signIn(token: string): Promise<Outcome<Operator>>;
  signOut(): Promise<Outcome<null>>;
  me(): Promise<Outcome<Operator>>;
  flags(): Promise<Outcome<FlagList>>;
  setFlag(
    flagKey: string,
    change: { readonly enabled: boolean; readonly expectedRevision: number },
  ): Promise<Outcome<ChangeAnswer>>;
  checkpoints(): Promise<Outcome<readonly CheckpointRow[]>>;
  takeCheckpoint(name: string): Promise<Outcome<null>>;
  preview(checkpointId: string): Promise<Outcome<RollbackPreview>>;
  rollback(checkpointId: string, expectedRevision: number): Promise<Outcome<ChangeAnswer>>;
  /** Newest first, 100 a page; `before` is the seq of the last entry already seen. */
  audit(before: number | null): Promise<Outcome<AuditPage>>;
  delivery(): Promise<Outcome<Delivery>>;
  metrics(name: string, minutes: number): Promise<Outcome<MetricSeries>>;
}

/** A schema as far as this file knows one. */
interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** An answer slower than this is lost: an operator has long looked for the reload button. */
const TIMEOUT_MS = 15_000;
const BASE = '/v1/operator/';
/** Stands for an answer 204: no JSON can be mistaken for it. */
const NO_CONTENT = Symbol('no content');
const nothing: Schema<null> = { safeParse: () => ({ success: true, data: null }) };
const operatorOrNobody: Schema<Operator | null> = {
  safeParse: (value) => (value === NO_CONTENT ? { success: true, data: null } : Operator.safeParse(value)),
};

/** Creates the client. */
export function createApiClient({ fetch, onSignedOut }: ApiClientDeps): ApiClient {
  const ask = async <T>(schema: Schema<T>, path: string, method = 'GET', body?: unknown): Promise<Outcome<T>> => {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(BASE + path, {
        method,
        headers:
          body === undefined
            ? { Accept: 'application/json' }
            : { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      answer = response.status === 204 ? NO_CONTENT : parseJson(text);
    } catch {
      return { ok: false, error: { reason: 'offline' } };
    }
    if (!response.ok) {
      const outcome = toFailure(response.status, answer);
      if (!outcome.ok && outcome.error.reason === 'signed-out' && path !== 'sign-in') onSignedOut();
      return outcome;
    }
    const parsed = schema.safeParse(answer);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: { reason: 'unreadable' } };
  };
  const checkpoint = (checkpointId: string) => `checkpoints/${encodeURIComponent(checkpointId)}`;
  return {
    signIn: (token) => ask(Operator, 'sign-in', 'POST', { token }),
    signOut: () => ask(nothing, 'sign-out', 'POST'),
    me: async () => {
      // `quiet`: nobody is an answer here and no error, which the browser would write to its console at each first visit.
      const outcome = await ask(operatorOrNobody, 'me?quiet=1');
      if (!outcome.ok) return outcome;
      if (outcome.value === null) return { ok: false, error: { reason: 'signed-out', detail: '' } };
      return { ok: true, value: outcome.value };
    },
    flags: () => ask(FlagList, 'flags'),
    setFlag: (flagKey, change) => ask(ChangeAnswer, `flags/${encodeURIComponent(flagKey)}`, 'PUT', change),
    checkpoints: async () => {
      const list = await ask(CheckpointList, 'checkpoints');
      return list.ok ? { ok: true, value: list.value.checkpoints } : list;
    },
    takeCheckpoint: (name) => ask(nothing, 'checkpoints', 'POST', { name }),
    preview: (checkpointId) => ask(RollbackPreview, `${checkpoint(checkpointId)}/preview`),
    rollback: (checkpointId, expectedRevision) =>
      ask(ChangeAnswer, `${checkpoint(checkpointId)}/rollback`, 'POST', { expectedRevision }),
    audit: (before) => ask(AuditPage, before === null ? 'audit' : `audit?before=${before}`),
    delivery: () => ask(Delivery, 'delivery'),
    metrics: (name, minutes) => ask(MetricSeries, `metrics?name=${encodeURIComponent(name)}&minutes=${minutes}`),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFailure(status: number, answer: unknown): Outcome<never> {
  const problem = Problem.safeParse(answer);
  // A proxy in front answers for a control plane that is away, without a problem of ours.
  if (!problem.success)
    return { ok: false, error: { reason: status >= 502 && status <= 504 ? 'offline' : 'unreadable' } };
  const { code, title, detail } = problem.data;
  if (code === 'unauthorized') return { ok: false, error: { reason: 'signed-out', detail: detail ?? '' } };
  if (code === 'revision-conflict') return { ok: false, error: { reason: 'conflict' } };
  return { ok: false, error: { reason: 'refused', code, detail: detail ?? title } };
}
