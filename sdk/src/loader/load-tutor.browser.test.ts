/** The loader in a real page: the browser itself enforces integrity; the control plane's answers are played by the test. */
import { expect } from '@open-wc/testing';
import { answerText } from '../../../tests/support/config-answer.js';
import { loadTutor, type Release } from './load-tutor.js';

const { origin } = location;
const realFetch = window.fetch;
const realGet = customElements.get;
const noted: string[] = [];
/** What a release of these tests does when it runs, in place of defining the element: that can be done once a page only. */
const run = (name: string) => void noted.push(name);
let serial = 0;
let definedBy: string | null = null;
let asked: string[] = [];

/** A release: a module of the test server that says its name; `throws` one fails while it runs. */
async function release(name: string): Promise<Release> {
  const url = `${origin}/tests/support/loader-releases/${name}.js?${++serial}`;
  const digest = await crypto.subtle.digest('SHA-384', await (await realFetch(url)).arrayBuffer());
  return { url, integrity: `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}` };
}
const withRelease = (change: Partial<Release>) => answerText(1, { release: { version: '0.1.0', ...change } });

/** Plays the config endpoint. */
function serve(answer: () => Response | Promise<Response>): void {
  window.fetch = async (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return answer();
  };
}
const serveText = (text: string, status = 200) => serve(() => new Response(text, { status }));
const serveNothing = () =>
  serve(() => {
    throw new TypeError('offline');
  });

function element(siteKey: string | null = 'pk_demo'): HTMLElement {
  const made = document.createElement('voice-tutor');
  if (siteKey !== null) made.setAttribute('site-key', siteKey);
  document.body.append(made);
  return made;
}
/** Resolves to the name of the release that ran, or to `unavailable`. */
const outcome = () =>
  new Promise<string>((resolve) => {
    addEventListener('release-ran', (event) => resolve((event as CustomEvent<string>).detail), { once: true });
    addEventListener('voice-tutor-unavailable', () => resolve('unavailable'), { once: true });
  });
async function load(builtIn: Release): Promise<string> {
  const result = outcome();
  loadTutor({ origin, builtIn });
  return result;
}

