/** Keeps the transcript at its end while the learner reads there, and leaves them alone when they have scrolled up. */

/** Pixels from the end within which a reader counts as being at the end. */
const NEAR_END_PX = 40;

/** Follows one transcript. */
export interface FollowEnd {
  /** Something new was said out of sight. */
  unseen(): boolean;
  /** Entries are about to be drawn. */
  drawing(count: number): void;
  /** They are drawn. */
  drawn(root: ParentNode): void;
  /** The learner scrolled; true when that changed what is shown. */
  scrolled(log: Element): boolean;
  /** Back to the end. */
  toEnd(root: ParentNode): void;
}

/** Starts at the end. */
export function createFollowEnd(): FollowEnd {
  let [atEnd, unseen, seen, topPx] = [true, false, 0, 0];
  let log: Element | null = null;
  let sizes: ResizeObserver | null = null;
  const toBottom = () => {
    if (!log || !atEnd) return;
    log.scrollTop = log.scrollHeight;
    topPx = log.scrollTop;
  };
  const drawn = (root: ParentNode) => {
    const present = root.querySelector('.log');
    if (present !== log) {
      // What appears below the transcript, a feature say, takes its room from it, and nothing is drawn here for that.
      sizes?.disconnect();
      log = present;
      sizes = present && new ResizeObserver(toBottom);
      if (present) sizes?.observe(present);
    }
    toBottom();
  };
  return {
    unseen: () => unseen,
    drawing(count) {
      if (!atEnd && count > seen) unseen = true;
      seen = count;
    },
    drawn,
    scrolled(log) {
      const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
      // Only a learner scrolls up; the end also moves away when a formula below is drawn and grows.
      if (near || log.scrollTop < topPx) atEnd = near;
      topPx = log.scrollTop;
      const changed = atEnd && unseen;
      if (atEnd) unseen = false;
      return changed;
    },
    toEnd(root) {
      [atEnd, unseen] = [true, false];
      drawn(root);
    },
  };
}
