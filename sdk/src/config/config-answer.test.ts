import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerText, decision, flag } from '../../../tests/support/config-answer.js';
import { ANSWER_LIMIT, parseConfigAnswer, parseJson, variantOf } from './config-answer.js';
import { ConfigAnswer, StreamHello } from '../contracts/config.js';

const parse = (text: string) => {
  const parsed = parseConfigAnswer(text);
  assert.ok(parsed);
  return parsed;
};
const variant = (change: Readonly<Record<string, unknown>>) =>
  variantOf(parse(answerText(9, change)).answer, 'feedback-form');

describe('reading a config answer', () => {
  it('gives what the contract gives', () => {
    const text = answerText(3);
    assert.deepEqual(parse(text), { answer: ConfigAnswer.parse(JSON.parse(text)), ignored: 0 });
  });

  it('leaves out items of a kind it does not know and keeps the rest', () => {
    const { answer, ignored } = parse(
      answerText(3, {
        flags: [flag('one', true), { flagKey: 'two', value: { deep: 1 } }, flag('three', false)],
        decisions: [decision('flag.disabled', 2, { flagKey: 'one' }), decision('page.painted', 3, { colour: 'green' })],
        voice: { isolation: ['hologram', 'page'] },
      }),
    );
    assert.deepEqual(
      answer.flags.map(({ flagKey }) => flagKey),
      ['one', 'three'],
    );
    assert.deepEqual(
      answer.decisions.map(({ kind }) => kind),
      ['flag.disabled'],
    );
    assert.deepEqual(answer.voice.isolation, ['page']);
    assert.equal(ignored, 3);
  });

  it('refuses what is no answer', () => {
    const one = answerText(1);
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '"x"',
      '{}',
      answerText(1, { revision: -1 }),
      answerText(1, { site: 7 }),
    ])
      assert.equal(parseConfigAnswer(text), null, text);
    assert.equal(parseConfigAnswer(null), null);
    assert.equal(parseConfigAnswer(one.padEnd(ANSWER_LIMIT + 1)), null);
    assert.notEqual(parseConfigAnswer(one.padEnd(ANSWER_LIMIT)), null);
    assert.equal(
      parseConfigAnswer(answerText(1, { flags: Array.from({ length: 2001 }, () => flag('a', true)) })),
      null,
    );
  });

  it('never throws, and gives null or an answer of the contract, whatever is stored or streamed', () => {
    const broken = fc
      .tuple(fc.constantFrom(...Object.keys(JSON.parse(answerText(1)) as object)), fc.jsonValue())
      .map(([key, value]) => answerText(1, { [key]: value }));
    const cut = fc.nat(600).map((length) => answerText(1).slice(0, length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), broken, cut), (text) => {
        const parsed = parseConfigAnswer(text);
        if (parsed) ConfigAnswer.parse(parsed.answer);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every good flag whatever stands beside it', () => {
    const good = fc.constantFrom('one', 'two', 'three').map((key) => flag(key, true));
    const item = fc.oneof(
      good.map((value) => ({ good: true, value: value })),
      fc.jsonValue().map((value) => ({ good: false, value: value })),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const { answer, ignored } = parse(answerText(1, { flags: items.map(({ value }) => value) }));
        const kept = items.filter((one) => one.good).map((one) => one.value);
        assert.deepEqual(answer.flags, kept);
        assert.equal(ignored, items.length - kept.length);
      }),
    );
  });

  it('answers null for JSON that does not fit a schema', () => {
    assert.equal(parseJson(StreamHello, '{"revision":1}'), null);
    assert.equal(parseJson(StreamHello, 'x'), null);
  });
});

describe('the variant in force', () => {
  const disabled = (revision: number) => decision('flag.disabled', revision, { flagKey: 'feedback-form' });
  const restored = (revision: number, ...flagKeys: string[]) => decision('flags.restored', revision, { flagKeys });
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string | null])[] = [
    ['the list says on', {}, 'on'],
    ['the list says off', { flags: [flag('feedback-form', false)] }, null],
    ['unknown', { flags: [] }, null],
    ['a number is a variant like any other', { flags: [{ ...flag('feedback-form', true), value: 0 }] }, 'on'],
    ['disabled by a decision, whatever the list says', { decisions: [disabled(9)] }, null],
    ['another flag is disabled', { decisions: [decision('flag.disabled', 9, { flagKey: 'plots' })] }, 'on'],
    ['restored after it was disabled', { decisions: [disabled(8), restored(9, 'plots', 'feedback-form')] }, 'on'],
    ['another one restored', { decisions: [disabled(8), restored(9, 'plots')] }, null],
    ['disabled after it was restored', { decisions: [restored(8, 'feedback-form'), disabled(9)] }, null],
    [
      'the newest counts, in whatever order they stand',
      { decisions: [restored(9, 'feedback-form'), disabled(8)] },
      'on',
    ],
    ['of one revision the last counts', { decisions: [disabled(9), restored(9, 'feedback-form')] }, 'on'],
    [
      'restored, but the list says off',
      { flags: [flag('feedback-form', false)], decisions: [disabled(8), restored(9, 'feedback-form')] },
      null,
    ],
    ['decisions about other things', { decisions: [decision('sessions.drained', 9, {})] }, 'on'],
  ];
  for (const [name, change, expected] of cases) it(name, () => assert.equal(variant(change), expected));
});
