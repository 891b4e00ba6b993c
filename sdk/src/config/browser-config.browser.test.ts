/** The real fetch, EventSource and POST against a server: the test runner's own, see `/__events` in its configuration. */
import { expect } from '@open-wc/testing';
import { fetchText, openEventStream, postText } from './browser-config.js';

/** What the server was told so far. */
const told = async () => (await (await fetch('/__told')).json()) as { readonly type: string; readonly body: string }[];

describe('fetchText', () => {
  it('reads a text', async () => {
    expect(await fetchText('/__echo?body=hello', 5000)).to.equal('hello');
  });
  it('throws for a refusal, for one that is too late, and for an address that is none', async () => {
    const failure = (url: string, timeoutMs: number) =>
      fetchText(url, timeoutMs).then(
        () => 'none',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      );
    expect(await failure('/__echo?status=403', 5000)).to.equal('Error');
    expect(await failure('/__hang', 1)).to.equal('TimeoutError');
    expect(await failure('http://[', 5000)).to.equal('TypeError');
  });
});

describe('openEventStream', () => {
  it('hears both kinds of event, nothing else, and closes itself when it breaks', async () => {
    const heard: string[] = [];
    const stream = openEventStream(`/__events?${String(performance.timeOrigin)}`);
    stream?.onEvent((event, data) => heard.push(`${event} ${data}`));
    // The server says three things and ends; the browser's own retry would ask it again and again.
    await new Promise<void>((resolve) => stream?.onBroken(resolve));
    expect(heard).to.deep.equal(['hello {"a":1}', 'config {"b":2}']);
    const opened = async () => (await told()).filter(({ type }) => type === 'stream').length;
    expect(await opened()).to.equal(1);
    stream?.close();
  });
  it('breaks when the server refuses', async () => {
    const stream = openEventStream('/__echo?status=503');
    await new Promise<void>((resolve) => stream?.onBroken(resolve));
  });
  it('is null where the browser has none', () => {
    const { EventSource } = window;
    Object.assign(window, { EventSource: undefined });
    expect(openEventStream('/__events')).to.equal(null);
    Object.assign(window, { EventSource });
  });
});

describe('postText', () => {
  it('posts text that needs no preflight', async () => {
    const before = (await told()).length;
    postText('/__tell', '{"revision":3}');
    let all = await told();
    while (all.length === before) all = await told();
    expect(all.at(-1)).to.deep.equal({ type: 'text/plain', body: '{"revision":3}' });
  });
  it('forgets what fails', async () => {
    const failures: unknown[] = [];
    const note = (event: PromiseRejectionEvent) => failures.push(event.reason);
    addEventListener('unhandledrejection', note);
    postText('http://[', 'x');
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    removeEventListener('unhandledrejection', note);
    expect(failures).to.deep.equal([]);
  });
});
