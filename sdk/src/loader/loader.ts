/** The script that partners embed: picks the release from the config answer, checks it, loads it. Small, alone, and never throws. */
import type { ConfigAnswer } from '../contracts/config.js';

declare const __RELEASE_ENTRY__: string;
declare const __RELEASE_INTEGRITY__: string;

/** A page must not wait longer for us; then the last known release is taken, or the one built in. */
const BUDGET_MS = 1500;
const PREFIX = 'voice-tutor:';
const origin = new URL(import.meta.url).origin;

interface Release {
  readonly url: string;
  readonly integrity: string;
}

function attempt<T>(task: () => T, fallback: T): T {
  try {
    return task();
  } catch {
    return fallback;
  }
}
const read = (key: string) => attempt(() => localStorage.getItem(PREFIX + key), null);

/** The release of a stored or fetched answer; only our own origin's files with a full hash are ever loaded. */
function releaseOf(text: string | null): Release | null {
  return attempt(() => {
    const { release } = JSON.parse(text ?? '') as Partial<ConfigAnswer>;
    return release && new URL(release.url).origin === origin && /^sha384-.{64}$/.test(release.integrity)
      ? release
      : null;
  }, null);
}

function cohort(): string {
  const kept = read('cohort');
  if (kept !== null && /^\d{1,3}$/.test(kept)) return kept;
  const drawn = String(Math.floor(Math.random() * 1000));
  attempt(() => localStorage.setItem(`${PREFIX}cohort`, drawn), undefined);
  return drawn;
}

function unavailable(): void {
  for (const element of document.querySelectorAll('voice-tutor'))
    element.dispatchEvent(new CustomEvent('voice-tutor-unavailable', { bubbles: true }));
}

/** Loads by a script element: the one way in which browsers enforce a module's integrity. */
function load({ url, integrity }: Release, otherwise: () => void): void {
  const script = document.createElement('script');
  script.type = 'module';
  script.crossOrigin = 'anonymous';
  script.integrity = integrity;
  script.onerror = otherwise;
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): unknown } };
  };
  const trusted = trustedTypes
    ? attempt(
        () =>
          trustedTypes
            .createPolicy('voice-tutor-loader', { createScriptURL: (value: string) => value })
            .createScriptURL(url),
        url,
      )
    : url;
  script.src = trusted as string;
  document.head.append(script);
}

async function pick(siteKey: string): Promise<Release | null> {
  const stored = read(`config:${siteKey}`);
  try {
    const response = await fetch(`${origin}/v1/sites/${encodeURIComponent(siteKey)}/config?cohort=${cohort()}`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(BUDGET_MS),
    });
    const text = await response.text();
    const release = response.ok ? releaseOf(text) : null;
    if (release) attempt(() => localStorage.setItem(`${PREFIX}config:${siteKey}`, text), undefined);
    return release ?? releaseOf(stored);
  } catch {
    return releaseOf(stored);
  }
}

async function start(siteKey: string): Promise<void> {
  const builtIn: Release = { url: origin + __RELEASE_ENTRY__, integrity: __RELEASE_INTEGRITY__ };
  const release = (await pick(siteKey)) ?? builtIn;
  load(release, () => (release.url === builtIn.url ? unavailable() : load(builtIn, unavailable)));
}

/** Starts with the first element that names its site, now or later. */
function watch(): void {
  const find = () => document.querySelector('voice-tutor[site-key]')?.getAttribute('site-key');
  const found = find();
  if (found) return void start(found).catch(unavailable);
  const observer = new MutationObserver(() => {
    const later = find();
    if (!later) return;
    observer.disconnect();
    void start(later).catch(unavailable);
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['site-key'] });
}

if (!customElements.get('voice-tutor')) attempt(watch, undefined);
