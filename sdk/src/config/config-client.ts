/** The config answer in the page. Precedence: live, then the stream, then the last one stored, then built-in (all off). */
import { StreamHello, type ConfigAnswer } from '../contracts/config.js';
import type { KeyValueStore } from '../protected-core/ports.js';
import { createEmitter, type Source } from '../protected-core/emitter.js';
import { parseConfigAnswer, parseJson, variantOf } from './config-answer.js';
import { keepStream, type StreamDeps } from './config-stream.js';

/** What the client asks of outside. */
export interface ConfigClientDeps extends StreamDeps {
  readonly store: KeyValueStore;
  readonly fetchText: (url: string, timeoutMs: number) => Promise<string>;
  readonly post: (url: string, body: string) => void;
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
  /** Items of answers so far that were of an unknown kind and left out. */
  ignored(): number;
  /** Asks, then listens; returns its stop. */
  start(): () => void;
}

/** What is obeyed, and where it came from. */
type Held =
  | { readonly from: 'nowhere' }
  | { readonly from: 'store'; readonly answer: ConfigAnswer }
  | { readonly from: 'server'; readonly answer: ConfigAnswer };

/** First paint waits for nothing; this bounds how late a live answer may still be taken at start. */
export const BUDGET_MS = 1500;
/**
 * How long the server may stand behind what it told this page before. An instance that hears of changes late catches up within
 * seconds; one that stays behind has lost its database, and then its word counts from anew.
 */
export const LAG_MS = 60_000;

/**
 * Creates a client; nothing is asked before `start`.
 *
 * Revisions only rise among the answers that the server gave to this page: of two that arrive out of order the older is refused.
 * A *stored* answer never outranks a live one, whatever its revision, for it may be of a database that is gone.
 */
export function createConfigClient(
  deps: ConfigClientDeps,
  { serverOrigin, siteKey, cohort, release }: ConfigClientOptions,
): ConfigClient {
  const emitter = createEmitter<ConfigAnswer>(deps.onFault);
  const site = `${serverOrigin}/v1/sites/${encodeURIComponent(siteKey)}`;
  const storeKey = `config:${siteKey}`;
  const stored = parseConfigAnswer(deps.store.get(storeKey));
  let held: Held = stored ? { from: 'store', answer: stored.answer } : { from: 'nowhere' };
  let ignored = stored?.ignored ?? 0;
  let connection: string | null = null;
  let cancelDoubt: (() => void) | null = null;

  const liveRevision = () => (held.from === 'server' ? held.answer.revision : -1);
  const ask = () => deps.fetchText(`${site}/config?cohort=${cohort}`, BUDGET_MS);
  /** Obeys an answer unless it is older than what the server said before; false when it is not obeyed. */
  const take = (text: string, atLeast = liveRevision()): boolean => {
    const parsed = parseConfigAnswer(text);
    if (!parsed || parsed.answer.revision < atLeast) return false;
    held = { from: 'server', answer: parsed.answer };
    ignored += parsed.ignored;
    deps.store.set(storeKey, text);
    emitter.emit(parsed.answer);
    return true;
  };
  /** Tells the server what the page obeys; only after the listeners ran. */
  const confirm = () => {
    if (connection && held.from === 'server')
      deps.post(`${site}/confirmations`, JSON.stringify({ connection, revision: held.answer.revision }));
  };
  const trust = () => {
    cancelDoubt?.();
    cancelDoubt = null;
  };
  /** The server stands behind what it said: it may catch up; if it does not, its answer is taken as the first of a new life. */
  const doubt = () => {
    const behind = liveRevision();
    cancelDoubt ??= deps.clock.after(LAG_MS, () => {
      const asking = () => {};
      cancelDoubt = asking;
      const settle = (text: string | null) => {
        // Something the server said in the meantime, or the end, has settled it already.
        if (cancelDoubt !== asking) return;
        cancelDoubt = null;
        const revision = text === null ? null : (parseConfigAnswer(text)?.answer.revision ?? null);
        if (text !== null && revision !== null && take(text, 0)) confirm();
        // Not reached, or answered by an instance that does know: the stream's own word is still missing.
        if (revision === null || revision >= behind) doubt();
      };
      ask().then(settle, () => settle(null));
    });
  };
  const hear = (event: string, data: string) => {
    if (event === 'hello') {
      const hello = parseJson(StreamHello, data);
      connection = hello?.connection ?? null;
      if (!hello) return;
      if (hello.revision < liveRevision()) return doubt();
      trust();
      if (hello.revision === liveRevision()) confirm();
    } else if (event === 'config' && take(data)) {
      trust();
      confirm();
    }
  };

  return {
    subscribe: emitter.subscribe,
    current: () => (held.from === 'nowhere' ? null : held.answer),
    variant: (flagKey) => (held.from === 'nowhere' ? null : variantOf(held.answer, flagKey)),
    ignored: () => ignored,
    start() {
      let stopped = false;
      let stopStream = () => {};
      const listen = () => {
        if (stopped) return;
        stopStream = keepStream(deps, {
          address() {
            // A stored revision may be of another database: only what this server said spares it the telling.
            const since = held.from === 'server' ? `&since=${held.answer.revision}` : '';
            return `${site}/stream?cohort=${cohort}${since}&release=${encodeURIComponent(release)}`;
          },
          onEvent: hear,
          onLost: () => (connection = null),
        });
      };
      // The stream comes after the answer, or every page would be sent the same answer twice.
      ask().then((text) => {
        if (!stopped) take(text);
        listen();
      }, listen);
      return () => {
        stopped = true;
        connection = null;
        trust();
        stopStream();
      };
    },
  };
}
