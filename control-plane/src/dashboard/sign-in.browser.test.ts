import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { find, focused, furnished, open, ready, shown, switchOf, text } from './dashboard-page.fake.js';
import { browserPorts } from './ports.js';

describe('signing in', () => {
  it('exchanges the token of the link, once', async () => {
    const api = furnished();
    api.signedIn = false;
    let tokens = [api.token];
    const dashboard = await open(api, { takeToken: () => tokens.shift() ?? null });
    await shown(dashboard, 'vt-flags', '[role=switch]');
    expect(api.asked.filter((one) => one.endsWith('/sign-in'))).to.have.length(1);
    expect(text(find(dashboard, '', '.who'))).to.equal('admin admin');
    tokens = [];
  });

  it('takes the token out of the address at once', () => {
    const before = location.href;
    location.hash = 'token=a-good-token-0123456789';
    expect(browserPorts.takeToken()).to.equal('a-good-token-0123456789');
    expect(location.hash).to.equal('');
    expect(browserPorts.takeToken()).to.equal(null);
    history.replaceState(null, '', before);
  });

  it('a used link opens the pages for somebody who is signed in still', async () => {
    const dashboard = await open(furnished(), { takeToken: () => 'a-used-token-0123456789' });
    await shown(dashboard, 'vt-flags', '[role=switch]');
  });

  it('says why a link was refused, and takes another by hand', async () => {
    const api = furnished();
    api.signedIn = false;
    const dashboard = await open(api, { takeToken: () => 'a-used-token-0123456789' });
    expect(text(await shown(dashboard, 'vt-sign-in', '.message'))).to.contain('already used');
    await expect(dashboard).to.be.accessible();
    const field = find<HTMLInputElement>(dashboard, 'vt-sign-in', 'input')!;
    field.focus();
    await sendKeys({ type: 'no link' });
    await sendKeys({ press: 'Enter' });
    expect(text(await shown(dashboard, 'vt-sign-in', '#invalid'))).to.contain('no sign-in link');
    expect(focused()).to.equal(field);
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    await expect(dashboard).to.be.accessible();
    field.value = `http://localhost:8787/dashboard/#token=${api.token ?? ''}`;
    await sendKeys({ press: 'Enter' });
    await shown(dashboard, 'vt-flags', '[role=switch]');
  });

  it('says when nobody answers, and tries again when asked', async () => {
    const api = furnished();
    api.offline = true;
    const dashboard = await open(api);
    const retry = await shown(dashboard, '', '[role=alert] button');
    await expect(dashboard).to.be.accessible();
    api.offline = false;
    retry.click();
    await shown(dashboard, 'vt-flags', '[role=switch]');
  });

  it('a session that ended leads back to the form and leaves nothing behind', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.signedIn = false;
    switchOf(dashboard, 'hints').click();
    expect(text(await shown(dashboard, 'vt-sign-in', '.message'))).to.contain('session has ended');
    expect(api.streams.every(({ readyState }) => readyState === 2)).to.equal(true);
    expect(find(dashboard, '', 'vt-flags')).to.equal(null);
  });

  it('signs out', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    find(dashboard, '', 'header button')!.click();
    expect(text(await shown(dashboard, 'vt-sign-in', '.message'))).to.contain('signed out');
    expect(api.signedIn).to.equal(false);
  });
});
