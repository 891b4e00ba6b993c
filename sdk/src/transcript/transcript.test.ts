import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DownMessage } from '../contracts/voice.js';
import { ENTRY_LIMIT, newlySettled, reduceTranscript, transcriptText, type Entry } from './transcript.js';

const say = (turn: number, speaker: 'learner' | 'tutor', delta: string, settled = false): DownMessage => ({
  type: 'transcript',
  seq: 1,
  turn,
  speaker,
  delta,
  settled,
});
const show = (
  turn: number,
  latex: string,
  role: 'problem' | 'step' | 'answer' = 'step',
  caption?: string,
): DownMessage => ({
  type: 'equation',
  seq: 1,
  turn,
  id: 'e',
  latex,
  role,
  ...(caption === undefined ? {} : { caption }),
});
const end = (turn: number, how: 'complete' | 'interrupted' | 'failed' = 'complete'): DownMessage => ({
  type: 'turn-end',
  seq: 1,
  turn,
  how,
});
const after = (...messages: DownMessage[]) => messages.reduce<readonly Entry[]>(reduceTranscript, []);
const brief = (entries: readonly Entry[]) =>
  entries.map((entry) =>
    entry.kind === 'words'
      ? `${entry.speaker}${entry.settled ? '' : '…'}: ${entry.text}`
      : entry.kind === 'formula'
        ? `${entry.role}: ${entry.latex}`
        : `(${entry.note})`,
  );

describe('reduceTranscript', () => {
  const rows: readonly (readonly [string, readonly DownMessage[], readonly string[]])[] = [
    [
      'joins pieces without added spaces',
      [say(1, 'tutor', 'Sub'), say(1, 'tutor', 'tract.', true)],
      ['tutor: Subtract.'],
    ],
    [
      'keeps the order of words and formulas',
      [say(1, 'tutor', 'So'), show(1, 'x=4'), say(1, 'tutor', ' done', true)],
      ['tutor: So', 'step: x=4', 'tutor: done'],
    ],
    [
      'settles an open line when a new one follows it',
      [say(1, 'tutor', 'a'), show(1, 'x'), say(1, 'tutor', 'b')],
      ['tutor: a', 'step: x', 'tutor…: b'],
    ],
    ['shows one formula once in a turn', [show(1, 'x=4'), show(1, ' x=4 ')], ['step: x=4']],
    ['shows it again in another turn', [show(1, 'x=4'), show(2, 'x=4')], ['step: x=4', 'step: x=4']],
    ['marks a shown step as the answer', [show(1, 'x=4', 'step'), show(1, 'x=4', 'answer')], ['answer: x=4']],
    ['never unmarks an answer', [show(1, 'x=4', 'answer'), show(1, 'x=4', 'step')], ['answer: x=4']],
    [
      'puts late learner words above the answer',
      [say(1, 'tutor', 'Yes'), say(1, 'learner', 'is it 4', true)],
      ['learner: is it 4', 'tutor…: Yes'],
    ],
    [
      'goes on with late learner words',
      [say(1, 'learner', 'is '), say(1, 'tutor', 'Yes'), say(1, 'learner', 'it 4', true)],
      ['learner: is it 4', 'tutor…: Yes'],
    ],
    [
      'an interruption settles and is noted once',
      [say(2, 'tutor', 'Well'), { type: 'interrupted', seq: 1, turn: 2 }, end(2, 'interrupted'), end(2, 'interrupted')],
      ['tutor: Well', '(interrupted)'],
    ],
    ['a failed turn is noted', [say(1, 'tutor', 'We'), end(1, 'failed')], ['tutor: We', '(failed)']],
    ['a complete turn settles its words', [say(1, 'tutor', 'We'), end(1)], ['tutor: We']],
    ['blank pieces make no line', [say(1, 'tutor', '  '), say(1, 'tutor', ' ', true)], []],
  ];
  for (const [about, messages, expected] of rows)
    it(about, () => assert.deepEqual(brief(after(...messages)), expected));

  it('returns the same array when nothing changed', () => {
    const entries = after(say(1, 'tutor', 'a', true));
    assert.equal(reduceTranscript(entries, end(1)), entries);
    assert.equal(reduceTranscript(entries, { type: 'config', seq: 2, revision: 1 }), entries);
  });

  it('stays bounded and keeps keys unique and stable, whatever comes', () => {
    const message = fc.oneof(
      fc
        .record({
          turn: fc.integer({ min: 1, max: 3 }),
          who: fc.constantFrom('learner' as const, 'tutor' as const),
          text: fc.string({ maxLength: 5 }),
          done: fc.boolean(),
        })
        .map(({ turn, who, text, done }) => say(turn, who, text, done)),
      fc
        .record({ turn: fc.integer({ min: 1, max: 3 }), latex: fc.constantFrom('x', 'y') })
        .map(({ turn, latex }) => show(turn, latex)),
      fc.integer({ min: 1, max: 3 }).map((turn) => end(turn, 'interrupted')),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (messages) => {
        let entries: readonly Entry[] = [];
        for (const next of messages) {
          const then = reduceTranscript(entries, next);
          const kept = new Set(then.map(({ key }) => key));
          assert.equal(kept.size, then.length);
          assert.ok(entries.every(({ key }) => kept.has(key)));
          entries = then;
        }
      }),
    );
    let entries: readonly Entry[] = [];
    for (let turn = 1; turn <= ENTRY_LIMIT + 20; turn += 1)
      entries = reduceTranscript(entries, say(turn, 'tutor', `line ${turn}`, true));
    assert.equal(entries.length, ENTRY_LIMIT);
    assert.equal(entries.at(-1)?.turn, ENTRY_LIMIT + 20);
  });
});

describe('newlySettled', () => {
  it('tells each line once', () => {
    let entries: readonly Entry[] = [];
    const told: string[] = [];
    for (const message of [
      say(1, 'tutor', 'a'),
      say(1, 'tutor', 'b'),
      show(1, 'x'),
      say(1, 'tutor', 'c', true),
      end(1),
      end(1, 'failed'),
    ]) {
      const then = reduceTranscript(entries, message);
      told.push(...brief(newlySettled(entries, then)));
      entries = then;
    }
    assert.deepEqual(told, ['step: x', 'tutor: ab', 'tutor: c', '(failed)']);
  });
});

describe('transcriptText', () => {
  it('names speakers and keeps formulas as source', () => {
    const entries = after(say(1, 'learner', 'hello', true), show(1, 'x=4', 'answer', 'the root'), end(1, 'failed'));
    assert.equal(transcriptText(entries, { learner: 'You', tutor: 'Tutor' }), 'You: hello\n  $x=4$ (the root)');
  });
});
