/** Web vitals of the host page, as web-vitals finds them. */
import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from 'web-vitals';
import type { NewEvent } from './event-queue.js';

/** Reports each vital when it is final; can only be started once a page, web-vitals has no stop. */
export function watchVitals(report: (event: NewEvent) => void): void {
  const tell = ({ name, value, rating }: Metric) => report({ kind: 'vital', name, value: Math.max(0, value), rating });
  for (const watch of [onCLS, onFCP, onINP, onLCP, onTTFB]) watch(tell);
}
