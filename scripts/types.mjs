/** Type-checks every environment of the project with its own tsconfig; prints each one's errors; exit 1 when there are any. */
import { spawn } from 'node:child_process';

export const projects = [
  'sdk/tsconfig.core.json',
  'sdk/tsconfig.json',
  'sdk/tsconfig.worker.json',
  'sdk/tsconfig.worklet.json',
  'control-plane/tsconfig.json',
  'control-plane/tsconfig.dashboard.json',
  'tests/tsconfig.json',
];

/** Resolves to the number of projects with errors. */
const check = (project) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project], {
      stdio: 'pipe',
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (code) => {
      // TS18003: an environment without files yet has nothing to get wrong.
      const empty = output.includes('TS18003');
      console.log(`${code === 0 || empty ? 'ok    ' : 'FAILED'} ${project}`);
      if (code !== 0 && !empty) console.log(output);
      resolve(code === 0 || empty ? 0 : 1);
    });
  });

let failed = 0;
for (let i = 0; i < projects.length; i += 2) {
  failed += (await Promise.all(projects.slice(i, i + 2).map(check))).reduce((sum, n) => sum + n, 0);
}
process.exitCode = failed ? 1 : 0;
