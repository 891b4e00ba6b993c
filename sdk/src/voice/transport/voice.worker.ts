/** The worker: the core on a thread that no host page can block. */
import { systemClock } from '../../platform/clock.js';
import { systemIds, systemRandom } from '../../platform/chance.js';
import { openBrowserSocket, requestSession } from './browser-ports.js';
import { CoreCommand, type CoreReport } from './messages.js';
import { createVoiceCore } from './voice-core.js';

const report = (message: CoreReport) => self.postMessage(message);
const core = createVoiceCore({
  clock: systemClock,
  random: systemRandom,
  ids: systemIds,
  openSocket: openBrowserSocket,
  requestSession,
  report,
});
self.onmessage = ({ data, ports }: MessageEvent<unknown>) => {
  const command = CoreCommand.safeParse(data);
  if (command.success) core.command(command.data, ports[0]);
};
report({ type: 'alive' });
