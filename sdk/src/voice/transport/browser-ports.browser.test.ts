/** The real WebSocket's and fetch's faces: what opens, what is told of a failure, what a refusal means to the learner. */
import { expect } from '@open-wc/testing';
import { openBrowserSocket, requestSession } from './browser-ports.js';

const REQUEST = { consent: { given: true, version: 1 }, lang: 'en' } as const;
const ANSWER = {
  sessionId: '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00',
  token: 'session-token-001',
  expiresInMs: 60_000,
  voiceUrl: 'ws://tutor.test/v1/voice',
};

/** A socket that the test plays. */
class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket | null = null;
  static throws = false;
  readyState = 0;
  bufferedAmount = 7;
  binaryType = 'blob';
  readonly sent: unknown[] = [];
  closes = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  constructor() {
    if (FakeSocket.throws) throw new SyntaxError('planted');
    FakeSocket.last = this;
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    this.closes += 1;
  }
}

describe('openBrowserSocket', () => {
  const native = globalThis.WebSocket;
  beforeEach(() => (globalThis.WebSocket = FakeSocket as never));
  afterEach(() => {
    globalThis.WebSocket = native;
    FakeSocket.throws = false;
  });
  function open() {
    const heard: string[] = [];
    const socket = openBrowserSocket('ws://x', 'p', {
      opened: () => heard.push('opened'),
      text: (data) => heard.push(data),
      binary: (data) => heard.push(`${data.byteLength} bytes`),
      closed: () => heard.push('closed'),
    });
    return { heard, socket, fake: FakeSocket.last! };
  }

  it('tells what happens, and sends only while it is open', () => {
    const { heard, socket, fake } = open();
    socket.send('too early');
    fake.readyState = 1;
    fake.onopen?.();
    socket.send('now');
    fake.onmessage?.({ data: 'words' });
    fake.onmessage?.({ data: new ArrayBuffer(3) });
    fake.onmessage?.({ data: new Blob() });
    fake.onclose?.();
    expect(heard).to.deep.equal(['opened', 'words', '3 bytes', 'closed']);
    expect([fake.sent, fake.binaryType, socket.bufferedBytes]).to.deep.equal([['now'], 'arraybuffer', 7]);
  });
  it('says nothing more once it was closed from here', () => {
    const { heard, socket, fake } = open();
    socket.close();
    fake.onopen?.();
    fake.onmessage?.({ data: 'x' });
    fake.onclose?.();
    expect([heard, fake.closes]).to.deep.equal([[], 1]);
  });
  it('an address that the browser throws at counts as closed, told a moment later', async () => {
    FakeSocket.throws = true;
    const { heard, socket } = open();
    socket.send('x');
    expect([heard.length, socket.bufferedBytes]).to.deep.equal([0, 0]);
    await Promise.resolve();
    expect(heard).to.deep.equal(['closed']);
    const other = open();
    other.socket.close();
    await Promise.resolve();
    expect(other.heard).to.deep.equal([]);
  });
});

describe('requestSession', () => {
  const native = globalThis.fetch;
  afterEach(() => (globalThis.fetch = native));
  const answer = (status: number, body: unknown) => {
    const calls: [string, RequestInit][] = [];
    globalThis.fetch = async (url, init) => {
      calls.push([url as string, init ?? {}]);
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
    };
    return calls;
  };
  const ask = () => requestSession('http://tutor.test', 'pk demo', REQUEST);
  const problem = (code: string, status: number) => ({ type: 'about:blank', title: 'x', status, code });

  it('posts without cookies and hands on the right to a socket', async () => {
    const calls = answer(201, ANSWER);
    expect(await ask()).to.deep.equal({ ok: true, value: ANSWER });
    const [url, init] = calls[0]!;
    expect(url).to.equal('http://tutor.test/v1/sites/pk%20demo/sessions');
    expect([init.method, init.credentials, JSON.parse(init.body as string)]).to.deep.equal(['POST', 'omit', REQUEST]);
  });
  for (const [status, body, code, retryable] of [
    [403, problem('forbidden-origin', 403), 'VT_ORIGIN_REFUSED', false],
    [404, problem('not-found', 404), 'VT_SITE_UNKNOWN', false],
    [403, problem('consent-required', 403), 'VT_CONSENT_REQUIRED', false],
    [429, problem('too-many-requests', 429), 'VT_TOO_MANY_SESSIONS', true],
    [503, problem('unavailable', 503), 'VT_UNAVAILABLE', true],
    [502, '<html>', 'VT_UNAVAILABLE', true],
    [500, { surprise: true }, 'VT_UNAVAILABLE', true],
    [201, { token: 'short' }, 'VT_PROTOCOL', false],
  ] as const)
    it(`${status} ${JSON.stringify(body).slice(0, 40)} is ${code}`, async () => {
      answer(status, body);
      expect(await ask()).to.deep.equal({ ok: false, error: { code, retryable } });
    });
  it('a network that fails is worth another try', async () => {
    globalThis.fetch = () => Promise.reject(new TypeError('planted'));
    expect(await ask()).to.deep.equal({ ok: false, error: { code: 'VT_UNAVAILABLE', retryable: true } });
  });
});
