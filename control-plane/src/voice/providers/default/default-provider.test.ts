/** The default provider on a fake clock: sentence by sentence, at the pace of speech, interruptible, and never silent by accident. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../../../platform/clock.js';
import { createDefaultProvider, type LessonPiece, type Synthesise } from './default-provider.js';

const FRAME_MS = 40;

interface FakeClock extends Clock {
  /** Goes on to the next timer; false when none is left. */
  step(): boolean;
}

function createFakeClock(): FakeClock {
  let now = 0;
  let timers: readonly { readonly at: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => now,
    monotonicMs: () => now,
    after(delayMs, task) {
      const timer = { at: now + delayMs, task };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    step() {
      const [next] = [...timers].sort((a, b) => a.at - b.at);
      if (next === undefined) return false;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.task();
      return true;
    },
  };
}

/** Lets every promise that can settle do so; no time passes. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Heard {
  readonly log: string[];
  readonly frames: { readonly atMs: number; readonly length: number; readonly last: number }[];
}

const equation = { latex: 'x = 4', role: 'answer', spoken: 'x equals four' } as const;
const lines: readonly LessonPiece[] = [
  { say: 'One.' },
  { say: '', equation },
  { say: 'Two.', equation },
  { say: 'Three.' },
];

function open(synthesise: Synthesise | null, { silent = false, pieces = lines, onVoiceLost = () => {} } = {}) {
  const clock = createFakeClock();
  const heard: Heard = { log: [], frames: [] };
  const exercises: string[] = [];
  const lesson = { reply: () => ({ pieces }), setExercise: (text: string) => void exercises.push(text) };
  const provider = createDefaultProvider({ clock, openLesson: () => lesson, synthesise, silent, onVoiceLost });
  const session = provider.open(
    { lang: 'en', topic: undefined, grade: undefined },
    {
      learnerText: (delta) => void heard.log.push(`learner ${delta}`),
      thinking: () => void heard.log.push('thinking'),
      tutorText: (delta, settled) => void heard.log.push(settled ? 'settled' : `tutor ${delta.trim()}`),
      say: (sentence) => void heard.log.push(`say ${sentence}`),
      audio(samples) {
        heard.frames.push({
          atMs: clock.monotonicMs(),
          length: samples.length,
          last: samples[samples.length - 1] ?? 0,
        });
        if (heard.log[heard.log.length - 1] !== 'audio') heard.log.push('audio');
      },
      equation: ({ latex }) => void heard.log.push(`equation ${latex}`),
      interrupted: () => void heard.log.push('interrupted'),
      turnEnd: () => void heard.log.push('end'),
      failed: (failure) => void heard.log.push(`failed ${failure}`),
    },
  );
  const runOut = async () => {
    do await settle();
    while (clock.step());
  };
  return { provider, session, clock, heard, exercises, runOut };
}

/** A second of sound for each sentence. */
const second: Synthesise = () => Promise.resolve(new Int16Array(24_010).fill(1000));

describe('speech of the default tutor', () => {
  it('goes out sentence by sentence: words and formula with their sound', async () => {
    const { session, heard, runOut } = open(second);
    session.sendText('solve', []);
    await runOut();
    assert.deepEqual(heard.log, [
      'learner solve', 'thinking', 'tutor One.', 'audio', 'equation x = 4', 'tutor Two.', 'equation x = 4', 'audio', 'tutor Three.', 'audio', 'settled', 'end',
    ]); // prettier-ignore
  });
  it('comes in frames of 40 ms and 1,920 bytes, the last one filled up with silence', async () => {
    const { session, heard, runOut } = open(second, { pieces: [{ say: 'One.' }] });
    session.sendText('solve', []);
    await runOut();
    assert.equal(heard.frames.length, 26);
    assert.ok(heard.frames.every(({ length }) => length * 2 === 1920));
    assert.equal(heard.frames[25]?.last, 0);
  });
  it('is never more than 500 ms ahead of what is heard, and ends when the last word was heard', async () => {
    const { session, heard, clock, runOut } = open(second);
    session.sendText('solve', []);
    await runOut();
    heard.frames.forEach(({ atMs }, index) =>
      assert.ok((index + 1) * FRAME_MS - atMs <= 500, `frame ${index} at ${atMs} ms`),
    );
    assert.equal(heard.frames.filter(({ atMs }) => atMs === 0).length, 12);
    assert.equal(clock.monotonicMs(), heard.frames.length * FRAME_MS);
  });
  it('makes the next sentence while one plays, and not more than that', async () => {
    const asked: string[] = [];
    const { session, runOut } = open((sentence) => {
      asked.push(sentence);
      return second(sentence, new AbortController().signal);
    });
    session.sendText('solve', []);
    await settle();
    assert.deepEqual(asked, ['One.', 'Two.']);
    await runOut();
    assert.deepEqual(asked, ['One.', 'Two.', 'Three.']);
  });
  it('stops at once when the learner cuts in, and its synthesis with it', async () => {
    const signals: AbortSignal[] = [];
    const { session, heard, runOut } = open((sentence, signal) => {
      signals.push(signal);
      return second(sentence, signal);
    });
    session.sendText('solve', []);
    await settle();
    session.interrupt();
    const sent = heard.frames.length;
    await runOut();
    assert.equal(heard.frames.length, sent);
    assert.ok(signals.every(({ aborted }) => aborted));
    assert.equal(heard.log[heard.log.length - 1], 'interrupted');
  });
  it('is cut off by the learner’s next words', async () => {
    const { session, heard, runOut } = open(second);
    session.sendText('first', []);
    await settle();
    session.sendText('second', []);
    await runOut();
    assert.equal(heard.log.filter((line) => line === 'interrupted').length, 1);
    assert.equal(heard.log.filter((line) => line === 'end').length, 1);
    assert.ok(heard.log.indexOf('interrupted') < heard.log.indexOf('learner second'));
  });
});

describe('the page’s own voice', () => {
  it('speaks where no program is installed', async () => {
    const { provider, session, heard, runOut } = open(null);
    session.sendText('solve', []);
    await runOut();
    assert.equal(provider.speaks, 'browser');
    assert.deepEqual(heard.log.filter((line) => line.startsWith('say')), ['say One.', 'say Two.', 'say Three.']); // prettier-ignore
  });
  it('takes over for the rest of a turn when the program fails, after what was playing, reported once', async () => {
    let reports = 0;
    const { session, heard, clock, runOut } = open(
      (sentence, signal) => (sentence === 'Two.' ? Promise.resolve(null) : second(sentence, signal)),
      { onVoiceLost: () => void (reports += 1) },
    );
    session.sendText('solve', []);
    await runOut();
    assert.deepEqual(heard.log.slice(2), [
      'tutor One.', 'audio', 'equation x = 4', 'tutor Two.', 'equation x = 4', 'say Two.', 'tutor Three.', 'say Three.', 'settled', 'end',
    ]); // prettier-ignore
    assert.equal(heard.frames.length * FRAME_MS, clock.monotonicMs());
    session.sendText('again', []);
    await runOut();
    assert.equal(reports, 1);
    assert.ok(heard.log.filter((line) => line === 'audio').length === 2, 'the next turn tries the program again');
  });
  it('is silent when the operator wants silence', async () => {
    const { provider, session, heard, runOut } = open(null, { silent: true });
    session.sendText('solve', []);
    await runOut();
    assert.equal(provider.speaks, 'none');
    assert.equal(heard.log.some((line) => line.startsWith('say')), false); // prettier-ignore
    assert.equal(heard.log.filter((line) => line.startsWith('tutor')).length, 3);
  });
});

describe('a session of the default tutor', () => {
  it('hands the exercise on the page to the lesson until it is closed', () => {
    const { session, exercises } = open(null);
    session.setContext('3x + 4 = 19');
    session.close();
    session.setContext('late');
    session.sendText('late', []);
    assert.deepEqual(exercises, ['3x + 4 = 19']);
  });
  it('a lesson that throws fails the turn, not the process', async () => {
    const { session, heard, runOut } = open(() => Promise.reject(new Error('broken')));
    session.sendText('solve', []);
    await runOut();
    assert.equal(heard.log[heard.log.length - 1], 'failed temporary');
  });
});
