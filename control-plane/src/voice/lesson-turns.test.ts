import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createLessonTurns, type UnnumberedMessage } from './lesson-turns.js';

describe('turns of a lesson', () => {
  it('open with the first thing told, speak once, and end with the tutor listening', () => {
    const sent: UnnumberedMessage[] = [];
    const { events } = createLessonTurns({
      send: (message) => void sent.push(message),
      sendAudio() {},
      onCut: () => assert.fail('nothing was cut'),
      onFinal: () => assert.fail('nothing failed'),
    });
    events.turnEnd();
    events.interrupted();
    events.say('x'.repeat(1001));
    events.equation({ latex: 'x', role: 'step', spoken: 'x', caption: 'c'.repeat(201), step: 1 });
    events.turnEnd();
    assert.deepEqual(sent, [
      { type: 'state', state: 'speaking' },
      { type: 'say', turn: 1, text: 'x'.repeat(1000) },
      {
        type: 'equation',
        turn: 1,
        id: 'e1',
        latex: 'x',
        role: 'step',
        spoken: 'x',
        caption: 'c'.repeat(200),
        step: 1,
      },
      { type: 'turn-end', turn: 1, how: 'complete' },
      { type: 'state', state: 'listening' },
    ]);
  });
});
