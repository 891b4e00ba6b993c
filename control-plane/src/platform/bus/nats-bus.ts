/** The bus between instances, over NATS core: at most once, in order per publisher; a lost connection is retried for ever. */
import { connect } from '@nats-io/transport-node';
import type { Log } from '../log.js';
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

/** Connects; throws when the server does not answer within 5 s. */
export async function createNatsBus<E extends { readonly type: string }>({
  natsUrl,
  prefix,
  instance,
  parse,
  log,
}: NatsBusOptions<E>): Promise<Bus<E>> {
  const connection = await connect({
    servers: natsUrl,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: 5000,
    name: 'voice-tutor',
  });
  const local = createLocalBus<E>(log);
  const gaps = new Set<() => void>();
  const subject = `${prefix}.events`;
  connection.subscribe(subject, {
    callback(error, message) {
      if (error) return log.warn({ error }, 'the bus reported an error');
      const envelope = readEnvelope(message.string());
      // Our own events were given to our listeners when they were published.
      if (!envelope || envelope.from === instance) return;
      const event = parse(envelope.event);
      if (event) local.publish(event);
      else log.warn({}, 'the bus brought something unknown');
    },
  });
  await connection.flush();
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') log.warn({}, 'the bus is gone; retrying');
      if (status.type === 'reconnect') for (const listener of gaps) listener();
    }
  })();
  return {
    publish(event) {
      local.publish(event);
      try {
        connection.publish(subject, JSON.stringify({ from: instance, event }));
      } catch (error) {
        log.warn({ error: error as Error }, 'the bus took no event; other instances will poll');
      }
    },
    subscribe: local.subscribe,
    onGap(listener) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
    ping: () => connection.flush(),
    async close() {
      await local.close();
      await connection.drain();
    },
  };
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
