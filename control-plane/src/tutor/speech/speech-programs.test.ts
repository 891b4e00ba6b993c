/** The installed synthesisers, small programs of our own that misbehave, and the line before them. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSlots } from './slots.js';
import { createSpeechPrograms, findProgram, type SpeechOutcome } from './speech-programs.js';

const path = process.env['PATH'] ?? '';
const never = new AbortController().signal;
const installed = { flite: await findProgram('flite', path), 'espeak-ng': await findProgram('espeak-ng', path) };

describe('installed programs', () => {
  for (const name of ['flite', 'espeak-ng'] as const) {
    const skip = installed[name] === null ? `not run: ${name} is not installed` : false;
    it(`${name} speaks a sentence at 24 kHz and leaves no file`, { skip }, async () => {
      const temporaryFolder = await mkdtemp(join(tmpdir(), 'voice-tutor-test-'));
      const outcomes: string[] = [];
      const program = await createSpeechPrograms(
        { path, temporaryFolder, onOutcome: (...each) => outcomes.push(each.join(' ')) },
        { choice: name },
      );
      assert.equal(program?.name, name);
      const spoken = await program.synthesise('Subtract three from both sides.', never);
      assert.ok(spoken.ok);
      const seconds = spoken.value.length / 24_000;
      assert.ok(seconds > 0.8 && seconds < 5, `${seconds} s`);
      assert.ok(Math.max(...spoken.value) > 2000);
      assert.equal(spoken.value[0], 0);
      assert.deepEqual(outcomes, [`${name} spoken`]);
      assert.deepEqual(await readdir(temporaryFolder), []);
      await rm(temporaryFolder, { recursive: true });
    });
  }
});

describe('choice', () => {
  const deps = { path: '/nonexistent-folder', temporaryFolder: tmpdir() };
  for (const choice of ['auto', 'flite', 'espeak-ng', 'browser', 'off'] as const) {
    it(`${choice} without a program is null`, async () =>
      assert.equal(await createSpeechPrograms(deps, { choice }), null));
  }
  it('auto takes flite before espeak-ng, and what there is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'voice-tutor-test-'));
    for (const [added, chosen] of [
      ['espeak-ng', 'espeak-ng'],
      ['flite', 'flite'],
    ] as const) {
      await writeFile(join(folder, added), '#!/bin/sh\n', { mode: 0o755 });
      assert.equal((await createSpeechPrograms({ path: folder, temporaryFolder: folder }))?.name, chosen);
    }
    await rm(folder, { recursive: true });
  });
  it('browser and off stay null where programs are installed', async () => {
    for (const choice of ['browser', 'off'] as const)
      assert.equal(await createSpeechPrograms({ ...deps, path }, { choice }), null);
  });
});

describe('programs that misbehave', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voice-tutor-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function outcomeOf(
    script: string,
    signal: AbortSignal = never,
    text = 'hello',
    limitMs = 5000,
  ): Promise<string> {
    const file = join(folder, 'espeak-ng');
    await writeFile(file, `#!${process.execPath}\n${script}\n`);
    await chmod(file, 0o755);
    const counted: SpeechOutcome[] = [];
    const program = await createSpeechPrograms(
      { path: folder, temporaryFolder: folder, onOutcome: (_, outcome) => counted.push(outcome) },
      { choice: 'espeak-ng', limitMs },
    );
    assert.ok(program !== null);
    const result = await program.synthesise(text, signal);
    const outcome = result.ok ? 'spoken' : result.error.reason;
    assert.deepEqual(counted, [outcome]);
    return outcome;
  }

  it('a failing one', async () => assert.equal(await outcomeOf('process.exit(3)'), 'failed'));
  it('one that writes nonsense', async () =>
    assert.equal(await outcomeOf('process.stdout.write("nonsense")'), 'bad-output'));
  it('one that writes without end', async () => assert.equal(await outcomeOf('const b = Buffer.alloc(65536); (function more() { while (process.stdout.write(b)); process.stdout.once("drain", more); })()'), 'too-much-output')); // prettier-ignore
  it('one that never ends', async () =>
    assert.equal(await outcomeOf('setInterval(() => {}, 1000)', never, 'hello', 200), 'timeout'));
  it('one that is given up', async () => {
    const controller = new AbortController();
    const outcome = outcomeOf('setInterval(() => {}, 1000)', controller.signal);
    setImmediate(() => controller.abort());
    assert.equal(await outcome, 'aborted');
  });
  it('the text goes by standard input: no shell, no argument, whatever it looks like', async () => {
    const text = '$(touch here); -v "xx" `id` --help';
    const script = `process.stdin.on('data', (text) => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'seen'))}, JSON.stringify([process.argv.slice(2), String(text)])));`;
    assert.equal(await outcomeOf(script, never, text), 'bad-output');
    const seen = JSON.parse(await readFile(join(folder, 'seen'), 'utf8')) as unknown;
    assert.deepEqual(seen, [['--stdin', '--stdout', '-v', 'en-us'], text]);
  });
  it('of five sentences two are spoken at a time, and all in the end', async () => {
    const log = join(folder, 'log');
    const file = join(folder, 'espeak-ng');
    // Nobody ends before two have begun: one at a time would wait for ever.
    const script = `const { appendFileSync, readFileSync, watch } = require('node:fs');
      const log = ${JSON.stringify(log)};
      const look = () => { if (readFileSync(log, 'utf8').split('+').length < 3) return; watcher.close(); appendFileSync(log, '-'); };
      appendFileSync(log, '+');
      const watcher = watch(log, look);
      look();`;
    await writeFile(file, `#!${process.execPath}\n${script}\n`);
    await chmod(file, 0o755);
    const program = await createSpeechPrograms({ path: folder, temporaryFolder: folder }, { choice: 'espeak-ng' });
    assert.ok(program !== null);
    await Promise.all(Array.from({ length: 5 }, () => program.synthesise('hello', never)));
    const marks = await readFile(log, 'utf8');
    let [running, most] = [0, 0];
    for (const mark of marks) {
      running += mark === '+' ? 1 : -1;
      most = Math.max(most, running);
    }
    assert.equal(marks.length, 10);
    assert.equal(most, 2);
  });
  it('text without a word or too long is not tried', async () => {
    assert.equal(await outcomeOf('process.exit(3)', never, '  '), 'text-too-long');
    assert.equal(await outcomeOf('process.exit(3)', never, 'a'.repeat(2001)), 'text-too-long');
  });
});

describe('slots', () => {
  it('two at a time, the rest in order, a full line refused', async () => {
    const slots = createSlots(2, 1);
    const [first, second] = [await slots.take(never), await slots.take(never)];
    assert.ok(first.ok && second.ok);
    const third = slots.take(never);
    assert.deepEqual(await slots.take(never), { ok: false, error: 'busy' });
    first.value();
    first.value();
    const held = await third;
    assert.ok(held.ok);
    const fourth = slots.take(never);
    assert.deepEqual(await slots.take(never), { ok: false, error: 'busy' });
    held.value();
    assert.ok((await fourth).ok);
  });
  it('a caller that gives up leaves the line', async () => {
    const slots = createSlots(1, 1);
    const first = await slots.take(never);
    assert.ok(first.ok);
    const controller = new AbortController();
    const waiting = slots.take(controller.signal);
    controller.abort();
    assert.deepEqual(await waiting, { ok: false, error: 'aborted' });
    const next = slots.take(never);
    first.value();
    assert.ok((await next).ok);
  });
});
