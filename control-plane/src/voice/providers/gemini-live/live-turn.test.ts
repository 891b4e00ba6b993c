import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createLiveTurn, type LiveTurn } from './live-turn.js';
import { readServerMessage, type ServerMessage } from './messages.js';

/** A conversation; `told` is what the page is told, `answers` what the service gets back for its calls. */
function create() {
  const told: string[] = [];
  const answers: unknown[] = [];
  const turn = createLiveTurn(
    {
      learnerText: (text, settled) => void told.push(settled ? `learner ${text}.` : `learner ${text}`),
      thinking: () => void told.push('thinking'),
      tutorText: (text, settled) => void told.push(settled ? 'tutor.' : `tutor ${text}`),
      say: () => void told.push('say'),
      audio: (samples) => void told.push(`audio ${samples.length}`),
      equation: ({ latex }) => void told.push(`equation ${latex}`),
      interrupted: () => void told.push('interrupted'),
      turnEnd: () => void told.push('end'),
      failed: (failure) => void told.push(`failed ${failure}`),
    },
    (_id, name, response) => void answers.push([name, response]),
  );
  return { turn, told, answers };
}
const message = (value: object): ServerMessage => {
  const read = readServerMessage(JSON.stringify(value));
  assert.ok(read);
  return read;
};
const content = (value: object) => message({ serverContent: value });
const words = (text: string) => content({ outputTranscription: { text } });
const sound = (samples: number) => ({
  modelTurn: {
    parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: Buffer.alloc(samples * 2).toString('base64') } }],
  },
});
const heard = (text: string, finished = false) => content({ inputTranscription: { text, finished } });
const made = content({ generationComplete: true });
const complete = (more: object = {}) => content({ turnComplete: true, ...more });
const call = (id: string, name: string, args: unknown) =>
  message({ toolCall: { functionCalls: [{ id, name, args }] } });

