/** One coverage figure from V8 data of node (coverage/node) and of the browser (coverage/browser). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CoverageReport } from 'monocart-coverage-reports';

/** What counts: our sources, without tests, types and entries that hold no logic. */
const counted = (path) =>
  /^(sdk|control-plane)\/src\//.test(path) && path.endsWith('.ts') && !/\.(test|d)\.ts$/.test(path);
const sourcePath = (path) => {
  const clean = path.replace(/^.*?(?=(?:sdk|control-plane)\/src\/)/, '').replace(/[?#].*$/, '');
  return clean;
};

/** Writes coverage/ and resolves to one passed or failed test for the threshold. */
export async function mergeCoverage({ lines }) {
  const report = new CoverageReport({
    name: 'Voice Tutor',
    outputDir: 'coverage',
    clean: false,
    cleanCache: true,
    logging: 'error',
    reports: ['v8', 'lcovonly', 'json-summary', 'console-summary'],
    entryFilter: (entry) =>
      /(sdk|control-plane)\/(src|dist)\//.test(entry.url) ||
      entry.url.startsWith('blob:') ||
      entry.url.includes('/__bundle/'),
    sourceFilter: counted,
    sourcePath,
    all: { dir: ['sdk/src', 'control-plane/src'], filter: (path) => counted(sourcePath(path)) },
  });
  if (existsSync('coverage/node')) await report.addFromDir('coverage/node');
  if (existsSync('coverage/browser')) {
    for (const file of readdirSync('coverage/browser')) {
      const entries = JSON.parse(readFileSync(resolve('coverage/browser', file), 'utf8'));
      if (entries.length > 0) await report.add(entries);
    }
  }
  const { summary } = await report.generate();
  const percent = Number(summary.lines.pct);
  const enough = percent >= lines;
  console.log(`  lines ${percent} % (at least ${lines} %), report in coverage/index.html`);
  return { passed: enough ? 1 : 0, failed: enough ? 0 : 1, notRun: [] };
}
