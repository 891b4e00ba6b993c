/** One suite, every bus: the in-process one, and a real NATS under a prefix of the suite's own. */
import { after, describe } from 'node:test';
import { randomBytes } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import { DomainEvent } from '../../control-plane/src/domain/events.js';
import type { Bus } from '../../control-plane/src/platform/bus/bus.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import { createNatsBus } from '../../control-plane/src/platform/bus/nats-bus.js';
import { silentLog, type Log } from '../../control-plane/src/platform/log.js';

const candidates = [process.env.TEST_NATS_URL, 'nats://127.0.0.1:4222'].filter((url) => url !== undefined);

/** What a report of parts that were not run says. */
export const NO_NATS = 'no NATS answers at TEST_NATS_URL or 127.0.0.1:4222';

/** Address of a NATS that answers, or null. */
export async function findNats(): Promise<string | null> {
  for (const servers of candidates) {
    try {
      await (await connect({ servers, timeout: 1500 })).close();
      return servers;
    } catch {
      // Not there: the next candidate.
    }
  }
  return null;
}

/** A prefix nobody else uses. */
export const ownPrefix = () => `vt_test_${randomBytes(6).toString('hex')}`;

/** Opens a bus of domain events on a real NATS, as `assemble.ts` does. */
export function openNatsBus(natsUrl: string, prefix: string, log: Log = silentLog): Promise<Bus<DomainEvent>> {
  return createNatsBus<DomainEvent>({
    natsUrl,
    prefix,
    instance: randomBytes(8).toString('hex'),
    parse: (raw) => DomainEvent.safeParse(raw).data ?? null,
    log,
  });
}

/** Runs `suite` once per bus; `open()` gives one more instance of it. Whatever was opened is closed afterwards. */
export async function forEachBus(name: string, suite: (open: () => Promise<Bus<DomainEvent>>) => void): Promise<void> {
  const run = (kind: string, make: () => () => Promise<Bus<DomainEvent>>) =>
    describe(`${name} in ${kind}`, () => {
      const open = make();
      const opened: Bus<DomainEvent>[] = [];
      after(() => Promise.all(opened.map((bus) => bus.close())));
      suite(async () => {
        const bus = await open();
        opened.push(bus);
        return bus;
      });
    });
  run('one process', () => {
    const bus = createLocalBus<DomainEvent>(silentLog);
    return async () => bus;
  });
  const server = await findNats();
  if (server)
    run('NATS', () => {
      const prefix = ownPrefix();
      return () => openNatsBus(server, prefix);
    });
  else describe(`${name} in NATS`, { skip: NO_NATS }, () => {});
}
