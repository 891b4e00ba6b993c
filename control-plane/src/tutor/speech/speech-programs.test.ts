/** The installed synthesisers, small programs of our own that misbehave, and the line before them. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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
