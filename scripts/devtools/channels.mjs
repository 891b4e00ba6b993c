/** DevTools channels to a Playwright page and to what it starts: workers and worklets. */

/**
 * Opens them. Playwright keeps flat child sessions for itself, so that messages to children are wrapped. It also resumes workers
 * itself: now and then one has begun before `found` could ask for anything.
 *
 * @param page a Playwright page on which nothing ran yet.
 * @param found called for the page and then for each child, as it appears; what it sends at once is obeyed before a child runs.
 */
export async function openChannels(page, found) {
  const session = await page.context().newCDPSession(page);
  const waiting = new Map();
  const listeners = new Map();
  let calls = 0;
  const channelTo = (sessionId) => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(`${sessionId} ${id}`, { resolve, reject });
        const message = JSON.stringify({ id, method, params });
        session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
      }),
    on: (listener) => void listeners.set(sessionId, listener),
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const channel = channelTo(sessionId);
    found(channel, targetInfo.type);
    channel.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  });
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result, error, method, params } = JSON.parse(message);
    if (method) return listeners.get(sessionId)?.(method, params);
    const call = waiting.get(`${sessionId} ${id}`);
    waiting.delete(`${sessionId} ${id}`);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  session.on('Target.detachedFromTarget', ({ sessionId }) => {
    listeners.delete(sessionId);
    for (const [key, call] of waiting) {
      if (!key.startsWith(`${sessionId} `)) continue;
      waiting.delete(key);
      call.reject(new Error('the target is gone'));
    }
  });
  await found(
    {
      send: (method, params) => session.send(method, params),
      on: (listener) =>
        // Playwright names each event apart; those of the network are all that is listened to on a page.
        NETWORK_EVENTS.forEach((method) => session.on(method, (params) => listener(method, params))),
    },
    'page',
  );
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
}

/** Events of the Network domain that a channel of a page passes on. */
const NETWORK_EVENTS = [
  'requestWillBeSent',
  'responseReceived',
  'dataReceived',
  'loadingFinished',
  'loadingFailed',
  'webSocketCreated',
].map((name) => `Network.${name}`);
