/** The bus between instances, over NATS core: at most once, in order per publisher; a lost connection is retried for ever. */
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Log } from '../log.js';
import { OpenError } from '../open-error.js';
import type { Bus } from './bus.js';
import { createLocalBus } from './local-bus.js';

/** Where and under which subjects. `parse` refuses what another version or a stranger sent. */
export interface NatsBusOptions<E> {
  readonly natsUrl: string;
  /** Subjects are `PREFIX.events`. */
  readonly prefix: string;
  readonly instance: string;
  readonly parse: (raw: unknown) => E | null;
  readonly log: Log;
}

/** A silent connection is given up after two unanswered pings, so that a vanished server is known within 15 s. */
const PING_MS = 5000;
/** Longest wait for what was published to leave when we stop. */
const CLOSE_MS = 1000;

/** Connects; throws an `OpenError` when the server does not answer within 5 s. */
export async function createNatsBus<E extends { readonly type: string }>({
  natsUrl,
  prefix,
  instance,
  parse,
  log,
}: NatsBusOptions<E>): Promise<Bus<E>> {
  const connection = await open(natsUrl);
  const local = createLocalBus<E>(log);
  const gaps = new Set<() => void>();
  const counters = { ignored: 0, unsent: 0 };
  let connected = true;
  const subject = `${prefix}.events`;
  connection.subscribe(subject, {
    callback(error, message) {
      if (error) return log.warn({ error }, 'the bus reported an error');
      const envelope = readEnvelope(message.string());
      // Our own events were given to our listeners when they were published.
      if (envelope?.from === instance) return;
      const event = envelope && parse(envelope.event);
      if (event) return local.publish(event);
      counters.ignored += 1;
      // A newer version that talks much would fill the log: the first is told, the rest is counted.
      if (counters.ignored === 1) log.warn({}, 'the bus brought something unknown; more of it is only counted');
    },
  });
  await connection.flush();
  const watch = async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        connected = false;
        log.warn({}, 'the bus is gone; retrying, and changes of other instances are found by asking the database');
      }
      if (type !== 'reconnect') continue;
      connected = true;
      log.info({ unsent: counters.unsent }, 'the bus is back');
      for (const listener of gaps) listener();
    }
  };
  void watch();
  return {
    counters,
    publish(event) {
      local.publish(event);
      try {
        // The client would keep it for the reconnect without a bound; the others ask the database meanwhile.
        if (!connected) throw new Error('the bus is gone');
        connection.publish(subject, JSON.stringify({ from: instance, event }));
      } catch {
        counters.unsent += 1;
      }
    },
    subscribe: local.subscribe,
    onGap(listener) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
    async ping() {
      if (!connected) throw new Error('the bus is gone');
      await connection.flush();
    },
    async close() {
      await local.close();
      gaps.clear();
      if (connected) await Promise.race([connection.drain().catch(() => {}), afterMs(CLOSE_MS)]);
      await connection.close();
    },
  };
}

async function open(natsUrl: string): Promise<NatsConnection> {
  try {
    return await connect({
      servers: natsUrl,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      timeout: 5000,
      pingInterval: PING_MS,
      maxPingOut: 2,
      name: 'voice-tutor',
    });
  } catch (cause) {
    throw new OpenError(
      'The bus at NATS_URL does not answer; check that it runs and that the address and credentials are right.',
      { cause },
    );
  }
}

function afterMs(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs).unref());
}

function readEnvelope(text: string): { from: unknown; event: unknown } | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'from' in parsed && 'event' in parsed
      ? { from: parsed.from, event: parsed.event }
      : null;
  } catch {
    return null;
  }
}
