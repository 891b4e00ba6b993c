import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { all, find, focused, furnished, noticed, ready, shown, text, until } from './dashboard-page.fake.js';
import type { DashboardView } from './dashboard-view.js';

describe('checkpoints and rollbacks', () => {
  const dialogOf = (dashboard: DashboardView) => find<HTMLDialogElement>(dashboard, 'vt-rollback-dialog', 'dialog')!;
  const titled = (dashboard: DashboardView, title: string) =>
    until(() => text(find(dashboard, 'vt-rollback-dialog', 'h2')) === title);
  const rollBack = (dashboard: DashboardView) => all(dashboard, 'vt-checkpoints', 'td.act button').at(-1)!;
  const press = (dashboard: DashboardView, label: string) =>
    all(dashboard, 'vt-rollback-dialog', 'button')
      .find((button) => text(button) === label)!
      .click();

  it('takes one by name', async () => {
    const dashboard = await ready();
    const field = find<HTMLInputElement>(dashboard, 'vt-checkpoints', 'input')!;
    field.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => text(find(dashboard, 'vt-checkpoints', '#invalid')) !== '');
    expect(focused()).to.equal(field);
    await sendKeys({ type: 'before the fair' });
    await sendKeys({ press: 'Enter' });
    expect(await noticed(dashboard, 'good')).to.equal('The checkpoint “before the fair” is taken.');
    await until(() => text(find(dashboard, 'vt-checkpoints', 'tbody .name')) === 'before the fair');
  });

  it('previews, goes back, and undoes, by keyboard', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.changeByOther('hints', true);
    await until(() => all(dashboard, 'vt-checkpoints', 'tbody tr').length === 2);
    rollBack(dashboard).focus();
    await sendKeys({ press: 'Enter' });
    await shown(dashboard, 'vt-rollback-dialog', '.changes');
    expect(dialogOf(dashboard).matches(':modal')).to.equal(true);
    expect(text(find(dashboard, 'vt-rollback-dialog', '.content'))).to.contain(
      'One flag changes; 2 connected pages will be told.',
    );
    expect(text(find(dashboard, 'vt-rollback-dialog', '.changes'))).to.match(/^hints ?on → ?becomes off$/);
    expect(focused()).to.equal(find(dashboard, 'vt-rollback-dialog', 'h2'));
    await expect(dashboard).to.be.accessible();
    await sendKeys({ press: 'Tab' });
    expect(text(focused())).to.equal('Cancel');
    await sendKeys({ press: 'Tab' });
    expect(text(focused())).to.equal('Roll back');
    await sendKeys({ press: 'Enter' });
    await titled(dashboard, 'Rolled back');
    expect(api.flags['hints']?.enabled).to.equal(false);
    await until(() =>
      text(find(dashboard, 'vt-rollback-dialog', '.content')).includes('0 of 2 connected pages have confirmed.'),
    );
    expect(focused()).to.equal(find(dashboard, 'vt-rollback-dialog', 'h2'));
    await sendKeys({ press: 'Tab' });
    expect(text(focused())).to.equal('Undo this rollback');
    await sendKeys({ press: 'Enter' });
    await titled(dashboard, 'The rollback is undone');
    expect(api.flags['hints']?.enabled).to.equal(true);
    await expect(dashboard).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !dialogOf(dashboard).open);
    expect(focused()).to.equal(rollBack(dashboard));
  });

  it('Escape puts the preview away and focus back; nothing changed', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    rollBack(dashboard).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => text(find(dashboard, 'vt-rollback-dialog', '.content')).startsWith('Nothing would change'));
    await sendKeys({ press: 'Escape' });
    await until(() => !dialogOf(dashboard).open);
    expect(focused()).to.equal(rollBack(dashboard));
    expect(api.revision).to.equal(4);
    await sendKeys({ press: 'Enter' });
    await until(() => dialogOf(dashboard).open);
  });

  it('previews anew when something was changed in the meantime', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.changeByOther('hints', true);
    await until(() => all(dashboard, 'vt-checkpoints', 'tbody tr').length === 2);
    rollBack(dashboard).click();
    await shown(dashboard, 'vt-rollback-dialog', '.changes');
    api.changeByOther('plots', false);
    press(dashboard, 'Roll back');
    expect(text(await shown(dashboard, 'vt-rollback-dialog', '.note'))).to.contain('changed in the meantime');
    expect(all(dashboard, 'vt-rollback-dialog', '.changes li')).to.have.length(2);
    expect(api.revision).to.equal(6);
  });

  it('cannot be left while it goes back, and says so when it did not', async () => {
    const api = furnished();
    const dashboard = await ready(api);
    api.changeByOther('hints', true);
    await until(() => all(dashboard, 'vt-checkpoints', 'tbody tr').length === 2);
    rollBack(dashboard).click();
    await shown(dashboard, 'vt-rollback-dialog', '.changes');
    let release = () => {};
    api.gate = new Promise<void>((resolve) => (release = resolve));
    press(dashboard, 'Roll back');
    await shown(dashboard, 'vt-rollback-dialog', '[aria-busy=true]');
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    await new Promise(requestAnimationFrame);
    expect(dialogOf(dashboard).open).to.equal(true);
    api.checkpoints = [];
    release();
    await titled(dashboard, 'The rollback did not happen');
    expect(text(find(dashboard, 'vt-rollback-dialog', '.error'))).to.contain('Nothing was changed.');
  });
});
