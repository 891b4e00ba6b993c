/** Typed events inside the house: one union per emitter, listeners called in the order they came. */

/** Something that can be listened to. */
export interface Source<E> {
  /** Calls `listener` for each event from now on; returns its stop, which may be called twice. */
  subscribe(listener: (event: E) => void): () => void;
}

/** A source together with the right to speak. */
export interface Emitter<E> extends Source<E> {
  emit(event: E): void;
}

/**
 * Creates an emitter.
 *
 * @param onFault receives what a listener throws; the other listeners still hear the event.
 */
export function createEmitter<E>(onFault: (error: unknown) => void): Emitter<E> {
  const listeners = new Set<(event: E) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onFault(error);
        }
      }
    },
  };
}
