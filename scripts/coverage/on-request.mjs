/** Loaded into a process before its program: writes V8 coverage when its parent asks, since a killed process writes none. */
import { takeCoverage } from 'node:v8';

process.on('message', (message) => {
  if (message !== 'take-coverage') return;
  takeCoverage();
  process.send?.('coverage-taken');
});
// Listening must not keep the process alive.
process.channel?.unref();
