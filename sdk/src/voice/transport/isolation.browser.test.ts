/** Where the core may live, tried in a real browser: workers that work, are refused, never speak, or speak nonsense. */
import { expect } from '@open-wc/testing';
import workerSource from 'inline:./voice.worker.ts';
import { createFakeClock } from '../../../../tests/support/fake-clock.js';
import { findHome, GOODBYE_MS, TRIAL_MS, type CoreHome, type IsolationDeps } from './isolation.js';
import type { CoreCommand, CoreReport } from './messages.js';

/** Workers made while a test runs, so that it can be seen which were ended. */
interface Watched {
  readonly worker: Worker;
  readonly posted: unknown[];
  ended: boolean;
}
const watched: Watched[] = [];
const NativeWorker = globalThis.Worker;
class WatchedWorker extends NativeWorker {
  readonly seen: Watched;
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.seen = { worker: this, posted: [], ended: false };
    watched.push(this.seen);
  }
  override postMessage(message: unknown, transfer?: unknown): void {
    this.seen.posted.push(message);
    super.postMessage(message, transfer as Transferable[]);
  }
  override terminate(): void {
    this.seen.ended = true;
    super.terminate();
  }
}

function setup(source: string) {
  const clock = createFakeClock();
  const reports: CoreReport[] = [];
  const faults: unknown[] = [];
  const commands: CoreCommand[] = [];
  let wake = () => {};
  const deps: IsolationDeps = {
    clock,
    workerSource: source,
    createCore: (report) => ({
      command(command) {
        commands.push(command);
        report({ type: 'flush', turn: commands.length });
      },
    }),
    report(report) {
      reports.push(report);
      wake();
    },
    onFault(error) {
      faults.push(error);
      wake();
    },
  };
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { clock, reports, faults, commands, deps, until };
}

const START: CoreCommand = {
  type: 'start',
  serverOrigin: 'http://127.0.0.1:9',
  siteKey: 'pk_demo',
  request: { consent: { given: true, version: 1 }, lang: 'en' },
  isolation: 'worker',
  release: '1.2.3',
};
const SNAPSHOT = JSON.stringify({
  type: 'snapshot',
  snapshot: {
    phase: 'listening',
    turn: 1,
    micLevel: 0,
    provider: null,
    hears: null,
    speaks: null,
    problem: null,
  },
});

