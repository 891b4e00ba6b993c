/** What the coverage figure rests on: which lines can run, rooms, and entries of pages brought to one form. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { transformSync } from 'esbuild';
import { codeLines } from './code-lines.mjs';
import { toEntry } from './entries.mjs';
import { lineHits } from './line-hits.mjs';
import { byRoom } from './rooms.mjs';

const source = [
  '/** Comment. */', // 1
  "import type { A } from './a.js';", // 2
  'export interface B {', // 3
  '  readonly a: A;', // 4
  '}', // 5
  'export function f(b: B): number {', // 6
  '  return b ? 1 : 2;', // 7
  '}', // 8
].join('\n');

describe('code lines', () => {
  it('holds lines that become code, and neither types nor comments', () => {
    const lines = codeLines(source);
    for (const line of [6, 7]) assert.ok(lines.has(line), `line ${line}`);
    for (const line of [1, 2, 3, 4, 5]) assert.ok(!lines.has(line), `line ${line}`);
  });
  it('is empty for a file of types', () =>
    assert.equal(codeLines('export interface A { readonly a: string }').size, 0));
});

describe('line hits', () => {
  const text = 'export function f(b) {\n  if (b) {\n    return one(\n      b);\n  }\n  return 2;\n}\nf(0);\n';
  const { code, map } = transformSync(text, {
    loader: 'ts',
    sourcemap: 'external',
    minifyWhitespace: true,
    sourcefile: 'a.ts',
  });
  const at = (needle) => code.indexOf(needle);
  const hitsOf = (count) => {
    const [whole, all, block] = [
      { startOffset: 0, endOffset: code.length, count: 1 },
      { startOffset: at('function'), endOffset: at('f(0)'), count: 1 },
      { startOffset: at('return one'), endOffset: at('return 2'), count },
    ];
    const functions = [{ ranges: [whole] }, { ranges: [all, block] }];
    return [...(lineHits({ functions, source: code, sourceMap: JSON.parse(map) }).get('a.ts') ?? [])].sort();
  };
  it('misses a block that did not run inside a function that did, however the code was packed', () => {
    assert.deepEqual(
      hitsOf(0).filter((line) => line === 3 || line === 4),
      [],
    );
    for (const line of [1, 2, 6, 8]) assert.ok(hitsOf(0).includes(line), `line ${line}`);
  });
  it('has it once it ran', () => {
    for (const line of [3, 4]) assert.ok(hitsOf(3).includes(line), `line ${line}`);
  });
});

describe('rooms', () => {
  it('sums the sources of a room, least covered first, files of src itself on their own', () => {
    const rooms = byRoom([
      { path: 'sdk/src/voice/a.ts', covered: 1, total: 2 },
      { path: 'sdk/src/voice/deep/b.ts', covered: 2, total: 2 },
      { path: 'sdk/src/index.ts', covered: 0, total: 4 },
      { path: 'sdk/src/types/only.ts', covered: 0, total: 0 },
    ]);
    assert.deepEqual(
      rooms.map(({ room, percent }) => [room, percent]),
      [
        ['sdk/src', 0],
        ['sdk/src/voice', 75],
      ],
    );
  });
});

describe('entries of pages', () => {
  const functions = [
    { functionName: 'f', isBlockCoverage: true, ranges: [{ startOffset: 2, endOffset: 4, count: 1 }] },
  ];
  it('takes what a later take does not list for not run', () => {
    const map = Buffer.from(JSON.stringify({ version: 3, sources: ['x'], mappings: 'AAAA' })).toString('base64');
    const source = `a();\n//# sourceMappingURL=data:application/json;base64,${map}\n`;
    const entry = toEntry({ url: 'http://localhost:1/sdk/src/a.ts?x=1', functions, source });
    assert.deepEqual(entry?.sourceMap.sources, ['sdk/src/a.ts']);
    assert.deepEqual(entry?.functions[0]?.ranges, [{ startOffset: 0, endOffset: source.length, count: 0 }]);
  });
  it('asks for the text that Node ran, not for the one on disk', () => {
    const url = new URL('../../sdk/src/a.ts', import.meta.url).href;
    assert.equal(
      toEntry({ url, functions: [{ ranges: [{ startOffset: 0, endOffset: 9, count: 1 }] }] }, '/nowhere'),
      null,
    );
    assert.equal(toEntry({ url: 'node:fs', functions }), undefined);
  });
  it('leaves out scripts whose build is gone', () => {
    assert.equal(toEntry({ url: 'http://localhost:1/sdk/0.0.0/voice-tutor.js', functions, source: '' }), null);
    assert.equal(toEntry({ url: 'blob:http://localhost:1/x', functions, source: 'a()' }), null);
  });
});

describe('flows', () => {
  it('take `test` from flow.ts, or their pages would count nowhere', () => {
    const flows = readdirSync('tests/flows', { recursive: true }).filter((path) => /\.flow\.ts$/.test(path));
    assert.ok(flows.length > 0);
    const astray = flows.filter((path) => {
      const text = readFileSync(join('tests/flows', path), 'utf8');
      return /import (?!type)[^;]*\btest\b[^;]*from '@playwright\/test'/.test(text);
    });
    assert.deepEqual(astray, []);
  });
});
