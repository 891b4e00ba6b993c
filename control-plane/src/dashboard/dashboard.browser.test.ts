import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import {
  all,
  find,
  focused,
  furnished,
  noticed,
  nowMs,
  ready,
  shown,
  switchOf,
  text,
  until,
} from './dashboard-page.fake.js';
import { FakeOperatorApi } from './operator-api.fake.js';

describe('flags', () => {
  it('are switched by keyboard, say that they are busy, and then what happened', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    let release = () => {};
    api.gate = new Promise<void>((resolve) => (release = resolve));
    const hints = switchOf(dashboard, 'hints');
    hints.focus();
    await sendKeys({ press: 'Space' });
    await until(() => hints.getAttribute('aria-busy') === 'true');
    expect(hints.getAttribute('aria-checked')).to.equal('false');
    await sendKeys({ press: 'Space' });
    release();
    await until(() => hints.getAttribute('aria-checked') === 'true');
    expect(await noticed(dashboard, 'good')).to.equal('hints is on since revision 5.');
    expect(find(dashboard, '', '.bar.good')?.parentElement?.getAttribute('role')).to.equal('status');
    expect(focused()).to.equal(hints);
    expect(api.asked.filter((one) => one.startsWith('PUT'))).to.have.length(1);
    await until(() => all(dashboard, 'vt-checkpoints', 'tbody tr').length === 2);
  });

  it('on a conflict show the other’s change and change nothing', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.streams = [];
    api.changeByOther('plots', false);
    switchOf(dashboard, 'hints').click();
    expect(await noticed(dashboard, 'bad')).to.equal(
      'hints was not changed. Meanwhile plots was turned off (revision 5). The list is up to date now: decide again.',
    );
    expect(switchOf(dashboard, 'plots').getAttribute('aria-checked')).to.equal('false');
    expect(switchOf(dashboard, 'hints').getAttribute('aria-checked')).to.equal('false');
    expect(api.flags['hints']?.enabled).to.equal(false);
  });

  it('follow what others change', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.changeByOther('plots', false);
    await until(() => switchOf(dashboard, 'plots').getAttribute('aria-checked') === 'false');
  });

  it('stay as they are when nobody answers', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.offline = true;
    switchOf(dashboard, 'hints').click();
    expect(await noticed(dashboard, 'bad')).to.contain('does not answer');
    expect(find(dashboard, '', '.bar.bad')?.parentElement?.getAttribute('role')).to.equal('alert');
    expect(switchOf(dashboard, 'hints').getAttribute('aria-checked')).to.equal('false');
  });

  it('are only looked at by a viewer', async () => {
    const api = furnished();
    api.operator = { name: 'lena', role: 'viewer' };
    const dashboard = await ready(api);
    switchOf(dashboard, 'hints').click();
    expect(switchOf(dashboard, 'hints').getAttribute('aria-disabled')).to.equal('true');
    expect(all(dashboard, 'vt-checkpoints', 'button:not(.copy)')).to.have.length(0);
    expect(api.asked.some((one) => !one.startsWith('GET'))).to.equal(false);
    await expect(dashboard).to.be.accessible();
  });
});

describe('the live strip', () => {
  it('shows who is connected and how many confirmed', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    const progress = find<HTMLProgressElement>(dashboard, 'vt-live-strip', 'progress')!;
    expect([progress.value, progress.max]).to.deep.equal([1, 2]);
    expect(text(find(dashboard, 'vt-live-strip', 'dl'))).to.contain('84 ms median; 99 of 100 within 1.2 s');
    expect(all(dashboard, 'vt-live-strip', 'tbody tr').map(text)).to.deep.equal([
      'pk_demo https://school.example 17 0.1.0 revision 4 ' + text(find(dashboard, 'vt-live-strip', 'time')),
      'pk_demo https://school.example 34 0.1.0 not yet',
    ]);
    api.tell('delivery', { ...api.delivery, confirmed: 2 });
    await until(() => progress.value === 2);
  });

  it('says that the connection is lost, tries again, and reads anew when it is back', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.streams[0]!.cut(false);
    expect(text(await shown(dashboard, '', '.bar.warn'))).to.contain('connection to the control plane is lost');
    await expect(dashboard).to.be.accessible();
    const [stream] = api.streams;
    api.streams = [];
    api.changeByOther('plots', false);
    stream!.open();
    await until(() => switchOf(dashboard, 'plots').getAttribute('aria-checked') === 'false');
    expect(find(dashboard, '', '.bar.warn')).to.equal(null);
  });

  it('finds out that the session ended when the stream is refused', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.signedIn = false;
    api.streams[0]!.cut(true);
    await shown(dashboard, 'vt-sign-in', '.message');
  });
});

