/** Microphone frames on their way up: kept in order while no socket takes them, and sent at a pace that the gateway takes. */
import type { Clock } from '../../protected-core/ports.js';

/** Bounds, each with its reason. */
export const UPLINK = {
  /** Frames kept while no socket is there: five seconds, after which older speech is worth less than a fresh start. */
  waitingFrames: 250,
  /** Frames a second while catching up. The gateway takes 100 and drops what is above it, so that a burst would be a loss. */
  framesPerSecond: 90,
  /** Frames that may go at once; the gateway takes 200. */
  burstFrames: 150,
  /** While frames wait and the socket can take some, they are tried this often, whether or not new ones come. */
  retryMs: 20,
} as const;

/** One frame with its place in the lesson; a gap in `sequence` is speech that was dropped. */
export interface UplinkFrame {
  readonly sequence: number;
  readonly samples: Int16Array;
}

/** What the uplink asks of outside. */
export interface UplinkDeps {
  readonly clock: Clock;
  /** Sends one frame; false when it was not taken now. */
  readonly send: (frame: UplinkFrame) => boolean;
  /** A socket is there that takes sound. */
  readonly isOpen: () => boolean;
  /** The last frame that waited is sent. */
  readonly onDrained: () => void;
}

/** The way up. */
export interface Uplink {
  /** Takes a frame, which the uplink owns from now on, and sends what may be sent. */
  push(samples: Int16Array): void;
  /** Tries again: a socket may have become ready. */
  flush(): void;
  /** Forgets what waits, counted as dropped. */
  clear(): void;
  /** Numbers from 0 again. */
  restart(): void;
  /** Frames that wait. */
  waiting(): number;
  /** Counters that only grow. */
  stats(): { readonly frames: number; readonly dropped: number };
}

/** Creates an uplink with nothing in it. */
export function createUplink({ clock, send, isOpen, onDrained }: UplinkDeps): Uplink {
  let waiting: UplinkFrame[] = [];
  let [frames, dropped, sequence] = [0, 0, 0];
  let tokens: number = UPLINK.burstFrames;
  let filledAtMs = clock.monotonicMs();
  let cancel: (() => void) | null = null;

  const mayGo = () => {
    const nowMs = clock.monotonicMs();
    tokens = Math.min(UPLINK.burstFrames, tokens + ((nowMs - filledAtMs) * UPLINK.framesPerSecond) / 1000);
    filledAtMs = nowMs;
    return tokens >= 1;
  };
  const rest = () => {
    cancel?.();
    cancel = null;
  };
  const flush = () => {
    const before = waiting.length;
    let sent = 0;
    for (const frame of waiting) {
      if (!mayGo() || !send(frame)) break;
      tokens -= 1;
      sent += 1;
    }
    if (sent > 0) waiting = waiting.slice(sent);
    if (waiting.length > 0 && isOpen())
      cancel ??= clock.after(UPLINK.retryMs, () => {
        cancel = null;
        flush();
      });
    if (waiting.length > 0) return;
    rest();
    if (before > 0) onDrained();
  };
  return {
    push(samples) {
      frames += 1;
      if (waiting.length >= UPLINK.waitingFrames) {
        waiting.shift();
        dropped += 1;
      }
      waiting.push({ sequence, samples });
      sequence = (sequence + 1) >>> 0;
      flush();
    },
    flush,
    clear() {
      dropped += waiting.length;
      waiting = [];
      rest();
    },
    restart() {
      sequence = 0;
    },
    waiting: () => waiting.length,
    stats: () => ({ frames, dropped }),
  };
}
