/** Evaluates a flag set for one cohort, with flagd's own engine. */
import { FlagdCore } from '@openfeature/flagd-core';
import { FlagReason, type FlagAnswer } from '@voice-tutor/sdk/contracts/flags.js';
import { FlagKey } from '@voice-tutor/sdk/contracts/ids.js';

/** A loaded flag set. */
export interface Evaluator {
  /** Every flag's answer; a flag that fails or has no value is left out, so that pages use their built-in default (off). */
  answers(siteKey: string, cohort: number): FlagAnswer[];
}

/** Loads a flagd document; throws when it is not one. */
export function createEvaluator(document: string): Evaluator {
  // No `new Function`: the flag rules of operators stay data.
  const core = new FlagdCore(undefined, undefined, { disableDynamicCodeGeneration: true });
  core.setConfigurations(document);
  return {
    answers(siteKey, cohort) {
      // The key is ASCII, so that every language's engine puts it into the same bucket.
      const context = { targetingKey: `cohort-${cohort}`, cohort, siteKey };
      const answers: FlagAnswer[] = [];
      for (const [key, flag] of core.getFlags()) {
        if (flag.state === 'DISABLED') continue;
        const { value, variant, reason } = flag.evaluate(context);
        if (
          variant === undefined ||
          (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'string')
        )
          continue;
        answers.push({
          flagKey: FlagKey.parse(key),
          value,
          variant,
          reason: FlagReason.safeParse(reason).data ?? 'UNKNOWN',
        });
      }
      return answers;
    },
  };
}
