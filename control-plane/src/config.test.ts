import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfig, VARIABLES } from './config.js';

describe('configuration', () => {
  it('has a default for everything', () => {
    const parsed = parseConfig({});
    assert.ok(parsed.ok);
    assert.equal(parsed.value.PORT, 8787);
    assert.equal(parsed.value.HOST, '127.0.0.1');
    assert.equal(parsed.value.DATA_DIR, './data');
  });
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['PORT', '99999', /^PORT: must be a whole number from 0 to 65535/],
    ['PORT', 'eighty', /^PORT: must be a whole number/],
    ['PUBLIC_URL', 'tutor.example.org', /^PUBLIC_URL: must be an address that starts with http:\/\/ or https:\/\//],
    ['DATABASE_URL', 'mysql://x', /^DATABASE_URL: must be an address that starts with postgres:\/\//],
    ['NATS_URL', 'x', /^NATS_URL: must be/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL: must be one of debug, info, warn, error, silent/],
    ['VOICE_TTS', 'sam', /^VOICE_TTS: must be one of auto, flite/],
    ['GEMINI_MINORS_CONTRACT', 'x', /^GEMINI_MINORS_CONTRACT: must be the contract and its region in 3 to 200/],
    ['DEMO_ORIGINS', 'https://a.example/path', /^DEMO_ORIGINS: must be origins separated by commas/],
  ];
  for (const [name, value, message] of wrong) {
    it(`names ${name} and what is allowed when it is ${value}`, () => {
      const parsed = parseConfig({ [name]: value });
      assert.ok(!parsed.ok);
      assert.match(parsed.error.join('\n'), message);
    });
  }
  it('takes origins apart', () => {
    const parsed = parseConfig({ DEMO_ORIGINS: 'http://a.localhost:1, http://b.localhost:2' });
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.DEMO_ORIGINS, ['http://a.localhost:1', 'http://b.localhost:2']);
  });
  it('never throws, whatever the environment holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...VARIABLES), fc.string()), (environment) => {
        const parsed = parseConfig(environment);
        assert.ok(parsed.ok || parsed.error.length > 0);
      }),
    );
  });
});
