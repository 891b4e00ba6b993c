import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planAnswer, toFragments } from './answer-plan.js';
import { parseCli } from './cli-arguments.js';
import { parseClientMessage } from './client-message.js';
import { createResampler, decodeAudio, encodeAudio } from './pcm.js';
import { parseLiveAddress, parseTextAddress } from './request-path.js';
import { matchScenario, parseScript } from './scenario.js';
import { traitsOf } from './models.js';
import { tutorScenarios } from './tutor-scenarios.js';
import { toCloseReason, toDuration, toFrame } from './wire-format.js';

describe('server frames', () => {
  it('are pretty-printed with a trailing newline', () => {
    const frame = toFrame({ setupComplete: {} });
    assert.equal(frame.toString(), '{\n  "setupComplete": {}\n}\n');
    assert.equal(frame.length, 26);
  });
  it('write durations as protobuf does', () => {
    assert.deepEqual([50_000, 9500, 0, 1].map(toDuration), ['50s', '9.500s', '0s', '0.001s']);
  });
  it('cut close reasons to 123 bytes and never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const cut = toCloseReason(text);
        assert.ok(Buffer.byteLength(cut) <= 123);
        assert.ok(text.startsWith(cut));
      }),
    );
  });
});

describe('addresses', () => {
  const method = 'ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
  const cases: readonly [string, Record<string, string>, string | undefined][] = [
    [`/${method}?key=k`, {}, 'v1beta query k'],
    [`//${method}?key=k`, {}, 'v1beta query k'],
    [`/a/prefix/${method}`, { 'x-goog-api-key': 'h' }, 'v1beta header h'],
    [`/${method}?key=k`, { 'x-goog-api-key': 'h' }, 'v1beta header h'],
    [`/${method}`, { authorization: 'Token auth_tokens/t' }, 'v1beta token auth_tokens/t'],
    [`/${method.replace('v1beta', 'v1')}Constrained?access_token=auth_tokens/t`, {}, 'v1 token auth_tokens/t'],
    [`/${method}`, {}, 'v1beta none '],
    [`/${method.replace('v1beta', 'v2')}?key=k`, {}, undefined],
    ['/ws/other?key=k', {}, undefined],
  ];
  for (const [target, headers, expected] of cases) {
    it(`${target} ${JSON.stringify(headers)}`, () => {
      const address = parseLiveAddress(target, headers);
      assert.equal(address && `${address.apiVersion} ${address.source} ${address.key}`, expected);
    });
  }
  it('reads text addresses', () => {
    const address = parseTextAddress('/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse', {
      'x-goog-api-key': 'h',
    });
    assert.deepEqual(address, {
      apiVersion: 'v1beta',
      model: 'gemini-3.8-flash',
      streaming: true,
      key: 'h',
      source: 'header',
    });
  });
});

describe('client messages', () => {
  const closes: readonly [string, string][] = [
    ['nonsense', 'Invalid JSON payload received. Unexpected token.'],
    ['{}', 'Request contains an invalid argument.'],
    ['{"setup":{"model":"models/m"},"realtimeInput":{}}', 'Request contains an invalid argument.'],
    ['{"hello":{}}', 'Invalid JSON payload received. Unknown name "hello": Cannot find field.'],
    [
      '{"setup":{"model":"models/m","x":1}}',
      `Invalid JSON payload received. Unknown name "x" at 'setup': Cannot find field.`,
    ],
    [
      '{"setup":{"model":"models/m","generationConfig":{"x":1}}}',
      `Invalid JSON payload received. Unknown name "x" at 'setup.generation_config': Cannot find field.`,
    ],
    ['{"setup":{"model":5}}', 'Request contains an invalid argument.'],
    [
      '{"toolResponse":{"functionResponses":[{"name":"no-id","response":{}}]}}',
      'Request contains an invalid argument.',
    ],
  ];
  for (const [text, reason] of closes) {
    it(`refuses ${text}`, () => {
      const result = parseClientMessage(text);
      assert.equal(result.ok ? 'taken' : result.close.reason, reason);
    });
  }
  it('takes both namings, and leaves application data alone', () => {
    const result = parseClientMessage(
      '{"tool_response":{"function_responses":[{"id":"1","response":{"my_field":1}}]}}',
    );
    assert.ok(result.ok);
    assert.deepEqual(result.message, {
      type: 'toolResponse',
      body: { functionResponses: [{ id: '1', response: { my_field: 1 } }] },
    });
  });
  it('never throws on any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseClientMessage(text)));
  });
});

