/** All sessions of this process: tokens that wait, sessions that run, sessions that lost their socket. */
import { createHash } from 'node:crypto';
import type { Site } from '../domain/ports.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import type { Log } from '../platform/log.js';
import type { VoiceProvider } from './providers/provider.js';
import type { VoiceOptions } from './session-rules.js';
import {
  endSession,
  forgetOldSessions,
  hasSessionOf,
  keepSession,
  takeSession,
  touchSessions,
  type StoredSession,
} from './session-store.js';
import type { VoiceCounters } from './voice-counters.js';
import { createVoiceSession, type VoiceSession } from './voice-session.js';

/** What the book needs. */
export interface SessionBookDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly provider: VoiceProvider;
  readonly options: VoiceOptions;
  readonly counters: VoiceCounters;
  /** Whether a session of this site and origin may still run; asked when another process had it. */
  readonly admits: (siteKey: string, origin: string) => Promise<boolean>;
}

/** The sessions of one process. */
export interface SessionBook {
  /** Reserves a session; null when the site or the process has no room. */
  grant(
    site: Site,
    origin: string,
    about: { readonly lang: string; readonly topic: string | undefined; readonly grade: string | undefined },
  ): { readonly sessionId: string; readonly token: string } | null;
  /** Opens the session of a token, once; null when unknown, used, too old or of another origin, `full` when the places went meanwhile. */
  take(token: string, origin: string): VoiceSession | 'full' | null;
  /** Finds the session of a resume token, here or in the database. */
  resume(token: string, origin: string): Promise<VoiceSession | null>;
  /** The session lost its socket: it waits, then ends. */
  detached(session: VoiceSession): void;
  knowsOrigin(origin: string): boolean;
  /** True when a session of this origin waits in the database. */
  mayResume(origin: string | undefined): Promise<boolean>;
  /** Ends every session here; their rows stay, so that another process can resume them. */
  close(): Promise<void>;
}

/** How often running sessions are marked as seen; well below the 60 s of a resume. */
const TOUCH_MS = 15_000;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Creates the book and starts its upkeep. */
export function createSessionBook(deps: SessionBookDeps): SessionBook {
  const { db, clock, ids, log, provider, options, counters } = deps;
  const waiting = new Map<
    string,
    { readonly about: StoredSession; readonly untilMs: number; readonly limit: number }
  >();
  const running = new Map<
    VoiceSession,
    { readonly about: StoredSession; tokenHash: string; untold: boolean; stopWaiting: () => void }
  >();
  const byToken = new Map<string, VoiceSession>();
  let closing = false;
  // Writes of the database follow each other, so that an older token never replaces a newer one.
  let writes: Promise<unknown> = Promise.resolve();
  const write = (task: () => Promise<unknown>) => {
    writes = writes
      .then(task)
      .catch((error: unknown) =>
        log.warn({ error: error as Error }, 'a session could not be kept; it will not survive this process'),
      );
  };
  const expire = () => {
    for (const [token, { untilMs }] of waiting) if (untilMs < clock.monotonicMs()) waiting.delete(token);
  };

  const hasRoom = (siteKey: string, limit: number) => {
    let ofSite = 0;
    for (const { about } of running.values()) if (about.siteKey === siteKey) ofSite += 1;
    return running.size < options.sessions && ofSite < limit;
  };
  /** `revivedBy` is the hash of the token that brought it here from another process. */
  const open = (about: StoredSession, revivedBy: string | null): VoiceSession => {
    const entry = { about, tokenHash: revivedBy ?? '', untold: true, stopWaiting: () => {} };
    const session = createVoiceSession({
      sessionId: about.sessionId,
      topic: about,
      provider,
      ids,
      options,
      counters,
      revived: revivedBy !== null,
      onToken(token) {
        byToken.delete(entry.tokenHash);
        entry.tokenHash = hashOf(token);
        entry.untold = false;
        byToken.set(entry.tokenHash, session);
        entry.stopWaiting();
        const { tokenHash } = entry;
        write(() => keepSession(db, about, tokenHash));
      },
      onEnd() {
        entry.stopWaiting();
        byToken.delete(entry.tokenHash);
        running.delete(session);
        // When the process stops, rows stay for the next one.
        if (closing || entry.tokenHash === '') return;
        const { tokenHash } = entry;
        write(() => endSession(db, tokenHash));
      },
    });
    running.set(session, entry);
    if (revivedBy !== null) byToken.set(revivedBy, session);
    return session;
  };
  let stopUpkeep = () => {};
  const upkeep = () => {
    expire();
    const attached = [...running].filter(([session]) => session.isAttached()).map(([, { about }]) => about.sessionId);
    write(async () => {
      await touchSessions(db, attached);
      await forgetOldSessions(db, options.resumeMs);
    });
    stopUpkeep = clock.after(TOUCH_MS, upkeep);
  };
  stopUpkeep = clock.after(TOUCH_MS, upkeep);

  return {
    grant(site, origin, { lang, topic, grade }) {
      expire();
      if (!hasRoom(site.siteKey, site.sessionLimit)) return null;
      const token = ids.secret();
      const about = { sessionId: ids.uuid(), siteKey: site.siteKey, origin, lang, topic, grade };
      waiting.set(hashOf(token), { about, untilMs: clock.monotonicMs() + options.tokenMs, limit: site.sessionLimit });
      counters.granted += 1;
      if (waiting.size > options.tokens) {
        waiting.delete(waiting.keys().next().value ?? '');
        counters.droppedTokens += 1;
      }
      return { sessionId: about.sessionId, token };
    },
    take(token, origin) {
      const hash = hashOf(token);
      const found = waiting.get(hash);
      waiting.delete(hash);
      if (!found || found.untilMs < clock.monotonicMs() || found.about.origin !== origin) return null;
      // More tokens may be given out than places are left: who comes first has them.
      return hasRoom(found.about.siteKey, found.limit) ? open(found.about, null) : 'full';
    },
    async resume(token, origin) {
      const hash = hashOf(token);
      const here = byToken.get(hash);
      if (here) return running.get(here)?.about.origin === origin ? here : null;
      await writes;
      const about = await takeSession(db, hash, options.resumeMs);
      // The site, its origins and the tutor may have changed since.
      if (!about || about.origin !== origin || !(await deps.admits(about.siteKey, origin))) return null;
      return open(about, hash);
    },
    detached(session) {
      const entry = running.get(session);
      if (!entry) return;
      entry.stopWaiting();
      entry.stopWaiting = clock.after(options.resumeMs, () => session.close());
      // The page left before it was told a newer token: the one that it used must go on working, here or elsewhere.
      if (entry.untold && entry.tokenHash !== '') write(() => keepSession(db, entry.about, entry.tokenHash));
    },
    knowsOrigin: (origin) => [...waiting.values(), ...running.values()].some(({ about }) => about.origin === origin),
    mayResume: async (origin) => origin !== undefined && hasSessionOf(db, origin, options.resumeMs),
    async close() {
      stopUpkeep();
      closing = true;
      for (const session of [...running.keys()]) session.close();
      await writes;
    },
  };
}
