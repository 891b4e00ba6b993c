/**
 * Our one Trusted Types policy, `voice-tutor`: for Lit's templates and the worker's address. A page has to list one name only.
 *
 * A name is granted once, so the copies of it are settled in this order:
 * 1. the loader made it before it could load anything, and hands it over on its script element;
 * 2. nobody did (the SDK came from a bundle of the page): it is made here;
 * 3. the page refuses it: strings are used, and the page's own `default` policy, if it has one, decides about them.
 *
 * It is never put on the page's global object; the handover is taken off the script element as it is read.
 */

/** As much of a policy as is used. */
export interface TrustedPolicy {
  createHTML(html: string): unknown;
  createScriptURL(url: string): unknown;
}

/** Where a policy may come from; the browser's own, unless a test says otherwise. */
export interface PolicySources {
  readonly factory: { createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy } | undefined;
  readonly scripts: Iterable<object>;
}

/** The name that pages list in `trusted-types`. */
const NAME = 'voice-tutor';
/** Key of the handover, the same in every loader ever published. */
export const HANDOVER: unique symbol = Symbol.for('voice-tutor.policy');

/** What the policy lets through when it is made here: Lit's constant template strings, and the worker's blob. */
const rules: TrustedPolicy = {
  createHTML: (html) => html,
  createScriptURL(url) {
    if (!url.startsWith('blob:')) throw new TypeError('Only the worker is loaded through this policy.');
    return url;
  },
};

/** Finds or makes the policy; undefined where there are no Trusted Types or the page refuses the name. */
export function obtainPolicy({ factory, scripts }: PolicySources): TrustedPolicy | undefined {
  if (!factory) return undefined;
  for (const script of scripts) {
    const { [HANDOVER]: handed } = script as { [HANDOVER]?: TrustedPolicy };
    if (handed && Reflect.deleteProperty(script, HANDOVER)) return handed;
  }
  try {
    return factory.createPolicy(NAME, rules);
  } catch {
    return undefined;
  }
}

const { trustedTypes, document: page } = globalThis as {
  readonly trustedTypes?: PolicySources['factory'];
  readonly document?: Document;
};

/** The policy of this page. A constant of the module, because the browser grants the name once; Lit's copy in the bundle uses it too. */
export const policy = obtainPolicy({ factory: trustedTypes, scripts: page?.scripts ?? [] });

/** A script address as the browser's sinks want it, as it was where the policy does not let it through. Typed as the string that it replaces. */
export function trustScriptUrl(url: string, by: TrustedPolicy | undefined = policy): string {
  try {
    return (by?.createScriptURL(url) ?? url) as string;
  } catch {
    return url;
  }
}
