import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createVad, FRAME_MS, FRAME_SAMPLES, measure, vadDefaults, type Vad, type VadOptions } from './vad.js';
import { renderVoice } from './voice-synth.js';

/** A tone of so many dBFS (root mean square), `ms` long. */
function tone(dBFS: number, ms: number): Int16Array {
  const amplitude = 32_768 * 10 ** (dBFS / 20) * Math.SQRT2;
  return Int16Array.from({ length: ms * 16 }, (_, index) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * 200 * index) / 16_000)),
  );
}

/** Feeds sound and says when, in milliseconds since its beginning, events came. */
function feed(vad: Vad, ...sounds: readonly Int16Array[]): string[] {
  const events: string[] = [];
  let frames = 0;
  for (const sound of sounds) {
    for (let at = 0; at + FRAME_SAMPLES <= sound.length; at += FRAME_SAMPLES) {
      frames += 1;
      const { event } = vad.push(sound.subarray(at, at + FRAME_SAMPLES));
      if (event !== 'none') events.push(`${event}@${frames * FRAME_MS}`);
    }
  }
  return events;
}

const silence = (ms: number): Int16Array => new Int16Array(ms * 16);

describe('voice activity by energy', () => {
  const cases: readonly {
    name: string;
    options?: Partial<VadOptions>;
    sounds: readonly Int16Array[];
    events: readonly string[];
  }[] = [
    { name: 'silence never opens an activity', sounds: [silence(5000)], events: [] },
    { name: 'a DC offset is silence', sounds: [new Int16Array(32_000).fill(9000)], events: [] },
    {
      name: 'speech opens at once and silence closes after 500 ms',
      sounds: [silence(200), tone(-20, 400), silence(600)],
      events: ['start@220', 'end@1100'],
    },
    {
      name: 'a pause shorter than silenceDurationMs keeps it open',
      sounds: [tone(-20, 200), silence(480), tone(-20, 200), silence(500)],
      events: ['start@20', 'end@1380'],
    },
    {
      name: 'prefixPaddingMs asks for that much speech',
      options: { prefixPaddingMs: 100 },
      sounds: [tone(-20, 80), silence(400), tone(-20, 200)],
      events: ['start@580'],
    },
    {
      name: 'silenceDurationMs is honoured',
      options: { silenceDurationMs: 200 },
      sounds: [tone(-20, 100), silence(200)],
      events: ['start@20', 'end@300'],
    },
    { name: 'high start sensitivity hears −40 dBFS', sounds: [tone(-40, 100)], events: ['start@20'] },
    {
      name: 'low start sensitivity does not',
      options: { startSensitivity: 'low' },
      sounds: [tone(-40, 2000)],
      events: [],
    },
    {
      name: 'high end sensitivity takes −50 dBFS for silence',
      sounds: [tone(-20, 100), tone(-50, 500)],
      events: ['start@20', 'end@600'],
    },
    {
      name: 'low end sensitivity still hears it',
      options: { endSensitivity: 'low' },
      sounds: [tone(-20, 100), tone(-50, 500)],
      events: ['start@20'],
    },
  ];
  for (const { name, options, sounds, events } of cases) {
    it(name, () => assert.deepEqual(feed(createVad({ ...vadDefaults, ...options }), ...sounds), events));
  }

  it('a spoken sentence is one activity', () => {
    const voice = renderVoice('solve two x plus three equals eleven', { rateHz: 16_000, levelDbfs: -24 });
    const events = feed(createVad(), silence(300), voice, silence(800));
    assert.deepEqual(
      events.map((event) => event.split('@')[0]),
      ['start', 'end'],
    );
  });

  it('flush ends an open activity once', () => {
    const vad = createVad();
    feed(vad, tone(-20, 100));
    assert.equal(vad.active, true);
    assert.equal(vad.flush(), true);
    assert.equal(vad.flush(), false);
  });

  it('starts and ends alternate whatever the sound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -90, max: -3 }), fc.integer({ min: 1, max: 40 })), { maxLength: 30 }),
        (parts) => {
          const events = feed(createVad(), ...parts.map(([dBFS, frames]) => tone(dBFS, frames * FRAME_MS)));
          events.forEach((event, index) => assert.ok(event.startsWith(index % 2 === 0 ? 'start' : 'end')));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('measures level and peak', () => {
    const { rms, peak } = measure(tone(-20, 100));
    assert.ok(Math.abs(20 * Math.log10(rms / 32_768) + 20) < 0.1);
    assert.ok(Math.abs(20 * Math.log10(peak / 32_768) + 17) < 0.1);
  });
});
