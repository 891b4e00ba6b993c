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

const usage = `npm test                    every suite, one coverage figure, one summary
npm test -- SUITE…          only these, without the coverage threshold
npm test -- --help

${suites.map(({ name, about }) => `  ${name.padEnd(11)} ${about}`).join('\n')}

What needs a PostgreSQL, a NATS or a speech program that is not here is named at the end as not run; with CI=true that fails.`;
if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
const option = process.argv.slice(2).find((argument) => argument.startsWith('-'));
if (option) {
  console.error(`There is no option ${option}.\n\n${usage}`);
  process.exit(1);
}
const chosen = process.argv.slice(2);
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
  const seconds = (performance.now() - began) / 1000;
  rows.push({ name: suite.name, ...outcome, seconds });
  console.log(`  ${outcome.passed} passed, ${outcome.failed} failed, ${seconds.toFixed(0)} s`);
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
  if (process.env.CI === 'true') {
    console.log('CI=true: each of these counts as failed.');
    rows.push({ name: 'not run', passed: 0, failed: notRun.length, seconds: 0 });
  }
}
process.exitCode = sum('failed') > 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
