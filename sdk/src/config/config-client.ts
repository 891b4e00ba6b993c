/** The config answer in the page: live, then the stream, then the last one stored, then built-in (all off). */
import { ConfigAnswer, StreamHello } from '../contracts/config.js';
import type { Clock, KeyValueStore, Random } from '../protected-core/ports.js';
import { createEmitter, type Source } from '../protected-core/emitter.js';

/** A server-sent event source, as much of it as is used. */
export interface EventStream {
  onEvent(listener: (event: string, data: string) => void): void;
  /** The stream broke; the client opens a new one. */
  onBroken(listener: () => void): void;
  close(): void;
}

/** What the client asks of outside. */
export interface ConfigClientDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: KeyValueStore;
  readonly fetchText: (url: string, timeoutMs: number) => Promise<string>;
  readonly openStream: (url: string) => EventStream | null;
  readonly post: (url: string, body: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** Where, for whom, and what runs. */
export interface ConfigClientOptions {
  readonly serverOrigin: string;
  readonly siteKey: string;
  readonly cohort: number;
  readonly release: string;
}

/** The present answer and its changes. */
export interface ConfigClient extends Source<ConfigAnswer> {
  /** Null until any answer is known: then every flag is off. */
  current(): ConfigAnswer | null;
  /** The variant a flag has, or null for off, unknown, disabled by a decision. */
  variant(flagKey: string): string | null;
  /** Asks, then listens; returns its stop. */
  start(): () => void;
}

/** First paint waits for nothing; this bounds how late a live answer may still be taken at start. */
const BUDGET_MS = 1500;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Creates a client; nothing is asked before `start`. */
export function createConfigClient(
  deps: ConfigClientDeps,
  { serverOrigin, siteKey, cohort, release }: ConfigClientOptions,
): ConfigClient {
  const emitter = createEmitter<ConfigAnswer>(deps.onFault);
  const site = `${serverOrigin}/v1/sites/${encodeURIComponent(siteKey)}`;
  const storeKey = `config:${siteKey}`;
  let answer = parseAnswer(deps.store.get(storeKey));
  let connection: string | null = null;

  /** Takes an answer unless it is older than the present one. */
  const take = (text: string): boolean => {
    const next = parseAnswer(text);
    if (!next || (answer && next.revision < answer.revision)) return false;
    answer = next;
    deps.store.set(storeKey, text);
    emitter.emit(next);
    return true;
  };
  const confirm = () => {
    // After the listeners ran: the page obeys it now.
    if (connection && answer)
      deps.post(`${site}/confirmations`, JSON.stringify({ connection, revision: answer.revision }));
  };

  return {
    subscribe: emitter.subscribe,
    current: () => answer,
    variant(flagKey) {
      const flag = answer?.flags.find((candidate) => candidate.flagKey === flagKey);
      return flag && flag.value !== false ? flag.variant : null;
    },
    start() {
      let stopped = false;
      let stream: EventStream | null = null;
      let cancel = () => {};
      let retryMs = FIRST_RETRY_MS;
      deps.fetchText(`${site}/config?cohort=${cohort}`, BUDGET_MS).then(
        (text) => !stopped && take(text),
        () => {},
      );
      const open = () => {
        if (stopped) return;
        const since = answer ? `&since=${answer.revision}` : '';
        stream = deps.openStream(`${site}/stream?cohort=${cohort}${since}&release=${encodeURIComponent(release)}`);
        stream?.onEvent((event, data) => {
          retryMs = FIRST_RETRY_MS;
          if (event === 'hello') {
            const hello = parse(StreamHello, data);
            connection = hello?.connection ?? null;
            if (hello && hello.revision === answer?.revision) confirm();
          } else if (event === 'config' && take(data)) confirm();
        });
        stream?.onBroken(() => {
          stream?.close();
          connection = null;
          // Full jitter: a thousand pages that lost one server must not come back in one moment.
          cancel = deps.clock.after(retryMs * deps.random.next(), open);
          retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
        });
      };
      open();
      return () => {
        stopped = true;
        cancel();
        stream?.close();
      };
    },
  };
}

function parse<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
const parseAnswer = (text: string | null): ConfigAnswer | null => (text === null ? null : parse(ConfigAnswer, text));
