import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { decodeSamples } from './messages.js';
import { createOutbox } from './outbox.js';

/** An outbox whose line is up or down; `out` is what left: first sample of each slice, or the other message. */
function create(up: boolean) {
  const line = { up };
  const out: string[] = [];
  const outbox = createOutbox((message) => {
    if (!line.up) return false;
    const { realtimeInput } = (typeof message === 'string' ? JSON.parse(message) : message) as {
      realtimeInput: { audio?: { data: string; mimeType: string }; text?: string; audioStreamEnd?: boolean };
    };
    if (realtimeInput.audio) {
      assert.equal(realtimeInput.audio.mimeType, 'audio/pcm;rate=16000');
      const samples = decodeSamples(realtimeInput.audio.data);
      out.push(`${samples.length}×${samples[0]}`);
    } else out.push(realtimeInput.text ?? 'end');
    return true;
  });
  return { line, out, outbox };
}
const frame = (mark: number, length = 320) => new Int16Array(length).fill(mark);

describe('what goes to the Live service', () => {
  it('is sound in slices of 40 ms, whatever the frames, and the rest before the end', () => {
    const { outbox, out } = create(true);
    outbox.audio(frame(1));
    assert.deepEqual(out, []);
    outbox.audio(frame(2));
    outbox.audio(frame(-3, 1500));
    outbox.endAudio();
    assert.deepEqual(out, ['640×1', '640×-3', '640×-3', '220×-3', 'end']);
  });
  it('waits for a line in its order: a second of sound, twenty texts; the oldest of a kind goes and is counted', () => {
    const { outbox, line, out } = create(false);
    for (let mark = 0; mark < 30; mark += 1) outbox.audio(frame(mark, 640));
    for (let mark = 0; mark < 25; mark += 1) outbox.text(`t${mark}`);
    assert.equal(outbox.hasText(), true);
    assert.equal(outbox.dropped(), 10);
    line.up = true;
    outbox.flush();
    assert.deepEqual(out.slice(0, 2), ['640×5', '640×6']);
    assert.deepEqual(out.slice(25, 27), ['t5', 't6']);
    assert.equal(out.length, 45);
    assert.equal(outbox.hasText(), false);
  });
});
