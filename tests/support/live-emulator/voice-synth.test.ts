import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { measure } from './vad.js';
import { renderVoice, speechMs } from './voice-synth.js';

const dBFS = (value: number): number => 20 * Math.log10(value / 32_768);

describe('the synthetic voice', () => {
  const text = 'That leaves two x equals eight.';
  const voice = renderVoice(text);

  it('is as long as its text asks for', () => {
    assert.equal(voice.length, (speechMs(text) / 1000) * 24_000);
    assert.equal(speechMs(text), text.length * 60);
    assert.equal(speechMs('a'), 200);
  });
  it('has a level of about −12 dBFS and does not clip', () => {
    const { rms, peak } = measure(voice);
    assert.ok(Math.abs(dBFS(rms) + 12) < 2, `${dBFS(rms)} dBFS`);
    assert.ok(peak < 32_767);
  });
  it('is never silent', () => {
    for (let at = 0; at + 480 <= voice.length; at += 480) {
      assert.ok(dBFS(measure(voice.subarray(at, at + 480)).rms) > -30);
    }
  });
  it('is the same for the same text and another for another', () => {
    assert.deepEqual(renderVoice(text), voice);
    assert.notDeepEqual(renderVoice('That leaves two y equals eight.'), voice);
  });
});
