/** Unit tests in a real Chromium, with V8 coverage of page, workers and worklets written to coverage/browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { bundleClassic } from './scripts/build/bundle.mjs';
import { katexCssModule } from './scripts/build/katex-css.mjs';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';
import { trackCoverage } from './scripts/coverage/v8-session.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const takes = [];
let written = 0;

/** `inline:` sources, and `/__bundle/PATH` for worklets: under paths of their own, or coverage would take wrappers for sources. */
const bundles = {
  name: 'bundles',
  resolveImport({ source, context }) {
    if (source === 'katex-css:') return '/__katex-css.js';
    if (!source.startsWith('inline:')) return undefined;
    return `/__inline${new URL(source.slice(7), `http://x${context.path}`).pathname}.js`;
  },
  async serve(context) {
    if (context.path === '/__katex-css.js') return { body: katexCssModule(), type: 'js' };
    const [, kind, path] = /^\/__(inline|bundle)\/(.+\.ts)(?:\.js)?$/.exec(context.path) ?? [];
    if (!kind) return undefined;
    const script = await bundleClassic(root + path, { minify: false, sourcemap: 'inline' });
    return { body: kind === 'inline' ? `export default ${JSON.stringify(script)};` : script, type: 'js' };
  },
};

/** Writes what was counted; every test file calls it when it ends, before its page goes. */
const coverage = {
  name: 'v8-coverage',
  transform(context) {
    if (!context.path.endsWith('.browser.test.ts')) return undefined;
    return `${context.body}\nimport { executeServerCommand as writeCoverage } from '@web/test-runner-commands';\nafter(() => writeCoverage('v8'));\n`;
  },
  async executeCommand({ command }) {
    if (command !== 'v8') return undefined;
    const wanted = (url) =>
      (url.includes('/src/') || url.startsWith('blob:') || url.includes('/__bundle/')) && !url.includes('.test.');
    const entries = (await Promise.all(takes.map((take) => take(wanted)))).flat();
    mkdirSync(`${root}coverage/browser`, { recursive: true });
    writeFileSync(`${root}coverage/browser/${process.pid}-${written++}.json`, JSON.stringify(entries));
    return true;
  },
};

/** A small server for tests of the edges: texts, a stream that ends, one that hangs, and what it was told. */
function testServer() {
  const told = [];
  const paths = {
    '/__echo': ({ query }) => ({ status: Number(query.status ?? 200), body: query.body ?? '' }),
    '/__hang': () => new Promise(() => {}),
    '/__told': () => ({ type: 'application/json', body: JSON.stringify(told) }),
    '/__events'() {
      told.push({ type: 'stream', body: '' });
      return {
        type: 'text/event-stream',
        body: 'event: hello\ndata: {"a":1}\n\nevent: other\ndata: x\n\nevent: config\ndata: {"b":2}\n\n',
      };
    },
    async '/__tell'({ req }) {
      let body = '';
      for await (const chunk of req) body += chunk;
      told.push({ type: req.headers['content-type'], body });
      return { status: 204 };
    },
  };
  return async (context, next) => {
    const answer = paths[context.path];
    if (!answer) return next();
    const { status = 200, type = 'text/plain', body = '' } = await answer(context);
    Object.assign(context, { status, type, body });
  };
}

export default {
  middleware: [testServer()],
  files: ['sdk/src/**/*.browser.test.ts', 'control-plane/src/dashboard/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['source', 'browser', 'production'] },
  concurrency: 1,
  testFramework: { config: { timeout: 20_000 } },
  testsFinishTimeout: 240_000,
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium() ?? undefined, headless: true, args: chromiumArgs },
      async createPage({ context }) {
        const page = await context.newPage();
        if (process.env.COVERAGE === '1') takes.push(await trackCoverage(await page.createCDPSession()));
        return page;
      },
    }),
  ],
  plugins: [bundles, coverage, esbuildPlugin({ ts: true, tsconfig: `${root}tsconfig.base.json`, target: 'es2022' })],
};
