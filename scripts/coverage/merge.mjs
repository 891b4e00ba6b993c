/** One coverage figure from V8 data of Node (coverage/node) and of the browser (coverage/browser), with a report in coverage/. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeLines } from './code-lines.mjs';
import { toEntry } from './entries.mjs';
import { lineHits } from './line-hits.mjs';
import { htmlReport, lcovReport } from './reports.mjs';
import { byRoom } from './rooms.mjs';

/** What counts: our sources, without tests, their fakes, and declarations. */
const counted = (path) =>
  /^(sdk|control-plane)\/src\//.test(path) && path.endsWith('.ts') && !/\.(test|fake|d)\.ts$/.test(path);

/** The raw data of a folder, file by file: one holds megabytes. */
function* rawEntries(folder, entriesOf) {
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    try {
      yield* entriesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    } catch (error) {
      // A process that was killed while it wrote leaves half a file.
      if (!(error instanceof SyntaxError)) throw error;
      console.log(`  ${folder}/${file} is not whole and was left out`);
    }
  }
}
function* allEntries() {
  yield* rawEntries('coverage/node', ({ result }) => result ?? []);
  yield* rawEntries('coverage/browser', (entries) => entries);
}

/** Every counted source with its lines that can run and those that did not. */
function measure() {
  const hits = new Map();
  const unknown = new Map();
  for (const raw of allEntries()) {
    const entry = toEntry(raw);
    if (entry === null) unknown.set(raw.url, (unknown.get(raw.url) ?? 0) + 1);
    if (!entry) continue;
    for (const [path, lines] of lineHits(entry)) {
      if (!counted(path)) continue;
      if (!hits.has(path)) hits.set(path, new Set());
      for (const line of lines) hits.get(path).add(line);
    }
  }
  const paths = ['sdk/src', 'control-plane/src']
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((path) => join(folder, path)))
    .map((path) => path.replaceAll('\\', '/'))
    .filter(counted)
    .sort();
  const files = paths.map((path) => {
    const source = readFileSync(path, 'utf8');
    const lines = [...codeLines(source)].sort((a, b) => a - b);
    const missed = lines.filter((line) => !hits.get(path)?.has(line));
    return { path, source, lines, missed, total: lines.length, covered: lines.length - missed.length };
  });
  return { files, unknown };
}

/** Writes the report and resolves to one passed or failed test for the threshold. */
export async function mergeCoverage({ lines }) {
  const { files, unknown } = measure();
  const rooms = byRoom(files);
  for (const { room, percent, covered, total } of rooms)
    console.log(
      `  ${percent.toFixed(0).padStart(3)} %  ${room.padEnd(34)} ${total - covered} of ${total} lines not run`,
    );
  if (unknown.size > 0) {
    console.log(`  left out, since their text or their build is gone: ${unknown.size} scripts`);
    for (const [url, times] of [...unknown].slice(0, 5)) console.log(`    ${url} (${times})`);
  }
  const sum = (key) => rooms.reduce((all, room) => all + room[key], 0);
  // Rounded down: 89.99 is not 90.
  const percent = Math.floor((10_000 * sum('covered')) / Math.max(1, sum('total'))) / 100;
  writeFileSync('coverage/index.html', htmlReport({ files, rooms, percent }));
  writeFileSync('coverage/lcov.info', lcovReport(files));
  const enough = percent >= lines;
  console.log(`  lines ${percent} % of ${sum('total')} (at least ${lines} %), line by line in coverage/index.html`);
  return { passed: enough ? 1 : 0, failed: enough ? 0 : 1, notRun: [] };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await mergeCoverage({ lines: 0 })).failed;