describe('audio pieces', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        const decoded = decodeAudio(encodeAudio(samples), 'audio/pcm;rate=16000');
        assert.ok(decoded.ok);
        assert.deepEqual(decoded.piece, { rateHz: 16_000, samples });
      }),
    );
  });
  it('are refused for a reason', () => {
    const fault = (data: string, mime: string): string => {
      const decoded = decodeAudio(data, mime);
      return decoded.ok ? 'ok' : decoded.fault;
    };
    assert.equal(fault('AAA=', 'audio/pcm'), 'ok');
    assert.equal(fault('AAA=', 'audio/wav'), 'mime');
    assert.equal(fault('AAA=', 'audio/pcm;rate=4000'), 'mime');
    assert.equal(fault('A!A=', 'audio/pcm'), 'base64');
    assert.equal(fault('AA==', 'audio/pcm'), 'odd-bytes');
  });
  it('of other rates come to 16 kHz however they are cut', () => {
    const wave = Int16Array.from({ length: 4800 }, (_, index) => Math.round(9000 * Math.sin(index / 20)));
    const whole = createResampler().push({ rateHz: 48_000, samples: wave });
    assert.equal(whole.length, 1600);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4799 }), (cut) => {
        const resampler = createResampler();
        const parts = [wave.subarray(0, cut), wave.subarray(cut)].map((samples) =>
          resampler.push({ rateHz: 48_000, samples }),
        );
        assert.deepEqual(
          parts.flatMap((part) => [...part]),
          [...whole],
        );
      }),
    );
  });
});

describe('scripts', () => {
  it('fragments joined as they are give the text again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => assert.equal(toFragments(text).join(''), text.trim() === '' ? '' : text)),
    );
  });
  it('leave out calls of functions that nobody declared', () => {
    const worked = matchScenario(tutorScenarios, 'Please SOLVE two x  plus three equals eleven');
    assert.ok(worked);
    const traits = traitsOf('gemini-3.8-live');
    const calls = (tools: ReadonlyMap<string, 'blocking' | 'non-blocking'>): number =>
      planAnswer(worked.answer, { tools, traits }).filter(({ type }) => type === 'call').length;
    assert.equal(calls(new Map()), 0);
    assert.equal(calls(new Map([['show_equation', 'blocking']])), 3);
  });
  it('are read strictly', () => {
    assert.equal(parseScript('{').ok, false);
    const wrong = parseScript('{"scenarios":[{"name":"a","when":[],"answer":[{"do":"sing"}]}]}');
    assert.match(wrong.ok ? '' : wrong.message, /scenarios\.0\.answer\.0/);
    assert.equal(
      parseScript('{"scenarios":[{"name":"a","when":["x"],"answer":[{"do":"say","text":"hi"},{"do":"stall"}]}]}').ok,
      true,
    );
  });
});

describe('the command line', () => {
  it('says in one sentence what is wrong', () => {
    for (const args of [['--port', '99999'], ['--speed', 'fast'], ['--nope'], ['extra'], ['--lifetime', '-1']]) {
      const request = parseCli(args);
      assert.ok(request.type === 'wrong');
      assert.match(request.message, /^[^\n]+\.$/);
    }
  });
  it('reads every option', () => {
    const request = parseCli([
      '--port',
      '0',
      '--utterance',
      'a',
      '--utterance',
      'b',
      '--lifetime',
      '1.5',
      '--key',
      'k',
    ]);
    assert.ok(request.type === 'run');
    assert.deepEqual(request.options.utterances, ['a', 'b']);
    assert.equal(request.options.lifetimeMs, 1500);
    assert.equal(request.options.acceptsKey?.('other'), false);
  });
});
