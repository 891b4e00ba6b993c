/**
 * `npm test`: installs and builds what is missing, runs every suite, merges coverage, and ends with `N passed, N failed`.
 * `npm test -- unit stores` (or `npm run test:unit`) runs only the named suites, without the coverage threshold.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installWhenStale, requireNode } from './install.mjs';

requireNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
installWhenStale();
const { suites } = await import('./test/suites.mjs');

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = chosen.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}; there are: ${suites.map((suite) => suite.name).join(', ')}.`);
  process.exit(1);
}
const whole = chosen.length === 0;
const running = whole
  ? suites.filter((suite) => !suite.onlyByName)
  : suites.filter((suite) => chosen.includes(suite.name));
if (whole) rmSync('coverage', { recursive: true, force: true });

const rows = [];
for (const suite of running) {
  const began = performance.now();
  console.log(`\n▶ ${suite.name}: ${suite.about}`);
  let outcome;
  try {
    outcome = await suite.run({ coverage: whole });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    outcome = { passed: 0, failed: 1, notRun: [] };
  }
  rows.push({ name: suite.name, ...outcome, seconds: (performance.now() - began) / 1000 });
}

const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
console.log('\nsuite         passed  failed  seconds');
for (const row of rows)
  console.log(
    `${row.name.padEnd(13)} ${String(row.passed).padStart(6)}  ${String(row.failed).padStart(6)}  ${row.seconds.toFixed(1).padStart(7)}`,
  );
const notRun = rows.flatMap((row) => row.notRun ?? []);
if (notRun.length > 0) {
  console.log('\nnot run:');
  for (const name of notRun) console.log(`  ${name}`);
  // What a continuous run could not try is not known to work.
  if (process.env.CI === 'true') rows.push({ name: 'not run', passed: 0, failed: notRun.length, seconds: 0 });
}
process.exitCode = sum('failed') > 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
