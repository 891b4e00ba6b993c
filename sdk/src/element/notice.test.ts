import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { ERROR_CODES } from '../contracts/errors.js';
import { IDLE_LESSON } from '../protected-core/session/lesson.js';
import { errorText, phaseText } from './messages-en.js';
import { micProblemAfter, noticeOf } from './notice.js';

const snapshot = { ...IDLE_LESSON, phase: 'listening' } as const;

describe('noticeOf', () => {
  const rows = [
    ['nothing wrong', snapshot, true, null, null],
    ['offline outdoes the rest', { ...snapshot, problem: 'VT_TUTOR_QUOTA' }, false, null, 'VT_OFFLINE'],
    ['the session’s trouble', { ...snapshot, problem: 'VT_TUTOR_QUOTA' }, true, null, 'VT_TUTOR_QUOTA'],
    [
      'the microphone’s, though the session is well',
      { ...snapshot, mic: 'denied' },
      true,
      'VT_MIC_IN_USE',
      'VT_MIC_IN_USE',
    ],
    ['a microphone without a code', { ...snapshot, mic: 'lost' }, true, null, 'VT_MIC_LOST'],
    ['an old code of a microphone that works again', { ...snapshot, mic: 'open' }, true, 'VT_MIC_DENIED', null],
  ] as const;
  for (const [about, given, online, micProblem, expected] of rows)
    it(about, () => assert.equal(noticeOf(given, online, micProblem), expected));

  it('remembers the microphone’s code until it works again', () => {
    const denied = micProblemAfter(null, { ...snapshot, mic: 'denied', problem: 'VT_MIC_IN_USE' });
    assert.equal(denied, 'VT_MIC_IN_USE');
    assert.equal(micProblemAfter(denied, { ...snapshot, mic: 'denied' }), 'VT_MIC_IN_USE');
    assert.equal(micProblemAfter(denied, { ...snapshot, mic: 'open' }), null);
    assert.equal(micProblemAfter(null, { ...snapshot, problem: 'VT_TUTOR_QUOTA' }), null);
  });
});

describe('messages', () => {
  it('has a sentence for every code, and each says what to do', () => {
    assert.deepEqual(Object.keys(errorText).sort(), [...ERROR_CODES].sort());
    for (const [code, text] of Object.entries(errorText)) {
      assert.match(text, /^[A-Z].*\.$/, code);
      assert.ok(text.length <= 120, `${code}: ${text.length}`);
      assert.doesNotMatch(text, /VT_|error|code|server|socket/i, code);
      assert.match(
        text,
        /\b(type|press|allow|read|tell|wait|come|reload|ask|go on|goes on|check|try|is kept|reached)\b/i,
        `${code} says no way on`,
      );
    }
  });
  it('says each phase differently', () => {
    assert.equal(new Set(Object.values(phaseText)).size, Object.keys(phaseText).length);
  });
});
