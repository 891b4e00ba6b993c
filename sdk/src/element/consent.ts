/** The learner's consent on this browser: kept by site and by version of the text. */
import type { Parts } from './assemble.js';

/** Reads and keeps consent for one site. */
export interface Consent {
  given(): boolean;
  give(): void;
  /** The gateway no longer takes it: the learner is asked again. */
  withdraw(): void;
}

/** Consent of the site that the parts belong to. */
export function createConsent({ store, config }: Pick<Parts, 'store' | 'config'>, siteKey: string): Consent {
  const key = () => `consent:${siteKey}:${config.current()?.site.consentVersion ?? 1}`;
  return {
    given: () => store.get(key()) === 'yes',
    give: () => store.set(key(), 'yes'),
    withdraw: () => store.remove(key()),
  };
}
