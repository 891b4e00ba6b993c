/** The coverage report as a page to read and as lcov for editors. */

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const percentOf = ({ covered, total }) => (total === 0 ? '–' : `${((100 * covered) / total).toFixed(1)} %`);

/** One page: rooms, then every source, least covered first, its text with the missed lines marked. */
export function htmlReport({ files, rooms, percent }) {
  const text = ({ source, lines, missed }) => {
    const [canRun, didNot] = [new Set(lines), new Set(missed)];
    return source
      .split('\n')
      .map((line, index) => {
        const kind = didNot.has(index + 1) ? 'missed' : canRun.has(index + 1) ? 'ran' : 'none';
        return `<span class="${kind}">${String(index + 1).padStart(4)}  ${escape(line)}</span>`;
      })
      .join('\n');
  };
  const sorted = files.filter(({ total }) => total > 0).sort((a, b) => b.missed.length - a.missed.length);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Coverage ${percent} %</title><style>
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
td { padding: 0 1rem 0 0; } td:not(:first-child) { text-align: right; }
summary { cursor: pointer; } pre { overflow-x: auto; }
.missed { background: #e5484d44; } .ran { background: #30a46c22; } .none { opacity: 0.6; }
</style><h1>${percent} % of lines ran</h1><table>
${rooms.map((room) => `<tr><td>${room.room}<td>${percentOf(room)}<td>${room.total - room.covered} of ${room.total}`).join('\n')}
</table>
${sorted
  .map(
    (file) =>
      `<details><summary>${file.path}: ${percentOf(file)}, ${file.missed.length} of ${file.total} did not run</summary><pre>${text(file)}</pre></details>`,
  )
  .join('\n')}
</html>
`;
}

/** The same for tools. */
export function lcovReport(files) {
  return files
    .filter(({ total }) => total > 0)
    .map(({ path, lines, missed, total, covered }) => {
      const didNot = new Set(missed);
      const marks = lines.map((line) => `DA:${line},${didNot.has(line) ? 0 : 1}`);
      return ['TN:', `SF:${path}`, ...marks, `LF:${total}`, `LH:${covered}`, 'end_of_record', ''].join('\n');
    })
    .join('');
}
