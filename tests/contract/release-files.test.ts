/** Files of releases as browsers fetch them: several over one connection, which stays. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { after, before, it, mock } from 'node:test';
import { startPlane, type RunningPlane } from '../support/control-plane.js';

let plane: RunningPlane;
before(async () => {
  plane = await startPlane();
});
after(() => plane.stop());

it('a connection carries one file after the other, and none is followed by a refusal', async () => {
  const said = mock.method(console, 'error', () => {});
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  for (const path of ['/sdk/v1/voice-tutor.js', '/sdk/0.1.0/voice-tutor.js', '/sdk/v1/voice-tutor.js']) {
    const asked = get(`${plane.url}${path}`, { agent });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    sockets.add(response.socket);
    const free = once(agent, 'free');
    const gone = once(response.socket, 'close').then(() => 'closed');
    let text = '';
    for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) text += piece;
    assert.equal(text, 'export {};\n');
    assert.notEqual(await Promise.race([free, gone]), 'closed');
  }
  assert.equal(sockets.size, 1);
  assert.deepEqual(
    said.mock.calls.map((call) => String(call.arguments[0])),
    [],
  );
  said.mock.restore();
  agent.destroy();
});
