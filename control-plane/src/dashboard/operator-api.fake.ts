/**
 * A small control plane in memory, at the fetch boundary: revisions, conflicts, checkpoints that really restore, an audit log
 * that grows. For tests and for looking at the pages; nothing that is served imports it.
 */
import type { AuditRow, Delivery, MetricSeries, Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { FetchPort } from './api-client.js';
import type { EventStream } from './live.js';

/** A flag of the fake. */
export interface FakeFlag {
  readonly description: string;
  readonly enabled: boolean;
  readonly changedAtMs: number;
}

type Flags = Readonly<Record<string, FakeFlag>>;
interface FakeCheckpoint {
  readonly checkpointId: string;
  readonly name: string;
  readonly kind: 'auto' | 'named';
  readonly revision: number;
  readonly takenAtMs: number;
  readonly takenBy: string;
  readonly digest: string;
  readonly flags: Flags;
}

/** One open stream of the fake; `tell` sends an event, `cut` breaks the connection, for good when `refused`. */
export class FakeStream extends EventTarget implements EventStream {
  readyState = 0;
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  tell(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
  cut(refused: boolean): void {
    this.readyState = refused ? 2 : 0;
    this.dispatchEvent(new Event('error'));
  }
  close(): void {
    this.readyState = 2;
  }
}

/** The fake with everything a test may look at or turn. */
export class FakeOperatorApi {
  operator: Operator = { name: 'admin', role: 'admin' };
  signedIn = true;
  /** Token that signs in, once; null when there is none. */
  token: string | null = 'a-good-token-0123456789';
  offline = false;
  revision = 4;
  flags: Flags;
  checkpoints: FakeCheckpoint[] = [];
  audit: AuditRow[] = [];
  metrics: Readonly<Record<string, MetricSeries['points']>> = {};
  delivery: Delivery = { revision: 4, connected: 0, confirmed: 0, p50Ms: null, p99Ms: null, pages: [] };
  streams: FakeStream[] = [];
  /** What was asked, as `METHOD path`. */
  asked: string[] = [];
  /** Awaited by each change before it is answered, to hold it under way. */
  gate: Promise<void> | null = null;
  nowMs: number;

  constructor(nowMs: number, flags: Flags = {}) {
    this.nowMs = nowMs;
    this.flags = flags;
  }

  readonly openEvents = (): FakeStream => {
    const stream = new FakeStream();
    this.streams.push(stream);
    return stream;
  };

  readonly fetch: FetchPort = async (path, { method, body }) => {
    this.asked.push(`${method} ${path}`);
    if (this.offline) throw new TypeError('Failed to fetch');
    if (method !== 'GET') await this.gate;
    return this.#answer(
      method,
      new URL(path, 'http://fake').pathname.replace('/v1/operator/', ''),
      new URL(path, 'http://fake').searchParams,
      body === null ? {} : JSON.parse(body),
    );
  };

  /** Somebody else turns a flag. */
  changeByOther(flagKey: string, enabled: boolean): void {
    this.#turn(flagKey, enabled, 'operator:rosa');
  }

  /** Tells all open streams. */
  tell(type: string, data: unknown): void {
    for (const stream of this.streams) if (stream.readyState === 1) stream.tell(type, data);
  }

  /** Writes an audit entry. */
  record(
    action: string,
    subject: string,
    detail: Record<string, unknown> = {},
    actor = `operator:${this.operator.name}`,
  ): void {
    const seq = this.audit.length + 1;
    this.audit.unshift({
      seq,
      atMs: this.nowMs,
      actor,
      action,
      subject,
      detail,
      hash: digestOf(`${seq}${action}${subject}`),
    });
  }

  /** Takes a checkpoint of the present. */
  take(name: string, kind: 'auto' | 'named', takenBy = `operator:${this.operator.name}`): string {
    const checkpointId = `00000000-0000-4000-8000-${String(this.checkpoints.length + 1).padStart(12, '0')}`;
    this.checkpoints.unshift({
      checkpointId,
      name,
      kind,
      takenBy,
      revision: this.revision,
      takenAtMs: this.nowMs,
      digest: digestOf(name + this.revision),
      flags: this.flags,
    });
    return checkpointId;
  }

  #turn(flagKey: string, enabled: boolean, actor: string): string {
    const checkpointId = this.take(`before ${flagKey}`, 'auto', actor);
    const flag = this.flags[flagKey];
    if (flag) this.flags = { ...this.flags, [flagKey]: { ...flag, enabled, changedAtMs: this.nowMs } };
    this.#bump();
    this.record('flag.set-enabled', flagKey, { enabled, revision: this.revision }, actor);
    return checkpointId;
  }

  #bump(): void {
    this.revision += 1;
    this.delivery = { ...this.delivery, revision: this.revision, confirmed: 0 };
    this.tell('flags', { revision: this.revision });
    this.tell('delivery', this.delivery);
  }

  #answer(method: string, path: string, query: URLSearchParams, body: unknown): Response {
    const fields = body as Readonly<Record<string, unknown>>;
    if (path === 'sign-in') {
      if (this.token === null || fields['token'] !== this.token)
        return problem(401, 'unauthorized', 'This sign-in link was already used.');
      this.token = null;
      this.signedIn = true;
      return json(this.operator);
    }
    if (!this.signedIn) return problem(401, 'unauthorized');
    if (path === 'sign-out') {
      this.signedIn = false;
      return new Response(null, { status: 204 });
    }
    if (method !== 'GET' && this.operator.role === 'viewer')
      return problem(403, 'forbidden', 'This needs the role operator.');
    const [, flagKey] = /^flags\/(.+)$/.exec(path) ?? [];
    if (flagKey !== undefined) {
      if (fields['expectedRevision'] !== this.revision) return problem(409, 'revision-conflict');
      const checkpointId = this.#turn(flagKey, fields['enabled'] === true, `operator:${this.operator.name}`);
      return json({ revision: this.revision, checkpointId });
    }
    const [, checkpointId, step] = /^checkpoints\/([^/]+)\/(preview|rollback)$/.exec(path) ?? [];
    if (checkpointId !== undefined) return this.#rollback(checkpointId, step === 'preview', fields['expectedRevision']);
    switch (path) {
      case 'me':
        return json(this.operator);
      case 'flags':
        return json({
          revision: this.revision,
          flags: Object.entries(this.flags).map(([key, flag]) => ({ flagKey: key, variants: ['off', 'on'], ...flag })),
        });
      case 'checkpoints':
        if (method === 'POST') {
          this.take(String(fields['name']), 'named');
          this.record('checkpoint.taken', String(fields['name']));
          return json(this.checkpoints[0], 201);
        }
        return json({ checkpoints: this.checkpoints.map(({ flags: _flags, ...row }) => row) });
      case 'audit': {
        const before = Number(query.get('before') ?? Infinity);
        return json({ entries: this.audit.filter(({ seq }) => seq < before).slice(0, 100), intact: true });
      }
      case 'delivery':
        return json(this.delivery);
      case 'metrics':
        return json({ name: query.get('name'), points: this.metrics[query.get('name') ?? ''] ?? [] });
      default:
        return problem(404, 'not-found');
    }
  }

  #rollback(checkpointId: string, looksOnly: boolean, expectedRevision: unknown): Response {
    const target = this.checkpoints.find((row) => row.checkpointId === checkpointId);
    if (!target) return problem(404, 'not-found');
    const word = (flag: FakeFlag | undefined) => (flag ? (flag.enabled ? 'on' : 'off') : null);
    const keys = [...new Set([...Object.keys(this.flags), ...Object.keys(target.flags)])].sort();
    const changes = keys
      .map((flagKey) => ({ flagKey, from: word(this.flags[flagKey]), to: word(target.flags[flagKey]) }))
      .filter(({ from, to }) => from !== to);
    if (looksOnly)
      return json({ checkpointId, revision: this.revision, changes, connectedPages: this.delivery.connected });
    if (expectedRevision !== this.revision) return problem(409, 'revision-conflict');
    const before = this.take(`before going back to ${target.name}`, 'auto');
    this.flags = target.flags;
    this.#bump();
    this.record('checkpoint.restored', target.name, { revision: this.revision });
    return json({ revision: this.revision, checkpointId: before });
  }
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
}

function problem(status: number, code: string, detail?: string): Response {
  const body = {
    type: `https://problems.example/${code}`,
    title: `Refused: ${code}.`,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
  };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

/** Looks like a digest, is none: 64 hex digits that follow from the text. */
function digestOf(text: string): string {
  let state = 2166136261;
  return Array.from({ length: 64 }, (_, i) => {
    state = Math.imul(state ^ (text.charCodeAt(i % text.length) + i), 16777619) >>> 0;
    return (state >>> 28).toString(16);
  }).join('');
}
