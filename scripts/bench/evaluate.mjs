/** Time that the main thread spends in loader and element until they are set up, ×1 and with the processor slowed ×4. */
import { readiness, startBrowser, startPartner, tag } from './browser.mjs';
import { buildLitButton } from './lit-button.mjs';
import { startPlane } from './processes.mjs';
import { interleave, median } from './statistics.mjs';
import { readTrace } from './trace.mjs';

/** Name of the figure on the command line. */
export const name = 'evaluate';
/** What it measures, in a line. */
export const about = 'main thread time of loader and element, ×1 and ×4, against a one-button Lit element';

/** Measures. */
export async function run({ quick }) {
  const runs = quick ? 2 : 9;
  const partner = await startPartner();
  const plane = await startPlane({ DEMO_ORIGINS: partner.origin });
  const browser = await startBrowser();
  const categories = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile', 'loading', 'toplevel'];
  /** Loads a page in a fresh context while tracing and reads the trace. */
  const load = async (path, rate, isTutor) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    const ready = await readiness(page);
    await browser.startTracing(page, { categories });
    await page.goto(partner.origin + path);
    if (isTutor) await ready();
    else await page.evaluate(() => customElements.whenDefined('bare-button').then(() => true));
    // Drawn as well: two frames after it was set up.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    );
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    await context.close();
    return readTrace(traceEvents, partner.origin + path);
  };
  try {
    partner.script('/lit-button.js', await buildLitButton());
    partner.set('/tutor', tag(plane.url));
    partner.set('/button', '<script type="module" src="/lit-button.js"></script><bare-button></bare-button>');
    const long = { tutor1: [], button1: [], tutor4: [], button4: [] };
    const sampler = (path, rate, isTutor) => async () => {
      const { scriptMs, longMs } = await load(path, rate, isTutor);
      long[`${isTutor ? 'tutor' : 'button'}${rate}`].push(longMs);
      return scriptMs;
    };
    const times = await interleave(
      {
        tutor1: sampler('/tutor', 1, true),
        button1: sampler('/button', 1, false),
        tutor4: sampler('/tutor', 4, true),
        button4: sampler('/button', 4, false),
      },
      runs,
    );
    return [1, 4].flatMap((rate) => [
      {
        figure: name,
        what: `scripts until ready, ×${rate}`,
        value: median(times[`tutor${rate}`]),
        unit: 'ms',
        limit: median(times[`button${rate}`]),
        against: 'one-button Lit element, same build',
        runs,
      },
      {
        figure: name,
        what: `in tasks over 50 ms, ×${rate}`,
        value: median(long[`tutor${rate}`]),
        unit: 'ms',
        limit: median(long[`button${rate}`]),
        against: 'the same',
        runs,
      },
    ]);
  } finally {
    await browser.close();
    await plane.end();
    partner.close();
  }
}
