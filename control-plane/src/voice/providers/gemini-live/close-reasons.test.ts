import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { judgeClose, judgeStatus } from './close-reasons.js';

const closes: readonly (readonly [number, string, string, string])[] = [
  [1007, 'API key not valid. Please pass a valid API key.', 'configuration', 'no'],
  [1007, 'API key expired. Please renew the API key.', 'configuration', 'no'],
  [1007, 'Request contains an invalid argument.', 'configuration', 'no'],
  [1007, 'Invalid JSON payload received. Unknown name "x" at \'setup\': Cannot find field.', 'configuration', 'no'],
  [1007, 'User location is not supported for the API use without a billing account', 'region', 'no'],
  [1008, 'models/x is not found for API version v1beta, or is not supported for', 'configuration', 'no'],
  [1008, "Method doesn't allow unregistered callers", 'configuration', 'no'],
  [1008, 'Operation is not implemented, or supported, or enabled.', 'temporary', 'resume'],
  [1008, 'Requested entity was not found', 'temporary', 'fresh'],
  [1008, 'BidiGenerateContent session not found', 'temporary', 'fresh'],
  [1008, 'Connection aborted because the client failed to close the connection', 'temporary', 'resume'],
  [1011, 'Internal error encountered.', 'temporary', 'resume'],
  [1011, 'The service is currently unavailable.', 'temporary', 'resume'],
  [1011, 'Deadline expired before operation could complete.', 'temporary', 'resume'],
  [1011, 'You exceeded your current quota, please check your plan', 'quota', 'no'],
  [1011, 'RESOURCE_EXHAUSTED', 'quota', 'no'],
  [1011, 'RESOURCE_EXHAUSTED [ORIGINAL ERROR] OVERLOADED_TOO_MANY_RETRIES', 'temporary', 'no'],
  [1000, '', 'temporary', 'resume'],
  [1006, '', 'temporary', 'resume'],
];

describe('ends of a connection', () => {
  for (const [code, reason, failure, retry] of closes)
    it(`${code} ${reason.slice(0, 40)}`, () => assert.deepEqual(judgeClose(code, reason), { failure, retry }));
  it('refused upgrades', () => {
    assert.deepEqual(judgeStatus(403), { failure: 'configuration', retry: 'no' });
    assert.deepEqual(judgeStatus(429), { failure: 'quota', retry: 'no' });
    assert.deepEqual(judgeStatus(503), { failure: 'temporary', retry: 'resume' });
  });
});
