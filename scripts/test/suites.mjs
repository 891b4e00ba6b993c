/** The suites of `npm test`, cheapest first. Each `run` resolves to `{ passed, failed, notRun }`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../chromium.mjs';
import { ensureSpeechPrograms } from '../speech.mjs';
import { mergeCoverage } from '../coverage/merge.mjs';
import { runCheck, runNodeTests, runPlaywright, runWebTestRunner } from './runners.mjs';

/** Files below the folders whose names end so. */
function filesEnding(ending, ...folders) {
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder).flatMap((entry) => {
      const path = join(folder, entry);
      if (entry === 'node_modules' || entry === 'dist') return [];
      return statSync(path).isDirectory() ? filesEnding(ending, path) : path.endsWith(ending) ? [path] : [];
    }),
  );
}

/** Lines of coverage below which the run fails: raised with each gain and never lowered; the aim is 95. */
const LINES_FLOOR = 90;

const nodeFiles = (...folders) => [
  ...filesEnding('.test.ts', ...folders).filter((path) => !path.endsWith('.browser.test.ts')),
  ...filesEnding('.test.mjs', ...folders),
];

/** Chromium and the products, for suites that need them. */
async function prepareBrowser() {
  process.env.CHROMIUM = await ensureChromium();
}
const prepareSpeech = () => ensureSpeechPrograms();
async function prepareBuild() {
  const { buildWhenStale } = await import('../build.mjs');
  await buildWhenStale();
}

/** A suite of node tests; `prepare` brings what they need, unless there are none. */
const node = (name, about, folders, { prepare = [] } = {}) => ({
  name,
  about,
  async run(options) {
    const files = nodeFiles(...folders);
    if (files.length > 0) for (const step of prepare) await step();
    return runNodeTests(files, options);
  },
});

/** Every suite; `onlyByName` ones run only when asked for. */
export const suites = [
  { name: 'format', about: 'prettier', run: () => runCheck('npm', ['run', '--silent', 'format:check']) },
  {
    name: 'types',
    about: 'the compiler, once for each environment',
    run: () => runCheck(process.execPath, ['scripts/types.mjs']),
  },
  { name: 'lint', about: 'eslint with type-checked rules', run: () => runCheck('npm', ['run', '--silent', 'lint']) },
  {
    name: 'boundaries',
    about: 'who may import whom',
    async run(options) {
      const rules = await runCheck('npm', ['run', '--silent', 'boundaries']);
      const planted = await runNodeTests(nodeFiles('tests/boundaries'), options);
      return add(rules, planted);
    },
  },
  node('unit', 'node tests beside the code', ['sdk/src', 'control-plane/src', 'scripts', 'tests/support'], {
    prepare: [prepareSpeech],
  }),
  {
    name: 'browser',
    about: 'unit tests in a real Chromium',
    async run(options) {
      await prepareBrowser();
      return runWebTestRunner(options);
    },
  },
  node('size', 'bytes that a page pays for, against their budgets', ['tests/size'], { prepare: [prepareBuild] }),
  node('contract', 'what both sides of a wire agree on', ['tests/contract']),
  node('stores', 'PGlite, a real PostgreSQL and a real NATS; starts, kills', ['tests/stores'], {
    prepare: [prepareBuild],
  }),
  node('stress', 'many at once, in small numbers; npm run stress has the large ones', ['tests/stress'], {
    prepare: [prepareBuild],
  }),
  {
    name: 'flows',
    about: 'the whole product in Chromium',
    async run(options) {
      await prepareBuild();
      await prepareBrowser();
      prepareSpeech();
      return runPlaywright(options);
    },
  },
  {
    name: 'docs',
    about: 'TypeDoc without an undocumented export',
    run: () => runCheck('npm', ['run', '--silent', 'docs']),
  },
  {
    name: 'coverage',
    about: 'node, browser and worker code in one figure',
    run: ({ coverage }) => (coverage ? mergeCoverage({ lines: LINES_FLOOR }) : { passed: 0, failed: 0, notRun: [] }),
  },
];

function add(...outcomes) {
  return {
    passed: outcomes.reduce((total, outcome) => total + outcome.passed, 0),
    failed: outcomes.reduce((total, outcome) => total + outcome.failed, 0),
    notRun: outcomes.flatMap((outcome) => outcome.notRun),
  };
}
