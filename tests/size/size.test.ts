/** What a page pays for, gzip, against the budgets; and when it pays: nothing of the voice or of KaTeX comes with the page. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleClassic } from '../../scripts/build/bundle.mjs';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'sdk/package.json'), 'utf8')) as { version: string };
const release = join(root, 'sdk/dist/release', version);
const read = (path: string) => readFileSync(path, 'utf8');
const chunk = (name: string) => {
  const file = readdirSync(join(release, 'chunks')).find(
    (entry) => entry.startsWith(`${name}-`) && entry.endsWith('.js'),
  );
  assert.ok(file, `no chunk ${name}`);
  return read(join(release, 'chunks', file));
};
const gzipBytes = (text: string) => gzipSync(text, { level: 9 }).length;

const entry = read(join(release, 'voice-tutor.js'));
const worker = await bundleClassic(join(root, 'sdk/src/voice/transport/voice.worker.ts'));
const voice = chunk('voice-chunk');
/** The voice's code without the worker that it carries as a string, which has a budget of its own. */
const voiceAlone = gzipBytes(voice) - gzipBytes(worker);

/**
 * Name, gzip bytes, budget in kB of 1,024 bytes. The first aim was 40 for the element and 12 for the worker; the paced ring that
 * loses no word in a cut, the byte bounds of telemetry and the rules of live answers took 2 and 1 of them more.
 */
const budgets: readonly (readonly [string, number, number])[] = [
  ['loader, on every page', gzipBytes(read(join(root, 'sdk/dist/loader/voice-tutor.js'))), 2],
  ['entry, on every page', gzipBytes(entry), 32],
  ['element without math and worker', gzipBytes(entry) + voiceAlone + gzipBytes(chunk('vitals')), 46],
  ['voice worker, at first open', gzipBytes(worker), 15],
  ['capture worklet', gzipBytes(read(join(release, 'worklets/capture.js'))), 3],
  ['playback worklet', gzipBytes(read(join(release, 'worklets/playback.js'))), 3],
  ['math, at the first formula', gzipBytes(chunk('math-chunk')), 85],
];

describe('size', () => {
  for (const [name, bytes, budget] of budgets) {
    it(`${name}: at most ${budget} kB gzip`, (context) => {
      context.diagnostic(`${name}: ${bytes} bytes gzip of ${budget * 1024}`);
      assert.ok(bytes > 0);
      assert.ok(bytes <= budget * 1024, `${name} is ${bytes} bytes gzip, ${bytes - budget * 1024} too many`);
    });
  }

  it('the voice chunk carries the worker that is measured', () => {
    assert.ok(voice.includes('learner.interrupted'));
    assert.ok(voiceAlone > 0);
  });

  it('nothing of the voice, of KaTeX or of web-vitals comes with the page', () => {
    for (const word of ['AudioWorkletNode', 'ParseError', 'largest-contentful-paint', 'learner.interrupted'])
      assert.ok(!entry.includes(word), `the entry has ${word}`);
  });
});
