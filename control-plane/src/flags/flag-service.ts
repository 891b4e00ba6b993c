/** Changing flags, and the snapshot of them that pages are answered from. */
import type { ChangeAnswer, FlagList } from '@voice-tutor/sdk/contracts/operator.js';
import { CheckpointId, FlagKey } from '@voice-tutor/sdk/contracts/ids.js';
import type { Actor, AppendAudit, FlagReader, FlagSnapshot } from '../domain/ports.js';
import type { DomainEvent } from '../domain/events.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import { err, ok, type Result } from '../platform/result.js';
import { isEnabled, SeedSet, withEnabled } from './flag-rules.js';
import {
  addFlag,
  lockRevision,
  nextRevision,
  readDecisions,
  readFlags,
  readRevision,
  shareRevision,
  takeCheckpoint,
  writeDecision,
  writeFlag,
} from './flag-store.js';

/** How often the database is asked for its revision, in case the bus lost an event. */
const POLL_MS = 5000;

/** Why a change was refused. */
export type FlagRefusal =
  | { readonly reason: 'unknown-flag' }
  | { readonly reason: 'not-boolean' }
  | { readonly reason: 'conflict'; readonly revision: number };

/** What the flag room needs. */
export interface FlagServiceDeps {
  readonly db: Db;
  readonly bus: Bus<DomainEvent>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly appendAudit: AppendAudit;
}

/** The flag room. */
export interface FlagService extends FlagReader {
  list(): Promise<FlagList>;
  setEnabled(change: {
    readonly flagKey: string;
    readonly enabled: boolean;
    readonly expectedRevision: number;
    readonly actor: Actor;
  }): Promise<Result<ChangeAnswer, FlagRefusal>>;
  /** Adds the flags of a seed set that the database does not have; throws when the set is not acceptable. */
  seed(set: unknown): Promise<void>;
  close(): void;
}

/** Creates the service; `close` ends its polling. */
export function createFlagService({ db, bus, clock, ids, appendAudit }: FlagServiceDeps): FlagService {
  let snapshot: Promise<FlagSnapshot> | null = null;
  let announced = 0;
  /** Newest revision that listeners here were told of: what a read found by chance was told to nobody. */
  let heard = 0;
  let stopPoll = () => {};

  const read = () =>
    db.tx(async (tx) => {
      // READ COMMITTED: only the lock keeps a change from falling between these reads.
      const revision = await shareRevision(tx);
      const [flags, decisions] = [await readFlags(tx), await readDecisions(tx)];
      const document = JSON.stringify({
        flags: Object.fromEntries(flags.map((flag) => [flag.flagKey, flag.document])),
      });
      return { revision, environment: 'production', document, decisions } satisfies FlagSnapshot;
    });
  const refresh = () => {
    const reading = read();
    snapshot = reading;
    reading.catch(() => {
      if (snapshot === reading) snapshot = null;
    });
    return reading;
  };
  const stops = [
    bus.subscribe('flag.changed', ({ revision }) => {
      announced = Math.max(announced, revision);
      heard = Math.max(heard, revision);
      snapshot = null;
    }),
    bus.onGap(() => void poll()),
  ];
  const poll = async () => {
    const revision = await readRevision(db).catch(() => heard);
    if (revision > heard) bus.publish({ type: 'flag.changed', revision, changedAtMs: clock.nowMs() });
  };
  const pollForEver = () => {
    stopPoll = clock.after(POLL_MS, () => void poll().finally(pollForEver));
  };
  pollForEver();

  return {
    async current(atLeast = 0) {
      for (let refreshed = false; ; refreshed = true) {
        const reading = snapshot ?? refresh();
        const held = await reading;
        announced = Math.max(announced, held.revision);
        if (held.revision >= Math.max(atLeast, announced)) return held;
        // An event that arrives while this waits drops the reading; one that still stands is as new as the database.
        if (snapshot !== reading) continue;
        if (refreshed) return held;
        void refresh().catch(() => {});
      }
    },
    async list() {
      const { revision, flags } = await db.tx(async (tx) => ({
        revision: await shareRevision(tx),
        flags: await readFlags(tx),
      }));
      return {
        revision,
        flags: flags.map(({ flagKey, document, description, changedAtMs }) => ({
          flagKey: FlagKey.parse(flagKey),
          description,
          enabled: isEnabled(document),
          variants: Object.keys(document.variants),
          changedAtMs,
        })),
      };
    },
    async setEnabled({ flagKey, enabled, expectedRevision, actor }) {
      const by = `${actor.kind}:${actor.name}`;
      const outcome = await db.tx<Result<ChangeAnswer, FlagRefusal>>(async (tx) => {
        const held = await lockRevision(tx);
        if (held !== expectedRevision) return err({ reason: 'conflict', revision: held });
        const flag = (await readFlags(tx)).find((candidate) => candidate.flagKey === flagKey);
        if (!flag) return err({ reason: 'unknown-flag' });
        const document = withEnabled(flag.document, enabled);
        if (!document.ok) return err({ reason: 'not-boolean' });
        const checkpointId = ids.uuid();
        await takeCheckpoint(tx, {
          id: checkpointId,
          name: `before ${flagKey} ${enabled ? 'on' : 'off'}`,
          kind: 'auto',
          actor: by,
        });
        await writeFlag(tx, flagKey, document.value, by);
        const revision = await nextRevision(tx);
        // Pages put the newest decision about a flag above the list: only another one takes a `flag.disabled` back.
        await writeDecision(tx, {
          id: ids.uuid(),
          revision,
          ...(enabled
            ? { kind: 'flags.restored', payload: { flagKeys: [flagKey] } }
            : { kind: 'flag.disabled', payload: { flagKey } }),
          actor: by,
        });
        await appendAudit(tx, {
          actor,
          action: 'flag.set-enabled',
          subject: flagKey,
          detail: { enabled, revision, checkpointId },
        });
        return ok({ revision, checkpointId: CheckpointId.parse(checkpointId) });
      });
      // After commit: no listener sees what was undone.
      if (outcome.ok)
        bus.publish({ type: 'flag.changed', revision: outcome.value.revision, changedAtMs: clock.nowMs() });
      return outcome;
    },
    async seed(set) {
      const { flags } = SeedSet.parse(set);
      const revision = await db.tx(async (tx) => {
        await lockRevision(tx);
        const added: string[] = [];
        for (const [key, document] of Object.entries(flags)) {
          const description = document.metadata?.['description'];
          if (await addFlag(tx, key, document, typeof description === 'string' ? description : '')) added.push(key);
        }
        if (added.length === 0) return null;
        const next = await nextRevision(tx);
        await appendAudit(tx, {
          actor: { kind: 'system', name: 'seed' },
          action: 'flags.seeded',
          subject: 'flags',
          detail: { added, revision: next },
        });
        return next;
      });
      if (revision !== null) bus.publish({ type: 'flag.changed', revision, changedAtMs: clock.nowMs() });
    },
    close() {
      stopPoll();
      stopPoll = () => {};
      stops.forEach((stop) => stop());
    },
  };
}
