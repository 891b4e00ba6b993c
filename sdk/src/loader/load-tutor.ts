/** Picks the release from the config answer, checks it, loads it. Stands alone, never throws into the page, leaves nothing on it. */
import type { ConfigAnswer } from '../contracts/config.js';

/** A release's module and the hash that the browser holds it to. */
export interface Release {
  readonly url: string;
  readonly integrity: string;
}

/** Where we come from, and the release that is taken when no other can be. */
export interface LoaderOptions {
  readonly origin: string;
  readonly builtIn: Release;
}

interface TrustedPolicy {
  createHTML(html: string): unknown;
  createScriptURL(url: string): unknown;
}

/** A page must not wait longer for us; then the last known release is taken, or the one built in. */
const BUDGET_MS = 1500;
const TAG = 'voice-tutor';
const PREFIX = `${TAG}:`;
/** Where a release finds the Trusted Types policy: a name is granted once, and the loader needs it first. */
const HANDOVER = Symbol.for('voice-tutor.policy');

function attempt<T>(task: () => T, fallback: T): T {
  try {
    return task();
  } catch {
    return fallback;
  }
}
const read = (key: string) => attempt(() => localStorage.getItem(PREFIX + key), null);
const keep = (key: string, value: string) => attempt(() => localStorage.setItem(PREFIX + key, value), undefined);

function cohort(): string {
  const kept = read('cohort');
  if (kept !== null && /^\d{1,3}$/.test(kept)) return kept;
  const drawn = String(Math.floor(Math.random() * 1000));
  keep('cohort', drawn);
  return drawn;
}

const defined = () => customElements.get(TAG) !== undefined;

function unavailable(): void {
  for (const element of document.querySelectorAll(TAG))
    element.dispatchEvent(new CustomEvent(`${TAG}-unavailable`, { bubbles: true }));
}

/** The first element that names its site, in what was added or changed. */
function siteKeyIn(node: Node | Document): string | null | undefined {
  if (!(node instanceof Element || node instanceof Document)) return null;
  const selector = `${TAG}[site-key]`;
  const found = node instanceof Element && node.matches(selector) ? node : node.querySelector(selector);
  return found?.getAttribute('site-key');
}

/** Starts with the first element of the page that names its site, now or later. */
export function loadTutor({ origin, builtIn }: LoaderOptions): void {
  /** The release of a stored or fetched answer; only our own origin's files with a full hash are ever loaded. */
  const releaseOf = (text: string | null) =>
    attempt((): Release | null => {
      const { release } = JSON.parse(text ?? '') as Partial<ConfigAnswer>;
      return release && new URL(release.url).origin === origin && /^sha384-[\w+/]{64}$/.test(release.integrity)
        ? release
        : null;
    }, null);

  const pick = async (siteKey: string): Promise<Release> => {
    const key = `config:${siteKey}`;
    try {
      const response = await fetch(`${origin}/v1/sites/${encodeURIComponent(siteKey)}/config?cohort=${cohort()}`, {
        credentials: 'omit',
        signal: AbortSignal.timeout(BUDGET_MS),
      });
      const text = await response.text();
      const release = response.ok ? releaseOf(text) : null;
      if (release) {
        keep(key, text);
        return release;
      }
    } catch {
      // Away, slow or refused: what was known last.
    }
    return releaseOf(read(key)) ?? builtIn;
  };

  /** Loads by a script element: the one way in which every browser enforces a module's integrity. */
  const load = ({ url, integrity }: Release, policy: TrustedPolicy | null, otherwise: () => void) => {
    const loading = attempt(() => {
      const script = document.createElement('script');
      script.type = 'module';
      script.crossOrigin = 'anonymous';
      script.integrity = integrity;
      script.onerror = script.onload = () => {
        script.remove();
        // A module that throws while it runs is "loaded" too.
        if (!defined()) otherwise();
      };
      if (policy) Object.assign(script, { [HANDOVER]: policy });
      // Refused where Trusted Types are required and our policy is not listed.
      script.src = (policy ? policy.createScriptURL(url) : url) as string;
      document.head.append(script);
      return true;
    }, false);
    if (!loading) otherwise();
  };

  const start = async (siteKey: string) => {
    const release = await pick(siteKey);
    // A second copy of this script, or the page's own bundle, was faster.
    if (defined() || [...document.scripts].some(({ src }) => src === release.url)) return;
    const { trustedTypes } = globalThis as {
      trustedTypes?: { createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy };
    };
    const policy = attempt(
      () =>
        trustedTypes?.createPolicy(TAG, {
          createHTML: (html) => html,
          createScriptURL(url) {
            if (url.startsWith(`${origin}/`) || url.startsWith('blob:')) return url;
            throw new TypeError(url);
          },
        }) ?? null,
      null,
    );
    load(release, policy, release.url === builtIn.url ? unavailable : () => load(builtIn, policy, unavailable));
  };
  const begin = (siteKey: string) => void start(siteKey).catch(unavailable);

  attempt(() => {
    if (defined()) return;
    const found = siteKeyIn(document);
    if (found) return begin(found);
    const observer = new MutationObserver((records) => {
      for (const { target, addedNodes, type } of records)
        for (const node of type === 'attributes' ? [target] : addedNodes) {
          const later = siteKeyIn(node);
          if (!later) continue;
          observer.disconnect();
          return begin(later);
        }
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['site-key'] });
  }, undefined);
}
