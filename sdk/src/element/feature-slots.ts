/** The places of features inside the element: each keeps its nodes when the panel is drawn anew, closed or opened. */

/** Slots by flag. */
export interface FeatureSlots {
  /** The slot of a feature, made when missing. */
  of(flagKey: string): HTMLElement;
  remove(flagKey: string): void;
  /** Puts them into `place`, those that are there already left alone. */
  moveTo(place: Element | null): void;
}

/** Creates an empty set. */
export function createFeatureSlots(): FeatureSlots {
  const slots = new Map<string, HTMLElement>();
  let home: Element | null = null;
  return {
    of(flagKey) {
      const known = slots.get(flagKey);
      if (known) return known;
      const slot = document.createElement('div');
      slot.dataset['feature'] = flagKey;
      slots.set(flagKey, slot);
      home?.append(slot);
      return slot;
    },
    remove(flagKey) {
      slots.get(flagKey)?.remove();
      slots.delete(flagKey);
    },
    moveTo(place) {
      home = place;
      for (const slot of slots.values()) if (place && slot.parentElement !== place) place.append(slot);
    },
  };
}
