/** Coverage by room: `sdk/src/voice 93 %`, the least covered first, so that a run shows where tests are missing. */

/** Room of a source: the folder below `src`, or `src` itself. */
const roomOf = (path) => /^(.*?\/src)(?:\/[^/]+(?=\/))?/.exec(path)?.[0] ?? path;

/**
 * @param {readonly { path: string, covered: number, total: number }[]} files lines of each source.
 * @returns {{ room: string, covered: number, total: number, percent: number }[]} least covered first.
 */
export function byRoom(files) {
  const rooms = new Map();
  for (const { path, covered, total } of files) {
    const room = roomOf(path);
    const sum = rooms.get(room) ?? { room, covered: 0, total: 0 };
    rooms.set(room, { room, covered: sum.covered + covered, total: sum.total + total });
  }
  return [...rooms.values()]
    .filter(({ total }) => total > 0)
    .map((sum) => ({ ...sum, percent: (100 * sum.covered) / sum.total }))
    .sort((a, b) => a.percent - b.percent);
}
