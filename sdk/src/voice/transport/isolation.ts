/** Finds a home for the core, by trial: a worker where the page's policy allows one, else the page itself. */
import type { IsolationMode } from '../../contracts/voice.js';
import type { Clock } from '../../protected-core/ports.js';
import { CoreReport, type CoreCommand } from './messages.js';
import type { VoiceCore } from './voice-core.js';

/** A core somewhere. */
export interface CoreHome {
  readonly mode: IsolationMode;
  command(command: CoreCommand, port?: MessagePort): void;
  /** Ends the lesson, which says goodbye to the gateway, and then frees everything. Harmless twice. */
  close(): void;
}

/** What the trial needs. */
export interface IsolationDeps {
  readonly clock: Clock;
  /** The worker as a classic script. */
  readonly workerSource: string;
  /** Makes the worker's address acceptable under Trusted Types; where that fails the constructor throws and the next mode is tried. */
  readonly trustScriptUrl?: ((url: string) => string) | undefined;
  readonly createCore: (report: (report: CoreReport) => void) => VoiceCore;
  readonly report: (report: CoreReport) => void;
  /** A fault inside a running worker; the worker goes on. */
  readonly onFault: (error: unknown) => void;
}

/** Longest wait for a mode to say that it is alive. */
export const TRIAL_MS = 1500;
/** Time for the goodbye to leave before the worker ends with its socket; without it the gateway keeps the session for a minute. */
export const GOODBYE_MS = 500;

/** Tries the modes in order; `page` always works. Modes that have no home yet (`shim`, `frame`) are passed over. */
export async function findHome(order: readonly IsolationMode[], deps: IsolationDeps): Promise<CoreHome> {
  for (const mode of order) {
    if (mode === 'worker') {
      const home = await tryWorker(deps);
      if (home) return home;
    }
    if (mode === 'page') break;
  }
  return pageHome(deps);
}

function tryWorker({
  clock,
  workerSource,
  trustScriptUrl = String,
  report,
  onFault,
}: IsolationDeps): Promise<CoreHome | null> {
  return new Promise((resolve) => {
    let worker: Worker;
    const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
    try {
      worker = new Worker(trustScriptUrl(url), { name: 'voice-tutor' });
    } catch {
      URL.revokeObjectURL(url);
      return resolve(null);
    }
    let phase: 'trial' | 'alive' | 'closed' = 'trial';
    let inLesson = false;
    const giveUp = () => {
      phase = 'closed';
      cancel();
      URL.revokeObjectURL(url);
      worker.terminate();
      resolve(null);
    };
    const cancel = clock.after(TRIAL_MS, giveUp);
    const home: CoreHome = {
      mode: 'worker',
      command(command, port) {
        if (command.type === 'start') inLesson = true;
        if (phase === 'alive') worker.postMessage(command, port ? [port] : []);
      },
      close() {
        if (phase === 'closed') return;
        if (!inLesson) worker.terminate();
        else {
          worker.postMessage({ type: 'end' } satisfies CoreCommand);
          clock.after(GOODBYE_MS, () => worker.terminate());
        }
        phase = 'closed';
      },
    };
    worker.onerror = (event) => {
      // A refusal by the page's policy arrives here; it is expected and must not reach the page's console handlers.
      event.preventDefault();
      if (phase === 'trial') giveUp();
      else onFault(event.message);
    };
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const parsed = CoreReport.safeParse(data);
      if (!parsed.success || phase === 'closed') return;
      if (parsed.data.type !== 'alive') {
        if (parsed.data.type === 'snapshot')
          inLesson = parsed.data.snapshot.phase !== 'ended' && parsed.data.snapshot.phase !== 'idle';
        return report(parsed.data);
      }
      if (phase !== 'trial') return;
      phase = 'alive';
      cancel();
      URL.revokeObjectURL(url);
      resolve(home);
    };
  });
}

function pageHome({ createCore, report }: IsolationDeps): CoreHome {
  let open = true;
  const core = createCore((message) => {
    if (open) report(message);
  });
  return {
    mode: 'page',
    command: (command, port) => core.command(command, port),
    close() {
      if (!open) return;
      core.command({ type: 'end' });
      open = false;
    },
  };
}
