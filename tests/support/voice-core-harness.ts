/** The voice core over fake ports, socket and clock. */
import { AUDIO_KIND, encodeAudioFrame, parseAudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import type { SocketListeners } from '../../sdk/src/protected-core/session/session.js';
import {
  CoreReport,
  type CoreCommand,
  type PlaybackCommand,
  type PlaybackReport,
} from '../../sdk/src/voice/transport/messages.js';
import { createVoiceCore, type CorePort } from '../../sdk/src/voice/transport/voice-core.js';
import { createFakeClock } from './fake-clock.js';

const SESSION_ID = '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00';
/** Begins a lesson. */
export const START: CoreCommand = {
  type: 'start',
  serverOrigin: 'http://tutor',
  siteKey: 'pk_demo',
  request: { consent: { given: true, version: 1 }, lang: 'en' },
  isolation: 'worker',
  release: '1.2.3',
};

/** The end of a channel, with what it was sent. */
export function fakePort() {
  const port = {
    heard: [] as unknown[],
    isClosed: false,
    onmessage: null as CorePort['onmessage'],
    postMessage: (message: unknown) => void port.heard.push(message),
    close: () => void (port.isClosed = true),
    say: (data: unknown) => port.onmessage?.({ data } as MessageEvent),
  };
  return port;
}

/** A core with all it asks of outside. */
export function createCoreHarness() {
  const clock = createFakeClock();
  const reports: CoreReport[] = [];
  const sockets: { sent: (object | ArrayBuffer)[]; isOpen: boolean; listeners: SocketListeners }[] = [];
  let ids = 0;
  const core = createVoiceCore({
    clock,
    random: { next: () => 1 },
    ids: { uuid: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}` },
    openSocket(_url, _protocol, listeners) {
      const socket = {
        sent: [] as (object | ArrayBuffer)[],
        isOpen: true,
        listeners,
        bufferedBytes: 0,
        send: (data: string | ArrayBuffer) =>
          void socket.sent.push(typeof data === 'string' ? (JSON.parse(data) as object) : data),
        close: () => void (socket.isOpen = false),
      };
      sockets.push(socket);
      return socket;
    },
    requestSession: async () => ({
      ok: true,
      value: {
        sessionId: SESSION_ID as never,
        token: 'session-token-001',
        expiresInMs: 60_000,
        voiceUrl: 'ws://gateway',
      },
    }),
    report: (report) => reports.push(CoreReport.parse(report)),
  });
  const settled = () => new Promise<void>((done) => setImmediate(done));
  const socket = () => sockets.at(-1)!;
  const say = (message: object) => socket().listeners.text(JSON.stringify(message));
  const ready = (seq = 0, resumed = false) => {
    socket().listeners.opened();
    say({
      type: 'ready',
      seq,
      sessionId: SESSION_ID,
      resumeToken: 'resume-token-0001',
      resumed,
      provider: 'default',
      hears: 'server',
      speaks: 'server',
    });
  };
  return {
    clock,
    core,
    reports,
    sockets,
    settled,
    socket,
    say,
    ready,
    async live() {
      core.command(START);
      await settled();
      ready();
    },
    /** Tutor sound of a turn as the gateway sends it. */
    sound: (turn: number, samples = 480) =>
      socket().listeners.binary(
        encodeAudioFrame({ kind: AUDIO_KIND.tutor, turn, sequence: 0, samples: new Int16Array(samples).fill(8000) }),
      ),
    frames: () =>
      socket().sent.flatMap((data) => (data instanceof ArrayBuffer ? parseAudioFrame(new Uint8Array(data))! : [])),
    texts: () => socket().sent.filter((data) => !(data instanceof ArrayBuffer)) as { type: string }[],
    stats: () => reports.filter((report) => report.type === 'stats').at(-1),
    snapshot: () => reports.filter((report) => report.type === 'snapshot').at(-1)?.snapshot,
  };
}
/** Turns of the commands of one type that a speaker got. */
export const turnsOf = (port: { heard: unknown[] }, type: PlaybackCommand['type']) =>
  (port.heard as PlaybackCommand[])
    .filter((command) => command.type === type)
    .map((command) => 'turn' in command && command.turn);
/** A microphone frame of one value. */
export const frame = (value: number) => new Int16Array(320).fill(value);
/** A speaker's report. */
export const played = (more: Partial<PlaybackReport>): PlaybackReport => ({
  type: 'played',
  playedSamples: 0,
  underruns: 0,
  gapSamples: 0,
  turn: 0,
  turnSamples: 0,
  ...more,
});
