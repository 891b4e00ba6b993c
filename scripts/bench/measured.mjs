/** Loaded into a measured process before its program: tells its parent the processor time it has used, when asked. */

process.on('message', (message) => {
  if (message !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system });
});
// A benchmark that is broken off leaves nothing running.
process.on('disconnect', () => process.exit());
// Listening must not keep the process alive.
process.channel?.unref();