describe('loader', () => {
  const onRan = (event: Event) => {
    const { detail } = event as CustomEvent<string>;
    run(detail);
    definedBy = detail;
  };
  before(() => addEventListener('release-ran', onRan));
  after(() => removeEventListener('release-ran', onRan));
  beforeEach(() => {
    customElements.get = (name) =>
      name === 'voice-tutor' ? (definedBy ? HTMLElement : undefined) : realGet.call(customElements, name);
  });
  afterEach(() => {
    window.fetch = realFetch;
    customElements.get = realGet;
    document.body.replaceChildren();
    localStorage.clear();
    noted.length = 0;
    asked = [];
    definedBy = null;
  });

  it('runs the release of the live answer and keeps the answer and the cohort, nothing else', async () => {
    const text = withRelease(await release('one'));
    serveText(text);
    element();
    expect(await load(await release('built-in'))).to.equal('one');
    expect(localStorage.getItem('voice-tutor:config:pk_demo')).to.equal(text);
    const cohort = localStorage.getItem('voice-tutor:cohort');
    expect(cohort).to.match(/^\d{1,3}$/);
    expect(asked).to.deep.equal([`${origin}/v1/sites/pk_demo/config?cohort=${cohort}`]);
    expect(localStorage.length).to.equal(2);
  });

  it('keeps the cohort it has', async () => {
    localStorage.setItem('voice-tutor:cohort', '42');
    serveText(withRelease(await release('one')));
    element();
    await load(await release('built-in'));
    expect(asked[0]).to.match(/cohort=42$/);
  });

  it('runs the last known release while the control plane is away', async () => {
    localStorage.setItem('voice-tutor:config:pk_demo', withRelease(await release('one')));
    serveNothing();
    element();
    expect(await load(await release('built-in'))).to.equal('one');
  });

  it('waits 1.5 s for the answer and no longer', async () => {
    const realTimeout = AbortSignal.timeout;
    const budgets: number[] = [];
    const abort = new AbortController();
    AbortSignal.timeout = (ms) => {
      budgets.push(ms);
      return abort.signal;
    };
    window.fetch = (_input, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')));
        // The budget ends.
        queueMicrotask(() => abort.abort());
      });
    element();
    expect(await load(await release('built-in'))).to.equal('built-in');
    expect(budgets).to.deep.equal([1500]);
    AbortSignal.timeout = realTimeout;
  });

  const useless: Readonly<Record<string, (good: Release) => Response>> = {
    'no JSON': () => new Response('<!doctype html>'),
    'an empty body': () => new Response(''),
    'no release': () => new Response('{}'),
    null: () => new Response('null'),
    'a refusal that holds a release': (good) => new Response(withRelease(good), { status: 403 }),
    'a release of another origin': (good) => new Response(withRelease({ ...good, url: 'https://evil.example/x.js' })),
    'a release without a full hash': (good) => new Response(withRelease({ ...good, integrity: 'sha384-abc' })),
    'a release with a weaker hash': (good) => new Response(withRelease({ ...good, integrity: 'sha256-abc' })),
    'a release without an address': ({ integrity }) => new Response(withRelease({ integrity })),
    'a script address': (good) => new Response(withRelease({ ...good, url: 'javascript:alert(1)' })),
  };
  for (const [name, answer] of Object.entries(useless)) {
    it(`runs the built-in release when the answer is ${name}, and keeps nothing of it`, async () => {
      const good = await release('one');
      serve(() => answer(good));
      element();
      expect(await load(await release('built-in'))).to.equal('built-in');
      expect(localStorage.getItem('voice-tutor:config:pk_demo')).to.equal(null);
    });
    it(`runs the last known release when the answer is ${name}`, async () => {
      const [good, known] = [await release('one'), await release('two')];
      localStorage.setItem('voice-tutor:config:pk_demo', withRelease(known));
      serve(() => answer(good));
      element();
      expect(await load(await release('built-in'))).to.equal('two');
    });
  }

  it('never runs a release whose bytes are not those of the answer, and takes the built-in one', async () => {
    const { url } = await release('one');
    serveText(withRelease({ url, integrity: (await release('two')).integrity }));
    element();
    expect(await load(await release('built-in'))).to.equal('built-in');
    expect(noted).to.deep.equal(['built-in']);
  });

  it('takes the built-in release when the other is missing, or throws while it runs', async () => {
    const { integrity } = await release('one');
    serveText(withRelease({ url: `${origin}/nowhere.js`, integrity }));
    element();
    expect(await load(await release('built-in'))).to.equal('built-in');
    definedBy = null;
    const silenced = (event: ErrorEvent) => event.preventDefault();
    const { onerror } = window;
    window.onerror = () => true;
    addEventListener('error', silenced);
    serveText(withRelease(await release('throws')));
    expect(await load(await release('built-in'))).to.equal('built-in');
    removeEventListener('error', silenced);
    window.onerror = onerror;
  });

  it('tells every element when the built-in release fails too, once', async () => {
    const { integrity } = await release('one');
    serveNothing();
    const elements = [element(), element()];
    const told: EventTarget[] = [];
    const note = ({ target }: Event) => {
      if (target) told.push(target);
    };
    document.addEventListener('voice-tutor-unavailable', note);
    expect(await load({ url: `${origin}/nowhere.js`, integrity })).to.equal('unavailable');
    expect(told).to.deep.equal(elements);
    document.removeEventListener('voice-tutor-unavailable', note);
  });

  it('waits for an element that comes or is named later', async () => {
    serveText(withRelease(await release('one')));
    const builtIn = await release('built-in');
    const nameless = element(null);
    const result = outcome();
    loadTutor({ origin, builtIn });
    document.body.append('text', document.createElement('p'));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(asked).to.deep.equal([]);
    nameless.setAttribute('site-key', 'pk_late');
    expect(await result).to.equal('one');
    expect(asked[0]).to.contain('/v1/sites/pk_late/config');
    // Told once: what comes after does not start it again.
    element('pk_other');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(asked.length).to.equal(1);
  });

  it('finds an element inside what is added', async () => {
    serveText(withRelease(await release('one')));
    const result = outcome();
    loadTutor({ origin, builtIn: await release('built-in') });
    const box = document.createElement('div');
    box.innerHTML = '<section><voice-tutor site-key="pk_deep"></voice-tutor></section>';
    document.body.append(box);
    expect(await result).to.equal('one');
    expect(asked[0]).to.contain('pk_deep');
  });

  it('does nothing where the element is defined, before or while it asks', async () => {
    definedBy = 'the page';
    element();
    loadTutor({ origin, builtIn: await release('built-in') });
    expect(asked).to.deep.equal([]);
    definedBy = null;
    const good = await release('one');
    let answered = () => {};
    const answer = new Promise<void>((resolve) => (answered = resolve));
    serve(() => {
      definedBy = 'the page';
      queueMicrotask(answered);
      return new Response(withRelease(good));
    });
    const before = document.scripts.length;
    loadTutor({ origin, builtIn: await release('built-in') });
    await answer;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(document.scripts.length).to.equal(before);
    expect(noted).to.deep.equal([]);
  });

  it('loads once when its script stands on the page twice', async () => {
    serveText(withRelease(await release('one')));
    element();
    const builtIn = await release('built-in');
    const result = outcome();
    loadTutor({ origin, builtIn });
    loadTutor({ origin, builtIn });
    expect(await result).to.equal('one');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(noted).to.deep.equal(['one']);
  });

  it('works where storage is forbidden', async () => {
    const { getItem, setItem } = Storage.prototype;
    Storage.prototype.getItem = Storage.prototype.setItem = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    try {
      serveText(withRelease(await release('one')));
      element();
      expect(await load(await release('built-in'))).to.equal('one');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });

  it('leaves no global and no script behind, and moves nothing', async () => {
    serveText(withRelease(await release('one')));
    element();
    const paragraph = document.createElement('p');
    paragraph.textContent = 'Below the tutor';
    document.body.append(paragraph);
    const builtIn = await release('built-in');
    const seen = () => ({
      keys: [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertySymbols(window).map(String)],
      top: paragraph.getBoundingClientRect().top,
      head: document.head.childElementCount,
    });
    const before = seen();
    const shifts: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift' });
    expect(await load(builtIn)).to.equal('one');
    // The script goes with its `load` event, which is a task after the module ran.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(seen()).to.deep.equal(before);
    expect(shifts).to.deep.equal([]);
    observer.disconnect();
  });

  it('never throws, not even where the page has no observer', () => {
    const { MutationObserver } = window;
    Object.assign(window, { MutationObserver: undefined });
    try {
      loadTutor({ origin, builtIn: { url: '', integrity: '' } });
    } finally {
      Object.assign(window, { MutationObserver });
    }
  });

  it('makes one policy for itself and the release, narrow in addresses, and hands it over on its script', async () => {
    const made: string[] = [];
    const ruled: { createScriptURL(url: string): string; createHTML(html: string): string }[] = [];
    const { trustedTypes } = window as unknown as { trustedTypes: { createPolicy: unknown } };
    const factory = Object.getPrototypeOf(trustedTypes) as { createPolicy: unknown };
    const { createPolicy } = factory;
    factory.createPolicy = (name: string, rules: (typeof ruled)[number]) => {
      made.push(name);
      ruled.push(rules);
      return rules;
    };
    let handed: unknown = null;
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          handed ??= (node as unknown as Record<symbol, unknown>)[Symbol.for('voice-tutor.policy')] ?? null;
    });
    observer.observe(document.head, { childList: true });
    try {
      const good = await release('one');
      serveText(withRelease(good));
      element();
      expect(await load(await release('built-in'))).to.equal('one');
      expect(made).to.deep.equal(['voice-tutor']);
      const [given] = ruled;
      expect(handed).to.equal(given);
      if (!given) return;
      expect(given.createHTML('<p>')).to.equal('<p>');
      expect(given.createScriptURL(good.url)).to.equal(good.url);
      expect(given.createScriptURL('blob:x')).to.equal('blob:x');
      expect(() => given.createScriptURL('https://evil.example/x.js')).to.throw(TypeError);
      expect(() => given.createScriptURL(`${origin}.evil.example/x.js`)).to.throw(TypeError);
    } finally {
      observer.disconnect();
      factory.createPolicy = createPolicy;
    }
  });

  it('tells the elements where the page refuses the policy and requires one', async () => {
    const { set, get, ...rest } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src') ?? {};
    const own = { ...rest, ...(get ? { get } : {}), ...(set ? { set } : {}) };
    Object.defineProperty(HTMLScriptElement.prototype, 'src', {
      ...own,
      set() {
        throw new TypeError('This document requires TrustedScriptURL');
      },
    });
    try {
      serveText(withRelease(await release('one')));
      element();
      expect(await load(await release('built-in'))).to.equal('unavailable');
    } finally {
      Object.defineProperty(HTMLScriptElement.prototype, 'src', own);
    }
  });
});
