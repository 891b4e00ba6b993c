/** The browser's own clock, chance and storage behind the core's ports. */
import { expect } from '@open-wc/testing';
import { Uuid } from '../contracts/ids.js';
import { systemIds, systemRandom } from './chance.js';
import { systemClock } from './clock.js';
import { browserStorage } from './storage.js';

describe('clock', () => {
  it('tells epoch and monotonic time', () => {
    expect(systemClock.nowMs()).to.be.within(Date.parse('2024-01-01'), Date.parse('2200-01-01'));
    expect(systemClock.monotonicMs()).to.be.at.most(systemClock.monotonicMs());
  });
  it('runs a task once, and not one that was cancelled, even twice', async () => {
    const ran: string[] = [];
    const cancel = systemClock.after(0, () => ran.push('cancelled'));
    cancel();
    cancel();
    await new Promise<void>((resolve) => {
      systemClock.after(0, () => {
        ran.push('ran');
        resolve();
      });
    });
    expect(ran).to.deep.equal(['ran']);
  });
});

describe('chance', () => {
  it('draws from 0 up to, not including, 1', () => {
    const drawn = Array.from({ length: 100 }, () => systemRandom.next());
    expect(drawn.every((number) => number >= 0 && number < 1)).to.equal(true);
    expect(new Set(drawn).size).to.be.above(1);
  });
  it('makes random UUIDs of version 4, also where randomUUID is missing', () => {
    const made = Array.from({ length: 1000 }, () => systemIds.uuid());
    for (const id of made) {
      Uuid.parse(id);
      expect(id).to.match(/^.{14}4.{4}[89ab]/);
    }
    expect(new Set(made).size).to.equal(made.length);
  });
});

describe('storage', () => {
  beforeEach(() => localStorage.clear());

  it('keeps strings under names of its own', () => {
    const store = browserStorage();
    expect(store.get('cohort')).to.equal(null);
    localStorage.setItem('cohort', 'of the host');
    store.set('cohort', '7');
    expect(localStorage.getItem('voice-tutor:cohort')).to.equal('7');
    expect(localStorage.getItem('cohort')).to.equal('of the host');
    expect(browserStorage().get('cohort')).to.equal('7');
    store.remove('cohort');
    expect(store.get('cohort')).to.equal(null);
    expect(localStorage.length).to.equal(1);
  });

  it('keeps them in memory where storage is forbidden or full', () => {
    const { getItem, setItem, removeItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('no', 'QuotaExceededError');
    };
    Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse });
    try {
      const store = browserStorage();
      expect(store.get('cohort')).to.equal(null);
      store.set('cohort', '7');
      expect(store.get('cohort')).to.equal('7');
      store.remove('cohort');
      expect(store.get('cohort')).to.equal(null);
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem, removeItem });
    }
  });
});
