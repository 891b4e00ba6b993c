/** Takes V8 coverage from a Chromium page and from its workers and worklets, over the DevTools protocol. */

/**
 * Starts counting on a page; call before anything of the page runs.
 *
 * @param client a puppeteer CDPSession of the page.
 * @returns a function that reads what was counted so far: entries as Profiler.takePreciseCoverage gives them, with `source`.
 */
export async function trackCoverage(client) {
  const sessions = [client];
  const arm = (session) =>
    Promise.all([
      session.send('Profiler.enable'),
      session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true }),
      session.send('Debugger.enable'),
      session.send('Debugger.setSkipAllPauses', { skip: true }),
    ]);
  client.on('sessionattached', (child) => {
    sessions.push(child);
    // Not awaited: a target waiting for the debugger answers these only after it may run.
    arm(child).catch(() => {});
    child.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  });
  await arm(client);
  await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  return async (wanted) => {
    const taken = [];
    for (const session of sessions) {
      try {
        const { result } = await session.send('Profiler.takePreciseCoverage');
        for (const entry of result) {
          if (!wanted(entry.url)) continue;
          const { scriptSource } = await session.send('Debugger.getScriptSource', { scriptId: entry.scriptId });
          taken.push({ ...entry, source: scriptSource });
        }
      } catch {
        // The target is gone: a worker that was ended keeps nothing to read.
      }
    }
    return taken;
  };
}
