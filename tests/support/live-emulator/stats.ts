/** What the emulator has seen, as numbers and short lists: the proof in a test that sound, words and answers really arrived. */
import type { KeySource } from './request-path.js';

/** One line of a conversation. */
export interface HistoryEntry {
  readonly role: 'user' | 'model';
  readonly text: string;
}

/** An answer that a client gave to a function call. */
export interface ToolAnswer {
  readonly id: string;
  readonly name: string;
  readonly response: unknown;
  readonly scheduling: string | undefined;
  /** `matched` was awaited, `late` came after its cancellation, `unmatched` belongs to no open call of this connection. */
  readonly fate: 'matched' | 'late' | 'unmatched';
}

/** Everything counted about one connection. */
export interface ConnectionStats {
  readonly id: number;
  readonly apiVersion: string;
  readonly constrained: boolean;
  readonly keySource: KeySource;
  /** Path as it was asked for, without the query: tells `/ws` from `//ws`. */
  readonly path: string;
  phase: 'awaiting-setup' | 'setting-up' | 'ready' | 'closed';
  model: string;
  systemInstruction: string;
  tools: readonly string[];
  resumed: boolean;
  /** Lines taken over through the handle. */
  restoredHistory: number;
  readonly history: HistoryEntry[];
  messagesIn: number;
  messagesOut: number;
  /** Messages that came between setup and `setupComplete`, and were lost. */
  messagesTooEarly: number;
  audioMessages: number;
  /** 20 ms frames judged by the detector. */
  frames: number;
  /** Samples at 16 kHz. */
  samples: number;
  /** Milliseconds of frames loud enough to be speech. */
  speechMs: number;
  /** Largest magnitude heard, 0–32768. */
  peak: number;
  videoMessages: number;
  /** Stretches of speech found by the detector or marked by the client. */
  activities: number;
  /** Words "heard", in order. */
  readonly utterances: string[];
  turnsStarted: number;
  turnsCompleted: number;
  turnsInterrupted: number;
  /** Asks that were dropped because too many waited. */
  asksDropped: number;
  /** Sound sent, in milliseconds. */
  spokenMs: number;
  toolCalls: number;
  toolCancellations: number;
  readonly toolAnswers: ToolAnswer[];
  handlesIssued: number;
  goAways: number;
  closeCode: number | undefined;
  closeReason: string | undefined;
  /** Who closed: the emulator, the client, or nobody yet. */
  closedBy: 'emulator' | 'client' | undefined;
}

/** A snapshot of everything. */
export interface EmulatorStats {
  /** Upgrades accepted, refused keys and models included. */
  readonly connectionsOpened: number;
  readonly connectionsOpen: number;
  /** Requests whose path was no Live method. */
  readonly pathsRefused: number;
  /** Text answers asked for over HTTP. */
  readonly textRequests: number;
  /** Sums over all connections since the start, those no longer listed included. */
  readonly totals: Readonly<Record<TotalName, number>>;
  /** The newest connections, oldest first, at most 64. */
  readonly connections: readonly ConnectionStats[];
}

const totalNames = [
  'messagesIn',
  'messagesOut',
  'audioMessages',
  'frames',
  'samples',
  'speechMs',
  'activities',
  'turnsStarted',
  'turnsCompleted',
  'turnsInterrupted',
  'spokenMs',
  'toolCalls',
  'toolCancellations',
  'handlesIssued',
  'goAways',
] as const;
/** Counters that are summed. */
export type TotalName = (typeof totalNames)[number];

/** Connections kept in detail; a test rarely opens more, and a long soak must not grow. */
const KEPT_CONNECTIONS = 64;
/** Entries kept in each list of a connection. */
export const KEPT_ENTRIES = 200;

/** Collects the counters of an emulator. */
export interface StatsBook {
  pathsRefused: number;
  textRequests: number;
  /** Opens the page of a new connection; the caller writes on it. */
  open(about: Pick<ConnectionStats, 'apiVersion' | 'constrained' | 'keySource' | 'path'>): ConnectionStats;
  /** A deep copy, safe to keep. */
  snapshot(): EmulatorStats;
  /** Something on a page changed that is no plain member, such as a list. Plain members tell by themselves. */
  touched(): void;
  /** The first snapshot that fits, now or when it comes. */
  until(fits: (stats: EmulatorStats) => boolean): Promise<EmulatorStats>;
}

/** Creates an empty book. */
export function createStatsBook(): StatsBook {
  const pages: ConnectionStats[] = [];
  const retired = Object.fromEntries(totalNames.map((name) => [name, 0])) as Record<TotalName, number>;
  let opened = 0;
  let checking = false;
  const waiting = new Set<() => void>();
  /** Whoever waits looks once after each burst of changes; with nobody waiting a change costs nothing. */
  const touched = (): void => {
    if (checking || waiting.size === 0) return;
    checking = true;
    queueMicrotask(() => {
      checking = false;
      for (const look of [...waiting]) look();
    });
  };
  const book: StatsBook = {
    pathsRefused: 0,
    textRequests: 0,
    open(about) {
      opened += 1;
      const page = { ...blankPage(), ...about, id: opened };
      pages.push(page);
      // Only a closed page may leave: an open one still counts.
      const oldest = pages.length > KEPT_CONNECTIONS ? pages.findIndex(({ phase }) => phase === 'closed') : -1;
      for (const gone of oldest < 0 ? [] : pages.splice(oldest, 1)) addTo(retired, gone);
      touched();
      return new Proxy(page, {
        set(target, name, value) {
          touched();
          return Reflect.set(target, name, value);
        },
      });
    },
    touched,
    until(fits) {
      return new Promise((done) => {
        const look = (): void => {
          const stats = book.snapshot();
          if (!fits(stats)) return;
          waiting.delete(look);
          done(stats);
        };
        waiting.add(look);
        look();
      });
    },
    snapshot() {
      const totals = { ...retired };
      for (const page of pages) addTo(totals, page);
      return structuredClone({
        connectionsOpened: opened,
        connectionsOpen: pages.filter(({ phase }) => phase !== 'closed').length,
        pathsRefused: book.pathsRefused,
        textRequests: book.textRequests,
        totals,
        connections: pages,
      });
    },
  };
  return book;
}

/** Adds to a list and forgets the oldest beyond its bound. */
export function remember<Entry>(list: Entry[], entry: Entry): void {
  list.push(entry);
  if (list.length > KEPT_ENTRIES) list.shift();
}

function addTo(totals: Record<TotalName, number>, page: ConnectionStats): void {
  for (const name of totalNames) totals[name] += page[name];
}

function blankPage(): Omit<ConnectionStats, 'id' | 'apiVersion' | 'constrained' | 'keySource' | 'path'> {
  return {
    phase: 'awaiting-setup',
    model: '',
    systemInstruction: '',
    tools: [],
    resumed: false,
    restoredHistory: 0,
    history: [],
    messagesIn: 0,
    messagesOut: 0,
    messagesTooEarly: 0,
    audioMessages: 0,
    frames: 0,
    samples: 0,
    speechMs: 0,
    peak: 0,
    videoMessages: 0,
    activities: 0,
    utterances: [],
    turnsStarted: 0,
    turnsCompleted: 0,
    turnsInterrupted: 0,
    asksDropped: 0,
    spokenMs: 0,
    toolCalls: 0,
    toolCancellations: 0,
    toolAnswers: [],
    handlesIssued: 0,
    goAways: 0,
    closeCode: undefined,
    closeReason: undefined,
    closedBy: undefined,
  };
}
