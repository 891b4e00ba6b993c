/** The way to one page: words always, sound while the page keeps up, and an end when it does not. */
import type { WebSocket } from 'ws';
import type { Clock } from '../platform/clock.js';
import type { VoiceOptions } from './session-rules.js';
import type { VoiceCounters } from './voice-counters.js';
import type { Wire } from './voice-session.js';

/** What a wire needs. */
export interface PageWireDeps {
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>;
  readonly clock: Clock;
  readonly options: Pick<VoiceOptions, 'bufferedBytes' | 'slowMs'>;
  readonly counters: VoiceCounters;
  readonly onEnd: () => void;
  /** The page took too little for too long. */
  readonly onSlow: () => void;
}

/** A wire that also lets go of its timer. */
export interface PageWire extends Wire {
  stop(): void;
}

/** Creates it. */
export function createPageWire({ socket, clock, options, counters, onEnd, onSlow }: PageWireDeps): PageWire {
  let stopPatience: (() => void) | null = null;
  const stop = () => {
    stopPatience?.();
    stopPatience = null;
  };
  /**
   * Patience ends when the page gets to half the bound: just below the bound the next frame is let in again, and a page that is
   * slow for ever would look as if it had caught up.
   */
  const judge = () => {
    const waiting = socket.bufferedAmount;
    if (stopPatience && waiting <= options.bufferedBytes / 2) stop();
    else if (!stopPatience && waiting > options.bufferedBytes) {
      stopPatience = clock.after(options.slowMs, () => {
        stopPatience = null;
        if (socket.bufferedAmount <= options.bufferedBytes / 2) return;
        counters.slow += 1;
        onSlow();
      });
    }
  };
  return {
    text(data) {
      socket.send(data);
      judge();
    },
    binary(data) {
      if (socket.bufferedAmount > options.bufferedBytes) counters.droppedAudio += 1;
      else socket.send(data);
      judge();
    },
    end: onEnd,
    stop,
  };
}
