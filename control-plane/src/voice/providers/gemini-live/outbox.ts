/** What goes to the service: sound in slices of 40 ms, and a bounded queue while no connection is ready. */
import { audioMessage } from './messages.js';

/** 40 ms at 16 kHz: the service's own samples use 20 to 40 ms, and each message costs half as much as two. */
const SLICE_SAMPLES = 640;
/** 1 s: older sound would make the tutor answer to the past. */
const QUEUED_SLICES = 25;
/** A page sends at most 20 texts a second; more than one connection attempt's worth is not a conversation. */
const QUEUED_TEXTS = 20;

/** The way out. */
export interface Outbox {
  /** Adds sound; whole slices leave. */
  audio(samples: Int16Array): void;
  /** The microphone ended: what is left of a slice leaves, then the end. */
  endAudio(): void;
  text(text: string): void;
  hasText(): boolean;
  /** Sends what waited, in its order. */
  flush(): void;
  /** Messages dropped because the queue was full. */
  dropped(): number;
}

/** Creates it; `send` takes an object or its JSON, and says whether the message went out. */
export function createOutbox(send: (message: object | string, kind: 'audio' | 'text') => boolean): Outbox {
  const queue: { readonly kind: 'audio' | 'text'; readonly message: object | string }[] = [];
  const slice = new Int16Array(SLICE_SAMPLES);
  let filled = 0;
  let droppedMessages = 0;

  const put = (kind: 'audio' | 'text', message: object | string) => {
    if (send(message, kind)) return;
    queue.push({ kind, message });
    const bound = kind === 'audio' ? QUEUED_SLICES : QUEUED_TEXTS;
    if (queue.filter((entry) => entry.kind === kind).length <= bound) return;
    queue.splice(
      queue.findIndex((entry) => entry.kind === kind),
      1,
    );
    droppedMessages += 1;
  };
  const leave = () => {
    if (filled > 0) put('audio', audioMessage(slice.subarray(0, filled)));
    filled = 0;
  };
  return {
    audio(samples) {
      for (let at = 0; at < samples.length;) {
        const taken = samples.subarray(at, at + SLICE_SAMPLES - filled);
        slice.set(taken, filled);
        filled += taken.length;
        at += taken.length;
        if (filled === SLICE_SAMPLES) leave();
      }
    },
    endAudio() {
      leave();
      put('text', { realtimeInput: { audioStreamEnd: true } });
    },
    text: (text) => put('text', { realtimeInput: { text } }),
    hasText: () => queue.some(({ kind }) => kind === 'text'),
    flush() {
      for (const { kind, message } of queue.splice(0)) put(kind, message);
    },
    dropped: () => droppedMessages,
  };
}
