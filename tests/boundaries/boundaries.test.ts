/** Every boundary rule is tried with a planted violation: a rule that catches nothing is no rule. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';

const root = resolve(import.meta.dirname, '../..');
const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[];
};

/** For each rule: files to plant (path → imported path), the first of which must be reported. */
const planted: Record<string, Record<string, string>> = {
  'no-cycles': { 'sdk/src/voice/a.ts': './b.js', 'sdk/src/voice/b.ts': './a.js' },
  'contracts-are-a-leaf': { 'sdk/src/contracts/a.ts': '../voice/b.js', 'sdk/src/voice/b.ts': '' },
  'core-knows-only-contracts': { 'sdk/src/protected-core/a.ts': '../voice/b.js', 'sdk/src/voice/b.ts': '' },
  'core-has-no-packages': { 'sdk/src/protected-core/a.ts': 'zod/mini' },
  'sdk-rooms-are-strangers': { 'sdk/src/voice/a.ts': '../telemetry/b.js', 'sdk/src/telemetry/b.ts': '' },
  'loader-stands-alone': { 'sdk/src/loader/a.ts': '../config/b.js', 'sdk/src/config/b.ts': '' },
  'sdk-platform-serves-core': { 'sdk/src/platform/a.ts': '../voice/b.js', 'sdk/src/voice/b.ts': '' },
  'only-assembly-takes-platform': { 'sdk/src/element/a.ts': '../platform/b.js', 'sdk/src/platform/b.ts': '' },
  'features-see-their-contract': {
    'sdk/src/features/x/a.ts': '../../contracts/voice.js',
    'sdk/src/contracts/voice.ts': '',
  },
  'sdk-never-sees-plane': {
    'sdk/src/element/a.ts': '../../../control-plane/src/flags/b.js',
    'control-plane/src/flags/b.ts': '',
  },
  'plane-sees-only-contracts': {
    'control-plane/src/flags/a.ts': '../../../sdk/src/voice/b.js',
    'sdk/src/voice/b.ts': '',
  },
  'plane-rooms-are-strangers': { 'control-plane/src/flags/a.ts': '../audit/b.js', 'control-plane/src/audit/b.ts': '' },
  'platform-has-no-domain': {
    'control-plane/src/platform/a.ts': '../domain/b.js',
    'control-plane/src/domain/b.ts': '',
  },
  'domain-is-types': { 'control-plane/src/domain/a.ts': '../flags/b.js', 'control-plane/src/flags/b.ts': '' },
  'dashboard-is-a-client': {
    'control-plane/src/dashboard/a.ts': '../platform/b.js',
    'control-plane/src/platform/b.ts': '',
  },
  'routes-never-touch-stores': {
    'control-plane/src/flags/a-routes.ts': './b-store.js',
    'control-plane/src/flags/b-store.ts': '',
  },
  'services-never-touch-http': { 'control-plane/src/flags/a-service.ts': 'express' },
};

/** Runs the real configuration over a small tree and returns the rules it found broken. */
function brokenRules(files: Record<string, string>): string[] {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const tree = mkdtempSync(join(root, '.cache/boundaries-'));
  try {
    for (const top of ['sdk/src', 'control-plane/src']) mkdirSync(join(tree, top), { recursive: true });
    for (const [path, target] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), `${target ? `import '${target}';\n` : ''}export const planted = 1;\n`);
    }
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, file), join(tree, file));
    const run = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'sdk/src',
        'control-plane/src',
      ],
      { cwd: tree, encoding: 'utf8' },
    );
    const report = JSON.parse(run.stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return report.summary.violations.map((violation) => violation.rule.name);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

describe('import boundaries', () => {
  it('has a planted violation for every rule, and no other', () => {
    assert.deepEqual(Object.keys(planted).sort(), forbidden.map((rule) => rule.name).sort());
  });
  for (const [rule, files] of Object.entries(planted)) {
    it(`catches a violation of ${rule}`, () => assert.ok(brokenRules(files).includes(rule), `not caught: ${rule}`));
  }
  it('leaves an innocent tree alone', () => {
    assert.deepEqual(brokenRules({ 'sdk/src/voice/a.ts': '../contracts/b.js', 'sdk/src/contracts/b.ts': '' }), []);
  });
});
