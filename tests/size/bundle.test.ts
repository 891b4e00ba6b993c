/** What the build leaves out of zod and of contracts must not change what schemas take and refuse. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import vm from 'node:vm';
import { bundleClassic } from '../../scripts/build/bundle.mjs';
import { markPure } from '../../scripts/build/pure-contracts.mjs';
import { onlySync } from '../../scripts/build/zod-sync.mjs';

const root = resolve(import.meta.dirname, '../..');

describe('the lean bundle', () => {
  it('keeps the worker’s answers: commands are taken and refused as before', async () => {
    const source = await bundleClassic(resolve(root, 'sdk/src/voice/transport/voice.worker.ts'));
    const posted: unknown[] = [];
    const scope = {
      postMessage: (message: unknown) => posted.push(message),
      onmessage: null as ((event: object) => void) | null,
      performance,
      crypto,
      fetch: () => new Promise(() => {}),
      setTimeout,
      clearTimeout,
      URL,
      AbortSignal,
      addEventListener(type: string, listener: (event: object) => void) {
        if (type === 'message') scope.onmessage = listener;
      },
    };
    const context = vm.createContext(Object.assign(scope, { self: scope }));
    vm.runInContext(source, context);
    assert.deepEqual(JSON.parse(JSON.stringify(posted)), [{ type: 'alive' }]);
    const send = (data: unknown) => scope.onmessage?.({ data, ports: [] });
    const start = {
      type: 'start',
      serverOrigin: 'https://x.example',
      siteKey: 'pk_x',
      isolation: 'worker',
      release: '1.0.0',
      request: { consent: { given: true, version: 1 }, lang: 'en' },
    };
    send({ ...start, request: { ...start.request, lang: 'no language' } });
    send({ ...start, request: { ...start.request, topic: 7 } });
    send({ type: 'unknown' });
    send(null);
    assert.equal(posted.length, 1);
    send(start);
    const last = JSON.parse(JSON.stringify(posted.at(-1))) as { snapshot: { phase: string } };
    assert.equal(last.snapshot.phase, 'connecting');
  });

  it('marks definitions as pure, and refuses those that need what is left out', () => {
    assert.equal(
      markPure('export const A = z.string().check(b);\nconst c = 1;\n'),
      'export const A = /* @__PURE__ */ (() => z.string().check(b))();\nconst c = 1;\n',
    );
    assert.throws(() => markPure('export const A = z.strictObject({});'), /zod-sync/);
  });

  it('notices when zod is written differently', () => {
    assert.throws(() => onlySync('export {}', 'schemas.js'), /zod changed/);
  });
});
