import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HANDOVER, obtainPolicy, policy, trustScriptUrl, type TrustedPolicy } from './trusted-types.js';

/** A page's factory that grants a name once. */
function factory() {
  const names: string[] = [];
  return {
    names,
    createPolicy(name: string, rules: TrustedPolicy) {
      if (names.includes(name)) throw new TypeError(`Policy "${name}" already exists`);
      names.push(name);
      return rules;
    },
  };
}

describe('the Trusted Types policy', () => {
  it('is nothing where there are no Trusted Types', () => {
    assert.equal(obtainPolicy({ factory: undefined, scripts: [] }), undefined);
    assert.equal(policy, undefined, 'as in node');
    assert.equal(trustScriptUrl('blob:x'), 'blob:x');
  });

  it('is the one that the loader hands over, and is taken off its script', () => {
    const handed: TrustedPolicy = { createHTML: String, createScriptURL: String };
    const script = { [HANDOVER]: handed };
    const page = factory();
    assert.equal(obtainPolicy({ factory: page, scripts: [{}, script] }), handed);
    assert.deepEqual(Reflect.ownKeys(script), []);
    assert.deepEqual(page.names, []);
  });

  it('is made under our one name where nobody hands it over, and serves Lit and the worker alone', () => {
    const page = factory();
    const made = obtainPolicy({ factory: page, scripts: [{}] });
    assert.deepEqual(page.names, ['voice-tutor']);
    assert.ok(made);
    assert.equal(made.createHTML('<p>'), '<p>');
    assert.equal(made.createScriptURL('blob:http://a/1'), 'blob:http://a/1');
    assert.throws(() => made.createScriptURL('https://evil.example/x.js'), TypeError);
  });

  it('makes a script address acceptable, or leaves it to the browser to refuse', () => {
    const made = obtainPolicy({
      factory: {
        createPolicy: (_, rules) => ({
          ...rules,
          createScriptURL: (url) => `trusted ${String(rules.createScriptURL(url))}`,
        }),
      },
      scripts: [],
    });
    assert.equal(trustScriptUrl('blob:1', made), 'trusted blob:1');
    assert.equal(trustScriptUrl('https://evil.example/x.js', made), 'https://evil.example/x.js');
  });

  it('is nothing where the name is refused or taken', () => {
    const page = factory();
    obtainPolicy({ factory: page, scripts: [] });
    assert.equal(obtainPolicy({ factory: page, scripts: [] }), undefined);
  });
});