describe('findHome', () => {
  let home: CoreHome | null = null;
  before(() => (globalThis.Worker = WatchedWorker));
  after(() => (globalThis.Worker = NativeWorker));
  afterEach(() => {
    home?.close();
    home = null;
    for (const { worker } of watched.splice(0)) worker.terminate();
  });

  it('takes the worker where one is allowed, and the core answers in it', async () => {
    const { deps, reports, until } = setup(workerSource);
    home = await findHome(['shim', 'frame', 'worker', 'page'], deps);
    expect(home.mode).to.equal('worker');
    home.command(START);
    await until(() => reports.some((report) => report.type === 'snapshot' && report.snapshot.phase === 'reconnecting'));
    home.command({ type: 'end' });
    await until(() => reports.some((report) => report.type === 'snapshot' && report.snapshot.phase === 'ended'));
  });

  it('takes the page when it is asked to, without trying a worker', async () => {
    const { deps, commands, reports } = setup(workerSource);
    home = await findHome(['page', 'worker'], deps);
    home.command({ type: 'interrupt' });
    home.close();
    home.close();
    expect([home.mode, watched.length]).to.deep.equal(['page', 0]);
    expect(commands.map(({ type }) => type)).to.deep.equal(['interrupt', 'end']);
    // What it still says while it closes is told; a closed page hears nothing.
    expect(reports.length).to.equal(2);
  });

  it('falls to the page when the worker never says that it is alive, after 1.5 s, and ends it', async () => {
    const { deps, clock } = setup('self.onmessage = () => {};');
    const finding = findHome(['worker', 'page'], deps);
    expect(clock.pending()).to.deep.equal([TRIAL_MS]);
    clock.advance(TRIAL_MS - 1);
    expect(watched[0]?.ended).to.equal(false);
    clock.advance(1);
    home = await finding;
    expect([home.mode, watched[0]?.ended, clock.pending().length]).to.deep.equal(['page', true, 0]);
  });

  it('falls to the page when the worker’s source fails', async () => {
    const { deps, clock } = setup('throw new Error("planted");');
    home = await findHome(['worker'], deps);
    expect([home.mode, watched[0]?.ended, clock.pending().length]).to.deep.equal(['page', true, 0]);
  });

  it('falls to the page when the constructor throws', async () => {
    const { deps } = setup(workerSource);
    globalThis.Worker = function () {
      throw new TypeError('planted');
    } as never;
    home = await findHome(['worker', 'page'], deps);
    globalThis.Worker = WatchedWorker;
    expect(home.mode).to.equal('page');
  });

  it('ignores what is no report, before and after alive', async () => {
    const { deps, reports, until } = setup(`
      for (const nonsense of [null, 1, 'alive', {}, { type: 'alien' }, { type: 'flush', turn: 'x' }, []]) postMessage(nonsense);
      postMessage({ type: 'alive' });
      postMessage({ type: 'stats', playedSamples: 1e999 });
      postMessage({ type: 'alive' });
      postMessage({ type: 'flush', turn: 7 });`);
    home = await findHome(['worker'], deps);
    await until(() => reports.length > 0);
    expect([home.mode, reports]).to.deep.equal(['worker', [{ type: 'flush', turn: 7 }]]);
  });

  it('an error in a living worker is told and does not end it', async () => {
    const { deps, reports, faults, until } = setup(`
      postMessage({ type: 'alive' });
      self.onmessage = ({ data }) => {
        if (data.type === 'interrupt') throw new Error('planted');
        postMessage({ type: 'flush', turn: 1 });
      };`);
    home = await findHome(['worker'], deps);
    home.command({ type: 'interrupt' });
    await until(() => faults.length > 0);
    home.command({ type: 'end' });
    await until(() => reports.length > 0);
    expect(String(faults[0])).to.contain('planted');
    expect(watched[0]?.ended).to.equal(false);
  });

  it('says goodbye before it ends a worker with a lesson, and is silent from then on', async () => {
    const { deps, clock, reports, until } = setup(`
      postMessage({ type: 'alive' });
      self.onmessage = () => postMessage(${SNAPSHOT});`);
    home = await findHome(['worker'], deps);
    home.command(START);
    await until(() => reports.length > 0);
    home.close();
    home.close();
    home.command({ type: 'interrupt' });
    expect(watched[0]?.posted.slice(1)).to.deep.equal([{ type: 'end' }]);
    expect(watched[0]?.ended).to.equal(false);
    clock.advance(GOODBYE_MS);
    expect([watched[0]?.ended, reports.length, clock.pending().length]).to.deep.equal([true, 1, 0]);
  });

  it('ends a worker without a lesson at once', async () => {
    const { deps } = setup('postMessage({ type: "alive" });');
    home = await findHome(['worker'], deps);
    home.close();
    expect(watched[0]?.ended).to.equal(true);
  });
});

describe('findHome under a page’s policy', () => {
  /** Runs it in a page of its own with a policy; resolves to the modes that two elements got. */
  async function modesUnder(policy: string): Promise<readonly string[]> {
    const frame = document.createElement('iframe');
    const told = new Promise<readonly string[]>((resolve) =>
      addEventListener('message', ({ data, source }: MessageEvent<readonly string[]>) => {
        if (source === frame.contentWindow) resolve(data);
      }),
    );
    const module = new URL('./isolation.ts', import.meta.url).href;
    const trusted = new URL('../../platform/trusted-types.ts', import.meta.url).href;
    const source = 'postMessage({ type: "alive" });';
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module">
      import { findHome } from '${module}';
      import { trustScriptUrl } from '${trusted}';
      const clock = { nowMs: () => 0, monotonicMs: () => 0, after: () => () => {} };
      const createCore = () => ({ command() {} });
      const deps = { clock, workerSource: ${JSON.stringify(source)}, trustScriptUrl: (url) => trustScriptUrl(url), createCore, report() {}, onFault() {} };
      const homes = [await findHome(['worker', 'page'], deps), await findHome(['worker', 'page'], deps)];
      parent.postMessage(homes.map(({ mode }) => mode), '*');
    </script>`;
    document.body.append(frame);
    const modes = await told;
    frame.remove();
    return modes;
  }

  it('a worker that is refused is the page', async () => {
    expect(await modesUnder("worker-src 'none'")).to.deep.equal(['page', 'page']);
  });
  it('blob workers that are allowed are used', async () => {
    expect(await modesUnder('worker-src blob:')).to.deep.equal(['worker', 'worker']);
  });
  it('Trusted Types: one policy serves every element of the page', async () => {
    const policy = "require-trusted-types-for 'script'; trusted-types voice-tutor";
    expect(await modesUnder(policy)).to.deep.equal(['worker', 'worker']);
  });
  it('Trusted Types that know no policy of ours: the page', async () => {
    expect(await modesUnder("require-trusted-types-for 'script'; trusted-types 'none'")).to.deep.equal([
      'page',
      'page',
    ]);
  });
});