describe('a conversation with the Live service', () => {
  const rows: readonly (readonly [string, (turn: LiveTurn) => void, readonly string[]])[] = [
    [
      'an answer: words and sound, then its end',
      (turn) => {
        turn.text('hi');
        for (const one of [heard('hi'), words('Hello'), content(sound(10)), made, complete()]) turn.take(one);
      },
      ['learner hi.', 'thinking', 'tutor Hello', 'audio 10', 'tutor.', 'end'],
    ],
    [
      'speech: the learner’s words settle when they are finished, and the tutor thinks',
      (turn) => {
        for (const one of [heard('two'), heard(' x'), heard('', true), words('Yes'), made, complete()]) turn.take(one);
      },
      ['learner two', 'learner  x', 'learner .', 'thinking', 'tutor Yes', 'tutor.', 'end'],
    ],
    [
      'more than a second of sound comes in pieces',
      (turn) => turn.take(content(sound(50_000))),
      ['audio 24000', 'audio 24000', 'audio 2000'],
    ],
    [
      'sound that shares its message with an interruption is not heard',
      (turn) => {
        turn.take(words('Let us'));
        turn.take(content({ interrupted: true, ...sound(10) }));
        turn.take(complete());
      },
      ['tutor Let us', 'tutor.', 'interrupted'],
    ],
    [
      'late words of an interrupted turn begin none',
      (turn) => {
        turn.take(words('Let us'));
        turn.take(content({ interrupted: true }));
        turn.take(words(' see'));
        turn.take(complete());
      },
      ['tutor Let us', 'tutor.', 'interrupted'],
    ],
    [
      'a learner who stops the tutor hears nothing more of that answer, and the next one whole',
      (turn) => {
        turn.take(words('Let us'));
        turn.interrupt();
        for (const one of [words(' see'), content(sound(10)), made, complete(), words('Next'), made, complete()])
          turn.take(one);
      },
      ['tutor Let us', 'tutor.', 'interrupted', 'tutor Next', 'tutor.', 'end'],
    ],
    [
      'stopped while it is only still being heard, it is over; its own end is nobody’s',
      (turn) => {
        turn.take(words('Done'));
        turn.take(made);
        turn.interrupt();
        turn.take(complete());
        turn.text('next');
        turn.take(words('Next'));
        turn.take(made);
        turn.take(complete());
      },
      ['tutor Done', 'tutor.', 'interrupted', 'learner next.', 'thinking', 'tutor Next', 'tutor.', 'end'],
    ],
    [
      'an answer that was cut off and confirmed leaves the next question open',
      (turn) => {
        turn.take(words('Let us'));
        turn.text('wait');
        turn.take(content({ interrupted: true }));
        turn.take(complete());
        turn.take(words('Yes?'));
        turn.take(made);
        turn.take(complete());
      },
      ['tutor Let us', 'tutor.', 'interrupted', 'learner wait.', 'thinking', 'tutor Yes?', 'tutor.', 'end'],
    ],
    [
      'an interruption of a question that is only asked changes nothing',
      (turn) => {
        turn.text('hi');
        turn.take(content({ interrupted: true }));
        turn.take(complete());
        turn.take(words('Hello'));
        turn.take(made);
        turn.take(complete());
      },
      ['learner hi.', 'thinking', 'tutor Hello', 'tutor.', 'end'],
    ],
    ['an interruption of nothing is nothing', (turn) => turn.take(content({ interrupted: true })), []],
    ['an end of nothing is nothing', (turn) => turn.take(complete()), []],
    [
      'a model that thinks aloud goes on in a further turn',
      (turn) => {
        turn.text('hi');
        turn.take(words('Hmm'));
        turn.take(made);
        turn.take(complete({ interactionStatus: 'IN_PROGRESS' }));
        turn.take(words(' four'));
        turn.take(made);
        turn.take(complete({ interactionStatus: 'IDLE' }));
      },
      ['learner hi.', 'thinking', 'tutor Hmm', 'tutor  four', 'tutor.', 'end'],
    ],
    [
      'a turn that the service refuses says so',
      (turn) => {
        turn.text('hi');
        turn.take(complete({ turnCompleteReason: 'PROHIBITED_INPUT_CONTENT' }));
      },
      ['learner hi.', 'thinking', 'failed blocked', 'end'],
    ],
    [
      'a rejected turn without an answer is a passing failure',
      (turn) => {
        turn.text('hi');
        turn.take(complete({ turnCompleteReason: 'RESPONSE_REJECTED' }));
      },
      ['learner hi.', 'thinking', 'failed temporary', 'end'],
    ],
    [
      'parts that are no sound are not heard',
      (turn) =>
        turn.take(
          content({
            modelTurn: { parts: [{ text: 'thought' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
          }),
        ),
      [],
    ],
  ];
  for (const [name, act, expected] of rows) {
    it(name, () => {
      const { turn, told } = create();
      act(turn);
      assert.deepEqual(told, expected);
    });
  }
  it('answers each call once, and says which it does not know or cannot show', () => {
    const { turn, told, answers } = create();
    const equation = call('1', 'show_equation', { latex: 'e\u0301=4', role: 'answer', caption: 5 });
    turn.take(equation);
    turn.take(equation);
    turn.take(call('2', 'open_door', {}));
    turn.take(call('3', 'show_equation', { latex: '\\gdef\\a{x}', role: 'step' }));
    turn.take(call('4', 'show_equation', { role: 'step' }));
    turn.interrupt();
    turn.take(call('5', 'show_equation', { latex: 'x', role: 'step' }));
    // In NFC, as the page would draw it; an odd ornament is left out.
    assert.deepEqual(told, ['equation \u00e9=4', 'interrupted']);
    assert.deepEqual(
      answers.map((answer) => JSON.stringify(answer).replace(/,"hint.*/, '')),
      [
        '["show_equation",{"status":"shown"}]',
        '["open_door",{"status":"invalid","reason":"unknown function"}]',
        '["show_equation",{"status":"invalid","reason":"no commands that define, print, load or link"',
        '["show_equation",{"status":"invalid","reason":"latex (1 to 2000 characters) and role are required"',
        '["show_equation",{"status":"cancelled"}]',
      ],
    );
  });
  it('asks a typed question again when its connection is lost, unless it is given up', () => {
    const { turn, told } = create();
    turn.text('hi');
    assert.equal(turn.lost(), 'hi');
    assert.equal(turn.isIdle(), false);
    assert.equal(turn.lost(true), null);
    assert.deepEqual(told, ['learner hi.', 'thinking', 'interrupted']);
    assert.equal(turn.isIdle(), true);
  });
  it('does not ask again what was being answered', () => {
    const { turn, told } = create();
    turn.text('hi');
    turn.take(words('Hello'));
    assert.equal(turn.lost(), null);
    assert.deepEqual(told.slice(2), ['tutor Hello', 'tutor.', 'interrupted']);
  });
});
