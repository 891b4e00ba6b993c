/**
 * `npm run bench`: measures the figures that the project is held to, each beside a bare limit of the same run, and prints one table.
 * Nothing is asserted: speed depends on the machine, and docs/benchmarks.md says how to read the ratios.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installWhenStale, requireNode } from './install.mjs';

requireNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
installWhenStale();
const figures = await Promise.all(
  ['page-bytes', 'evaluate', 'config-answer', 'flag-change', 'blocked-page', 'tutor'].map(
    (name) => import(`./bench/${name}.mjs`),
  ),
);
const { ratioOf, table } = await import('./bench/report.mjs');

const usage = `npm run bench -- [--only NAME]… [--quick]

  --only NAME  one figure; may be repeated
  --quick      fewer and shorter runs: shows that everything works, not how fast it is

${figures.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n')}`;

let options;
try {
  ({ values: options } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }));
  const unknown = options.only.filter((wanted) => !figures.some(({ name }) => name === wanted));
  if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}.`);
} catch (error) {
  console.error(`${error.message}\n\n${usage}`);
  process.exit(1);
}
if (options.help) {
  console.log(usage);
  process.exit(0);
}

const { buildWhenStale } = await import('./build.mjs');
await buildWhenStale();
const loads = [loadavg()[0]];
const rows = [];
const failures = [];
for (const figure of figures.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
  console.log(`▶ ${figure.name}: ${figure.about}`);
  const began = performance.now();
  try {
    rows.push(...(await figure.run({ quick: options.quick, log: (line) => console.log(`  ${line}`) })));
    console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } catch (error) {
    failures.push(figure.name);
    console.error(`  ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
  loads.push(loadavg()[0]);
}

const commit = (() => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return null; // Not a clone.
  }
})();
const machine = {
  at: new Date().toISOString(),
  commit,
  node: process.version,
  cpu: cpus()[0]?.model ?? null,
  cores: cpus().length,
  loads: loads.map((load) => Number(load.toFixed(2))),
  quick: options.quick,
};
const text = `${table(rows)}

${machine.at} · ${machine.commit ?? 'no commit'} · Node ${machine.node} · ${machine.cores} × ${machine.cpu} · load ${machine.loads.join(', ')}${
  machine.quick ? ' · quick: not for comparison' : ''
}`;
console.log(`\n${text}`);
mkdirSync('bench-results', { recursive: true });
const result = { machine, failures, rows: rows.map((row) => ({ ...row, ratio: ratioOf(row) })) };
for (const name of ['latest', machine.at.replaceAll(':', '-')]) {
  writeFileSync(`bench-results/${name}.json`, `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(`bench-results/${name}.txt`, `${text}\n`);
}
if (failures.length > 0) console.error(`\nnot measured: ${failures.join(', ')}`);
process.exitCode = failures.length > 0 ? 1 : 0;
