/** The dashboard on a page of its own against the fake API, and what tests look for in it. For browser tests only. */
import { fixture, html } from '@open-wc/testing';
import './dashboard.js';
import type { DashboardView } from './dashboard-view.js';
import { FakeOperatorApi } from './operator-api.fake.js';
import type { DashboardPorts } from './ports.js';

export const nowMs = Date.parse('2026-03-02T10:30:20Z');
export const minute = 60_000;

/** A house with two flags, one named checkpoint, some history, two pages and an hour of one metric. */
export function furnished(): FakeOperatorApi {
  const api = new FakeOperatorApi(nowMs, {
    hints: { description: 'Offers a hint.', enabled: false, changedAtMs: nowMs - 60 * minute },
    plots: { description: 'Draws a plot.', enabled: true, changedAtMs: nowMs - 90 * minute },
  });
  api.record('operator.signed-in', 'admin', { by: 'link' });
  api.take('quiet morning', 'named');
  const page = (n: number, confirmedRevision: number | null) => ({
    connection: `00000000-0000-4000-9000-00000000000${n}`,
    siteKey: 'pk_demo',
    origin: 'https://school.example',
    cohort: 17 * n,
    release: '0.1.0',
    confirmedRevision,
    confirmedAtMs: confirmedRevision === null ? null : nowMs - 900,
  });
  api.delivery = {
    revision: 4,
    connected: 2,
    confirmed: 1,
    p50Ms: 84,
    p99Ms: 1240,
    pages: [page(1, 4), page(2, null)],
  } as unknown as typeof api.delivery;
  api.metrics = {
    LCP: Array.from({ length: 40 }, (_, i) => ({
      startMs: nowMs - 20_000 - (39 - i) * minute,
      count: 5 + (i % 4),
      p50: 1200 + i,
      p75: 1900 + i,
    })),
  };
  return api;
}

export async function open(api: FakeOperatorApi, ports: Partial<DashboardPorts> = {}): Promise<DashboardView> {
  const all: DashboardPorts = {
    fetch: api.fetch,
    openEvents: api.openEvents,
    after: () => () => {},
    nowMs: () => nowMs,
    takeToken: () => null,
    onFragment: () => () => {},
    copy: async () => true,
    ...ports,
  };
  return fixture<DashboardView>(html`<vt-dashboard .ports=${all}></vt-dashboard>`);
}

/** The first element that matches, in the view of that tag. */
export function find<E extends Element = HTMLElement>(
  dashboard: DashboardView,
  view: string,
  selector: string,
): E | null {
  const scope = view === '' ? dashboard.shadowRoot : dashboard.shadowRoot?.querySelector(view)?.shadowRoot;
  return scope?.querySelector<E>(selector) ?? null;
}
export const all = (dashboard: DashboardView, view: string, selector: string) => [
  ...(dashboard.shadowRoot?.querySelector(view)?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
export const text = (element: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Resolves when the condition holds; looked at after each frame, so a view that never gets there fails by the runner's limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(requestAnimationFrame);
}
export const shown = async (dashboard: DashboardView, view: string, selector: string): Promise<HTMLElement> => {
  await until(() => find(dashboard, view, selector) !== null);
  return present(find(dashboard, view, selector));
};
export const switchOf = (dashboard: DashboardView, flagKey: string) =>
  present(find(dashboard, 'vt-flags', `[role=switch][aria-labelledby=flag-${flagKey}]`));
function present(element: HTMLElement | null): HTMLElement {
  if (!element) throw new Error('not on the page');
  return element;
}
export const noticed = async (dashboard: DashboardView, kind: 'good' | 'bad') =>
  text(await shown(dashboard, '', `.bar.${kind} p`));
export const focused = () => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};
export async function ready(api = furnished(), ports: Partial<DashboardPorts> = {}): Promise<DashboardView> {
  const dashboard = await open(api, ports);
  await shown(dashboard, 'vt-flags', '[role=switch], .state');
  await shown(dashboard, 'vt-checkpoints', 'table, .state');
  await shown(dashboard, 'vt-audit', 'table, .state');
  for (const stream of api.streams) stream.open();
  api.tell('delivery', api.delivery);
  await shown(dashboard, 'vt-live-strip', 'dl');
  return dashboard;
}
