/** Commands of suites: what they say, how they end. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { start } from './processes.mjs';

const run = (code, options) => start(process.execPath, ['-e', code], options);

it('resolves to the exit code and all of the output, line by line', async () => {
  const lines = [];
  const { code, output } = await run("console.log('a'); console.error('b'); process.exitCode = 3;", {
    onLine: (line) => void lines.push(line),
  });
  assert.equal(code, 3);
  assert.deepEqual(lines.sort(), ['a', 'b']);
  assert.match(output, /a/);
});

it('ends a command that takes too long, with what it started', async () => {
  const grandchild =
    "require('child_process').spawn(process.execPath,['-e','setInterval(()=>{},1e6)'],{stdio:'inherit'})";
  // It resolves only when the output is closed, which the grandchild holds open too.
  const { code } = await run(`${grandchild}; setInterval(() => {}, 1e6);`, { limitMs: 300 });
  assert.equal(code, null);
});

it('is an exit code like any other when there is no such command', async () => {
  assert.equal((await start('/no/such/program', [])).code, 1);
});
