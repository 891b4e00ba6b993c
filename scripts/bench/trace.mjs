/** Reads a Chromium trace: how long the page's main thread was busy with scripts, and its long tasks. */

/** Work that a script causes: reading, compiling, running its top level, and what it calls later. */
const SCRIPT_WORK = new Set([
  'EvaluateScript',
  'FunctionCall',
  'v8.callFunction',
  'v8.compile',
  'v8.compileModule',
  'V8.CompileStreamedModule',
  'v8.evaluateModule',
  'V8.FinalizeDeserialization',
  // What waits for an import or an answer goes on in a microtask.
  'BlinkScheduler_PerformMicrotaskCheckpoint',
]);
/** The Long Tasks API's own limit. */
const LONG_TASK_MS = 50;

/** Milliseconds covered by spans, counted once where they overlap. */
function covered(spans) {
  let total = 0;
  let end = -Infinity;
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return total / 1000;
}

/**
 * @param {readonly object[]} events of one page that was loaded while the trace ran.
 * @param {string} url the page's address, which tells its thread from others.
 * @returns {{ scriptMs: number, longMs: number }} time in scripts; time of tasks beyond 50 ms each.
 */
export function readTrace(events, url) {
  const commit = events.findLast(({ name, args }) => name === 'CommitLoad' && args?.data?.url === url);
  if (!commit) throw new Error('the trace does not hold the page');
  const ours = events.filter(
    ({ pid, tid, ph, ts }) => ph === 'X' && pid === commit.pid && tid === commit.tid && ts >= commit.ts,
  );
  const span = ({ ts, dur }) => [ts, ts + (dur ?? 0)];
  const scripts = ours.filter(({ name }) => SCRIPT_WORK.has(name));
  const tasks = ours.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask');
  const longTasks = tasks.filter(({ dur = 0 }) => dur / 1000 > LONG_TASK_MS);
  return { scriptMs: covered(scripts.map(span)), longMs: covered(longTasks.map(span)) };
}
