/** All sessions of this process: tokens that wait, sessions that run, sessions that lost their socket. */
import { createHash } from 'node:crypto';
import type { Site } from '../domain/ports.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import type { Log } from '../platform/log.js';
import type { VoiceProvider } from './providers/provider.js';
import type { VoiceOptions } from './session-rules.js';
import {
  forgetSessions,
  hasSessionOf,
  keepSession,
  takeSession,
  touchSessions,
  type StoredSession,
} from './session-store.js';
import { createVoiceSession, type VoiceSession } from './voice-session.js';

/** What the book needs. */
export interface SessionBookDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly provider: VoiceProvider;
  readonly options: VoiceOptions;
}

/** The sessions of one process. */
export interface SessionBook {
  /** Reserves a session; null when the site or the process has no room. */
  grant(
    site: Site,
    origin: string,
    about: { readonly lang: string; readonly topic: string | undefined; readonly grade: string | undefined },
  ): { readonly sessionId: string; readonly token: string } | null;
  /** Opens the session of a token, once; null when unknown, used, too old or of another origin. */
  take(token: string, origin: string): VoiceSession | null;
  /** Finds the session of a resume token, here or in the database. */
  resume(token: string, origin: string): Promise<VoiceSession | null>;
  /** The session lost its socket: it waits, then ends. */
  detached(session: VoiceSession): void;
  knowsOrigin(origin: string): boolean;
  /** True when a session of this origin waits in the database. */
  mayResume(origin: string | undefined): Promise<boolean>;
  count(): number;
  close(): Promise<void>;
}

/** How often running sessions are marked as seen; well below the 60 s of a resume. */
const TOUCH_MS = 15_000;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Creates the book and starts its upkeep. */
export function createSessionBook({ db, clock, ids, log, provider, options }: SessionBookDeps): SessionBook {
  const waiting = new Map<string, { readonly about: StoredSession; readonly untilMs: number }>();
  const running = new Map<
    VoiceSession,
    { readonly about: StoredSession; tokenHash: string; stopWaiting: () => void }
  >();
  const byToken = new Map<string, VoiceSession>();
  let ended: string[] = [];
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

  const open = (about: StoredSession, revived: boolean): VoiceSession => {
    const entry = { about, tokenHash: '', stopWaiting: () => {} };
    const session = createVoiceSession({
      sessionId: about.sessionId,
      siteKey: about.siteKey,
      topic: about,
      provider,
      options,
      revived,
      onToken(token) {
        byToken.delete(entry.tokenHash);
        entry.tokenHash = hashOf(token);
        byToken.set(entry.tokenHash, session);
        entry.stopWaiting();
        const { tokenHash } = entry;
        write(() => keepSession(db, about, tokenHash));
      },
      onEnd() {
        entry.stopWaiting();
        byToken.delete(entry.tokenHash);
        running.delete(session);
        ended.push(about.sessionId);
      },
    });
    running.set(session, entry);
    return session;
  };
  let stopUpkeep = () => {};
  const upkeep = () => {
    expire();
    const attached = [...running].filter(([session]) => session.isAttached()).map(([, { about }]) => about.sessionId);
    const gone = ended;
    ended = [];
    write(async () => {
      await touchSessions(db, attached);
      await forgetSessions(db, gone, options.resumeMs);
    });
    stopUpkeep = clock.after(TOUCH_MS, upkeep);
  };
  stopUpkeep = clock.after(TOUCH_MS, upkeep);

  return {
    grant(site, origin, { lang, topic, grade }) {
      expire();
      const ofSite = [...running.values()].filter(({ about }) => about.siteKey === site.siteKey).length;
      if (running.size >= options.sessions || ofSite >= site.sessionLimit) return null;
      const token = ids.secret();
      const about = { sessionId: ids.uuid(), siteKey: site.siteKey, origin, lang, topic, grade };
      waiting.set(hashOf(token), { about, untilMs: clock.monotonicMs() + options.tokenMs });
      if (waiting.size > options.tokens) waiting.delete(waiting.keys().next().value ?? '');
      return { sessionId: about.sessionId, token };
    },
    take(token, origin) {
      const hash = hashOf(token);
      const found = waiting.get(hash);
      waiting.delete(hash);
      return found && found.untilMs >= clock.monotonicMs() && found.about.origin === origin
        ? open(found.about, false)
        : null;
    },
    async resume(token, origin) {
      const hash = hashOf(token);
      const here = byToken.get(hash);
      if (here) return running.get(here)?.about.origin === origin ? here : null;
      await writes;
      const about = await takeSession(db, hash, options.resumeMs);
      if (!about || about.origin !== origin) return null;
      return open(about, true);
    },
    detached(session) {
      const entry = running.get(session);
      if (entry) entry.stopWaiting = clock.after(options.resumeMs, () => session.close());
    },
    knowsOrigin: (origin) => [...waiting.values(), ...running.values()].some(({ about }) => about.origin === origin),
    mayResume: async (origin) => origin !== undefined && hasSessionOf(db, origin, options.resumeMs),
    count: () => running.size,
    async close() {
      stopUpkeep();
      // Not `session.close`: their rows stay, so that the next process can resume them.
      await writes;
    },
  };
}
