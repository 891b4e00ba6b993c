/** One coverage figure from V8 data of node (coverage/node) and of the browser (coverage/browser). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { CoverageReport } from 'monocart-coverage-reports';
import { countLines } from './code-lines.mjs';
import { toEntry } from './entries.mjs';
import { byRoom } from './rooms.mjs';

/** What counts: our sources, without tests, their fakes, and types. */
const counted = (path) =>
  /^(sdk|control-plane)\/src\//.test(path) && path.endsWith('.ts') && !/\.(test|fake|d)\.ts$/.test(path);
/** One name for a source wherever it was seen, or its lines would count once for each build. */
const sourcePath = (path) => path.replace(/^.*?(?=(?:sdk|control-plane)\/src\/)/, '').replace(/[?#].*$/, '');

/** Writes coverage/ and resolves to one passed or failed test for the threshold. */
export async function mergeCoverage({ lines }) {
  const report = new CoverageReport({
    name: 'Voice Tutor',
    outputDir: 'coverage',
    clean: false,
    cleanCache: true,
    logging: 'error',
    reports: ['v8', 'lcovonly', 'json-summary'],
    entryFilter: (entry) => /(sdk|control-plane)\/(src|dist)\//.test(entry.url) || entry.url.includes('/__bundle/'),
    sourceFilter: counted,
    sourcePath,
    all: { dir: ['sdk/src', 'control-plane/src'], filter: (path) => counted(sourcePath(path)) },
  });
  if (existsSync('coverage/node')) await report.addFromDir('coverage/node');
  let unknown = 0;
  for (const file of existsSync('coverage/browser') ? readdirSync('coverage/browser') : []) {
    const raw = JSON.parse(readFileSync(resolve('coverage/browser', file), 'utf8'));
    const entries = raw.map(toEntry);
    unknown += entries.filter((entry) => entry === null).length;
    const known = entries.filter((entry) => entry !== null);
    if (known.length > 0) await report.add(known);
  }
  const { files } = await report.generate();
  const rooms = byRoom(files.map(linesOf));
  for (const { room, percent, covered, total } of rooms)
    console.log(
      `  ${percent.toFixed(0).padStart(3)} %  ${room.padEnd(34)} ${total - covered} of ${total} lines not run`,
    );
  if (unknown > 0) console.log(`  ${unknown} scripts of pages belong to no build that is here and were left out`);
  const sum = (key) => rooms.reduce((all, room) => all + room[key], 0);
  // Rounded down: 89.99 is not 90.
  const percent = Math.floor((10_000 * sum('covered')) / Math.max(1, sum('total'))) / 100;
  const enough = percent >= lines;
  console.log(`  lines ${percent} % of ${sum('total')} (at least ${lines} %), source by source in coverage/index.html`);
  return { passed: enough ? 1 : 0, failed: enough ? 0 : 1, notRun: [] };
}

/** Lines of one source: only those that become code, since a type can neither run nor be missed. */
const linesOf = ({ sourcePath: path, source, data }) => ({ path, ...countLines(source, data.lines) });

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await mergeCoverage({ lines: 0 })).failed;
