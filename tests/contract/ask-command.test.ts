/** `voice-tutor ask` as a real process: what it prints and how it ends. The JSON shape is what docs/ask.md promises. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'control-plane/src/cli.ts', ...args], { cwd: root, encoding: 'utf8' }); // prettier-ignore
  return { status, stdout, stderr };
}

describe('voice-tutor ask', () => {
  it('prints the reading, the steps and the answer', () => {
    const { status, stdout, stderr } = run('ask', 'what is two thirds plus one half');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Reading {2}two thirds plus one half$/m);
    assert.match(stdout, /^Step 1 {3}Write both over the common denominator 6$/m);
    assert.match(stdout, /^Answer {3}7\/6 {2}\(≈ 1\.1667\)$/m);
    assert.match(stdout, /^ +\\frac\{7\}\{6\}$/m);
    assert.match(stdout, /^ +seven sixths$/m);
  });

  it('--json prints one document of the documented shape', () => {
    const { status, stdout } = run('ask', '--json', 'solve 2x + 3 = 11');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), {
      version: 1,
      question: 'solve 2x + 3 = 11',
      outcome: 'answered',
      reading: { task: 'solve', latex: '2x + 3 = 11', spoken: 'two x plus three equals eleven' },
      steps: [
        { rule: 'both-sides-number', latex: '2x = 8', spoken: 'two x equals eight', caption: 'Subtract 3 from both sides', say: 'Subtract three from both sides.' },
        { rule: 'divide-both-sides', latex: 'x = 4', spoken: 'x equals four', caption: 'Divide both sides by 2', say: 'Divide both sides by two.' },
      ],
      answer: { kind: 'solutions', latex: 'x = 4', spoken: 'x equals four', exact: 'x = 4', remark: 'To check, put four in for x: both sides come to eleven.' },
      readings: [],
      message: null,
    }); // prettier-ignore
  });

  it('refuses with exit code 3 and says why', () => {
    const { status, stdout } = run('ask', 'x^5 + x = 3');
    assert.equal(status, 3);
    assert.match(stdout, /^No answer: I understand it, but I cannot do that kind yet\.$/m);
  });

  it('asks about two readings with exit code 3', () => {
    const { status, stdout } = run('ask', '--json', '1/2x = 3');
    const document = JSON.parse(stdout) as { outcome: string; readings: readonly { latex: string }[] };
    assert.deepEqual([status, document.outcome], [3, 'ambiguous']);
    assert.deepEqual(document.readings.map(({ latex }) => latex), ['\\frac{1}{2}x = 3', '\\frac{1}{2x} = 3']); // prettier-ignore
  });

  it('takes a question that begins with a minus, also after two dashes', () => {
    assert.match(run('ask', '-3x >= 12').stdout, /^Answer {3}x <= -4$/m);
    assert.match(run('ask', '-7 + 12', '--json').stdout, /"exact":"5"/);
    assert.match(run('ask', '--', '-x', '= 2').stdout, /^Answer {3}x = -2$/m);
    assert.match(run('ask', '--', '-3 + 5').stdout, /^Answer {3}2$/m);
  });

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no question', ['ask'], /There is no question.*\nUsage: voice-tutor ask/],
    ['an unknown option', ['ask', '--yaml', '1+1'], /Usage: voice-tutor ask/],
    ['an unknown command', ['teach'], /There is no command "teach"/],
    ['no command', [], /Usage: voice-tutor COMMAND/],
  ];
  for (const [name, args, expected] of misuses) {
    it(`exits with 2 for ${name}`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
    });
  }
});
