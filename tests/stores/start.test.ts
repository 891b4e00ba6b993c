import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FlagList } from '../../sdk/src/contracts/operator.js';
import { runToEnd, startProcess } from '../support/plane-process.js';

const directory = mkdtempSync(join(tmpdir(), 'vt-start-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** A server that takes connections and never says a word. */
async function listenMutely(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** It ended with code 1, and told standard error one sentence and nothing else. */
async function refusesWith(sentence: RegExp, environment: Record<string, string>, nodeArguments?: readonly string[]) {
  const { code, stdout, stderr } = await runToEnd({ DATA_DIR: 'memory://', ...environment }, nodeArguments);
  assert.match(stderr, /^[^\n]+\.\n$/, 'one sentence');
  assert.match(stderr, sentence);
  assert.deepEqual([code, stdout], [1, '']);
}

describe('a start that cannot be', () => {
  let mute: Awaited<ReturnType<typeof listenMutely>>;
  before(async () => {
    mute = await listenMutely();
    writeFileSync(join(directory, 'file'), '');
    mkdirSync(join(directory, 'damaged/db'), { recursive: true });
    writeFileSync(join(directory, 'damaged/db/PG_VERSION'), '18\n');
  });
  after(() => mute.server.close());

  it('names a port that is taken', () =>
    refusesWith(/^Port \d+ is taken on 127\.0\.0\.1; .* PORT\.$/m, { PORT: String(mute.port) }));
  it('names a port that needs more rights', () => {
    // Root and containers may take every port, so the system's refusal is put in front of the real process.
    const refusal = `import { Server } from 'node:net';
      Server.prototype.listen = function () {
        setImmediate(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
        return this;
      };`;
    return refusesWith(/^Port 80 needs more rights .* PORT\.$/m, { PORT: '80' }, [
      '--import',
      `data:text/javascript,${encodeURIComponent(refusal)}`,
    ]);
  });
  it('names an address that is not ours', () =>
    refusesWith(/^Cannot listen on 192\.0\.2\.1:.* HOST/m, { HOST: '192.0.2.1' }));
  it('names a data directory that cannot be', () =>
    refusesWith(/^The data directory .* cannot be created; .* DATA_DIR\.$/m, {
      DATA_DIR: join(directory, 'file/data'),
    }));
  it(
    'names a data directory that cannot be written',
    { skip: process.platform === 'linux' ? false : 'no /proc here' },
    () => refusesWith(/^The data directory \/proc is not writable; .* DATA_DIR\.$/m, { DATA_DIR: '/proc' }),
  );
  it(
    'a data directory that the system never lets be made, where Node would try for ever',
    { skip: process.platform === 'linux' ? false : 'no /proc here' },
    () =>
      refusesWith(/^The data directory \/proc\/nope cannot be created; .* DATA_DIR\.$/m, { DATA_DIR: '/proc/nope' }),
  );
  it('names a database that is damaged', () =>
    refusesWith(/^The embedded database in .*damaged.* cannot be opened/m, { DATA_DIR: join(directory, 'damaged') }));
  it('names a log file that cannot be written', () =>
    refusesWith(/^The log file .* LOG_FILE\.$/m, { LOG_FILE: join(directory, 'file/log') }));
  it('names a PostgreSQL that is not there, or does not speak', async () => {
    for (const port of [1, mute.port])
      await refusesWith(/^The database at DATABASE_URL does not answer; /m, {
        DATABASE_URL: `postgres://somebody:secret-word@127.0.0.1:${port}/none`,
      });
  });
  it('names a NATS that is not there, or does not speak', async () => {
    for (const port of [1, mute.port])
      await refusesWith(/^The bus at NATS_URL does not answer; /m, { NATS_URL: `nats://127.0.0.1:${port}` });
  });
  it('names each variable that is wrong, with what is allowed', async () => {
    const wrong: Record<string, [string, RegExp]> = {
      PORT: ['70000', /whole number from 0 to 65535/],
      PUBLIC_URL: ['tutor.example', /http:\/\/ or https:\/\//],
      DATABASE_URL: ['mysql://db', /postgres:\/\/ or postgresql:\/\//],
      NATS_URL: ['http://bus', /nats:\/\//],
      BUS_PREFIX: ['a b', /a-z 0-9 _ -/],
      GEMINI_BASE_URL: ['ftp://x', /https:\/\//],
      GEMINI_MODEL: ['No Such', /a-z 0-9 \. -/],
      VOICE_TTS: ['loud', /auto, flite, espeak-ng, browser, off/],
      DEMO_ORIGINS: ['https://a.example/path', /https:\/\/school\.example/],
      LOG_LEVEL: ['chatty', /debug, info, warn, error, silent/],
    };
    const { code, stdout, stderr } = await runToEnd(
      Object.fromEntries(Object.entries(wrong).map(([name, [value]]) => [name, value])),
    );
    assert.deepEqual([code, stdout], [1, '']);
    const lines = stderr.trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => line.split(':')[0]).sort(), Object.keys(wrong).sort());
    for (const line of lines) assert.match(line, wrong[line.split(':')[0] ?? '']?.[1] ?? /never/);
  });
  it('names a Node that is too old', () => {
    const install = JSON.stringify(resolve('scripts/install.mjs'));
    const run = (running: string) =>
      spawnSync(process.execPath, ['-e', `import(${install}).then((m) => m.requireNode('20.9', '${running}'))`], {
        encoding: 'utf8',
      });
    for (const old of ['18.20.4', '20.8.1']) {
      const { status, stderr } = run(old);
      assert.deepEqual([status, stderr], [1, `Voice Tutor needs Node 20.9 or newer; this is ${old}.\n`]);
    }
    for (const enough of ['20.9.0', '20.20.2', '22.1.0']) assert.equal(run(enough).status, 0, enough);
  });
});

describe('a start that can be', () => {
  it('keeps its directory to itself, stops cleanly with pages connected, and finds its data again', async () => {
    const environment = { DATA_DIR: join(directory, 'kept') };
    const first = await startProcess(environment);
    await refusesWith(new RegExp(`is in use by process ${first.child.pid}; `), environment);
    const { revision } = FlagList.parse(await (await first.operator('/flags')).json());
    const body = { enabled: true, expectedRevision: revision };
    assert.equal((await first.operator('/flags/feedback-form', { method: 'PUT', body })).status, 200);
    const stream = await fetch(`${first.url}/v1/sites/pk_demo/stream?cohort=1`);
    assert.equal(stream.status, 200);
    assert.equal(await first.end('SIGINT'), 0);
    await stream.text();

    const second = await startProcess(environment);
    const list = FlagList.parse(await (await second.operator('/flags')).json());
    assert.deepEqual([list.revision, list.flags[0]?.enabled], [revision + 1, true]);
    assert.equal(await second.end('SIGTERM'), 0);
  });
  it('leaves nothing half made when the first start is interrupted', async () => {
    const dataDir = join(directory, 'interrupted');
    mkdirSync(join(dataDir, 'db.new'), { recursive: true });
    writeFileSync(join(dataDir, 'db.new/PG_VERSION'), '18\n');
    const plane = await startProcess({ DATA_DIR: dataDir });
    assert.equal((await plane.operator('/flags')).status, 200);
    assert.equal(await plane.end('SIGINT'), 0);
  });
});
