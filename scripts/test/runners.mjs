/** Runs one runner each and counts what it says: commands, node:test, @web/test-runner, Playwright. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './processes.mjs';

/** A package's program, run by this Node: no shell and no npx in between that would not pass a signal on. */
const program = (path) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

/** A command that is right or wrong as a whole: one test. Its output is shown when it is wrong. */
export async function runCheck(command, args) {
  const { code, output } = await start(command, args);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notRun: [] };
}

/** node:test over the files, one line of progress a file; raw V8 coverage of it and of its children goes to coverage/node. */
export async function runNodeTests(files, { coverage }) {
  if (files.length === 0) return { passed: 0, failed: 0, notRun: [] };
  const env = coverage
    ? {
        NODE_V8_COVERAGE: resolve('coverage/node'),
        COVERAGE_SOURCES: resolve('coverage/sources'),
        // In their children as well.
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(fileURLToPath(new URL('../coverage/keep-sources.cjs', import.meta.url)))}`,
      }
    : {};
  const counts = { passed: 0, failed: 0, notRun: [] };
  const { code, output } = await start(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      'tsx',
      '--test',
      '--test-concurrency=2',
      '--test-reporter=./scripts/test/line-reporter.mjs',
      ...files,
    ],
    {
      env,
      onLine(line) {
        const event = /^\u0001(\w+)\t(.*)$/.exec(line);
        if (!event) return false;
        let said = false;
        const [, kind, text] = event;
        if (kind === 'file' || kind === 'error') said = true;
        if (kind === 'pass') counts.passed += 1;
        if (kind === 'fail') counts.failed += 1;
        if (kind === 'skip') counts.notRun.push(text);
        if (kind === 'file') process.stdout.write(`  ${text}\n`);
        if (kind === 'error') process.stdout.write(`  ✗ ${text.replaceAll('\\n', '\n    ')}\n`);
        return said;
      },
    },
  );
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    console.log(output);
  }
  return counts;
}

/** @web/test-runner over every `*.browser.test.ts`. */
export async function runWebTestRunner({ coverage }) {
  const { code, output } = await start(
    process.execPath,
    [program('@web/test-runner/dist/bin.js'), '--config', 'web-test-runner.config.mjs'],
    { env: coverage ? { COVERAGE: '1' } : {} },
  );
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)].at(-1);
  const skipped = Number(last?.[3] ?? 0);
  const counts = {
    passed: Number(last?.[1] ?? 0),
    failed: Number(last?.[2] ?? 0),
    notRun: skipped > 0 ? [`${skipped} skipped browser tests`] : [],
  };
  if (code !== 0) {
    console.log(output.slice(-20_000));
    counts.failed ||= 1;
  }
  return counts;
}

/** Playwright over tests/flows; the servers it starts write coverage to coverage/node when they stop. */
export async function runPlaywright({ coverage }) {
  const report = resolve('test-results/flows.json');
  mkdirSync('test-results', { recursive: true });
  rmSync(report, { force: true });
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...(coverage ? { FLOWS_COVERAGE: resolve('coverage') } : {}),
  };
  const { code, output } = await start(
    process.execPath,
    [
      program('@playwright/test/cli.js'),
      'test',
      '--config',
      'tests/flows/playwright.config.ts',
      '--reporter=list,json',
    ],
    { env, echo: true },
  );
  if (!existsSync(report)) {
    console.log(output.slice(-20_000));
    return { passed: 0, failed: 1, notRun: [] };
  }
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    notRun: suites.flatMap(skippedFlows),
  };
}

/** Names of the flows that were skipped, each with its reason. */
function skippedFlows({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(
        ({ annotations = [] }) =>
          `${title} (${annotations.find(({ type }) => type === 'skip')?.description ?? 'skipped'})`,
      ),
  );
  return [...own, ...suites.flatMap(skippedFlows)];
}
