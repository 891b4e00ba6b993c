import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { ConfigAnswer } from '../../sdk/src/contracts/config.js';
import { ChangeAnswer, FlagList } from '../../sdk/src/contracts/operator.js';
import { Problem } from '../../sdk/src/contracts/errors.js';
import { startPlane, type RunningPlane } from '../support/control-plane.js';
import { findNats, NO_NATS, ownPrefix } from '../support/buses.js';
import { events, next, type StreamEvent } from '../support/event-stream.js';
import { findPostgres, temporaryDatabase } from '../support/stores.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const postgres = await findPostgres();
const nats = await findNats();
const missing = [
  ...(postgres ? [] : ['no PostgreSQL answers at TEST_DATABASE_URL or 127.0.0.1:5432']),
  ...(nats ? [] : [NO_NATS]),
].join('; ');

describe('two instances over PostgreSQL and NATS', { skip: missing || false }, () => {
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  let proxy: TcpProxy;
  let one: RunningPlane;
  let two: RunningPlane;
  const abort = new AbortController();
  let stream: AsyncGenerator<StreamEvent>;

  before(async () => {
    database = await temporaryDatabase(postgres ?? '');
    const natsUrl = new URL(nats ?? '');
    proxy = await startTcpProxy(natsUrl.hostname, Number(natsUrl.port || 4222));
    const shared = { DATABASE_URL: database.url, BUS_PREFIX: ownPrefix() };
    one = await startPlane({ ...shared, NATS_URL: natsUrl.href });
    two = await startPlane({ ...shared, NATS_URL: `nats://127.0.0.1:${proxy.port}` });
    const held = FlagList.parse(await (await two.operator('/flags')).json()).revision;
    stream = events(
      await fetch(`${two.url}/v1/sites/pk_demo/stream?cohort=3&since=${held}`, {
        headers: { origin: two.origin },
        signal: abort.signal,
      }),
    );
    assert.equal((await next(stream)).event, 'hello');
  });
  after(async () => {
    abort.abort();
    await Promise.all([one.stop(), two.stop()]);
    await proxy.close();
    await database.drop();
  });

  const change = async (enabled: boolean) => {
    const { revision } = FlagList.parse(await (await one.operator('/flags')).json());
    const body = { enabled, expectedRevision: revision };
    return ChangeAnswer.parse(await (await one.operator('/flags/feedback-form', { method: 'PUT', body })).json());
  };
  /** What the page at the second instance is told next: revision and whether the form is on (a disabled flag is left out). */
  const pushed = async () => {
    const { revision, flags } = ConfigAnswer.parse((await next(stream)).data);
    return [revision, flags[0]?.value ?? false];
  };
  const ready = async () => {
    const response = await fetch(`${two.url}/readyz`);
    return response.ok ? 'ready' : Problem.parse(await response.json()).detail;
  };

  it('pushes to pages of one what was changed and rolled back at the other', async () => {
    const { revision, checkpointId } = await change(true);
    assert.deepEqual(await pushed(), [revision, true]);
    const back = await one.operator(`/checkpoints/${checkpointId}/rollback`, {
      method: 'POST',
      body: { expectedRevision: revision },
    });
    assert.deepEqual(await pushed(), [ChangeAnswer.parse(await back.json()).revision, false]);
  });
  it('finds a change by asking the database while its bus is gone, and says that it is not ready', async () => {
    assert.equal(await ready(), 'ready');
    proxy.cut();
    while ((await ready()) === 'ready');
    assert.equal(await ready(), 'not answering: bus');
    const { revision } = await change(true);
    assert.deepEqual(await pushed(), [revision, true]);
    proxy.mend();
    while ((await ready()) !== 'ready');
    const next = await change(false);
    assert.deepEqual(await pushed(), [next.revision, false]);
  });
});