describe('the audit log', () => {
  it('shows entries, copies a hash, and reads older ones', async () => {
    const api = furnished();
    for (let i = 0; i < 120; i += 1) api.record('flag.set-enabled', 'hints', { n: i });
    const copied: string[] = [];
    const dashboard = await ready(api, { copy: async (what) => (copied.push(what), true) });
    expect(all(dashboard, 'vt-audit', 'tbody tr')).to.have.length(100);
    expect(text(find(dashboard, 'vt-audit', '.badge'))).to.equal('Chain intact');
    expect(find(dashboard, 'vt-audit', 'time')?.getAttribute('title')).to.equal('2026-03-02T10:30:20.000Z');
    find(dashboard, 'vt-audit', '.copy')!.click();
    expect(await noticed(dashboard, 'good')).to.equal('Copied the hash of entry 121.');
    expect(copied).to.deep.equal([api.audit[0]?.hash]);
    all(dashboard, 'vt-audit', 'button')
      .find((button) => text(button) === 'Show older entries')!
      .click();
    await until(() => all(dashboard, 'vt-audit', 'tbody tr').length === 121);
  });
});

describe('metrics', () => {
  it('draws the last hour, says it in words, and follows new points', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    const chart = await shown(dashboard, 'vt-metrics', 'vt-chart');
    await until(() => chart.shadowRoot?.querySelector('canvas') !== null);
    expect(chart.shadowRoot?.querySelector('[role=img]')?.getAttribute('aria-label')).to.contain('75th percentile 1.9');
    api.tell('metric', { name: 'LCP', point: { startMs: nowMs - 20_000, count: 9, p50: 1500, p75: 4000 } });
    await until(() => text(find(dashboard, 'vt-metrics', '.legend')).includes('75th percentile 4 s'));
  });

  it('says what to do when nothing was measured', async () => {
    const dashboard = await ready();
    const select = find<HTMLSelectElement>(dashboard, 'vt-metrics', 'select')!;
    select.focus();
    select.value = 'INP';
    select.dispatchEvent(new Event('change'));
    expect(text(await shown(dashboard, 'vt-metrics', '.state'))).to.contain('Open one of the example pages');
  });

  it('is as wide as there is room', async () => {
    const dashboard = await ready();
    const chart = await shown(dashboard, 'vt-metrics', 'vt-chart');
    const width = () => chart.shadowRoot?.querySelector('.uplot')?.clientWidth ?? 0;
    await until(() => width() > 0);
    for (const wide of [1200, 340]) {
      await setViewport({ width: wide, height: 700 });
      await until(() => width() === chart.shadowRoot?.querySelector('.room')?.clientWidth);
    }
    await setViewport({ width: 1000, height: 700 });
  });
});

describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const dashboard = await ready();
      find(dashboard, 'vt-live-strip', 'details')!.setAttribute('open', '');
      await expect(dashboard).to.be.accessible();
      await emulateMedia({ colorScheme: 'light' });
    });
  }

  it('is accessible when there is nothing yet', async () => {
    await expect(await ready(new FakeOperatorApi(nowMs))).to.be.accessible();
  });

  it('fits a screen of 320 px, long names too', async () => {
    await setViewport({ width: 320, height: 640 });
    const api = furnished();
    api.take('x'.repeat(80), 'named');
    const dashboard = await ready(api);
    find(dashboard, 'vt-live-strip', 'details')!.setAttribute('open', '');
    await new Promise(requestAnimationFrame);
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
    await setViewport({ width: 1000, height: 700 });
  });

  it('leaves no stream behind', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    dashboard.remove();
    expect(api.streams.every(({ readyState }) => readyState === 2)).to.equal(true);
  });
});
