/** A config answer for tests. */
import { ConfigAnswer } from '../../sdk/src/contracts/config.js';

/** A whole answer of a revision; `change` replaces fields, unchecked, so that bad ones can be made too. */
export function answerText(revision: number, change: Readonly<Record<string, unknown>> = {}): string {
  const answer = {
    revision,
    environment: 'production',
    site: { siteKey: 'pk_demo', name: 'Demo school', audience: 'minors', consentVersion: 1 },
    release: {
      version: '0.1.0',
      url: 'https://tutor.example/sdk/0.1.0/voice-tutor.js',
      integrity: `sha384-${'A'.repeat(64)}`,
    },
    flags: [flag('feedback-form', true)],
    decisions: [],
    telemetry: { sampleRatio: 1, flushMs: 5000 },
    voice: { isolation: ['worker', 'page'] },
  };
  ConfigAnswer.parse(answer);
  return JSON.stringify({ ...answer, ...change });
}

/** A flag of an answer. */
export const flag = (flagKey: string, value: boolean) => ({
  flagKey,
  value,
  variant: value ? 'on' : 'off',
  reason: 'STATIC',
});

/** A decision of an answer. */
export const decision = (kind: string, revision: number, rest: Readonly<Record<string, unknown>>) => ({
  kind,
  id: '00000000-0000-4000-8000-000000000001',
  revision,
  madeAtMs: 1,
  ...rest,
});
