/** The session with its sound, wherever it runs: takes commands, reports. Knows no DOM; ports come with the commands. */
import { AUDIO_KIND, DOWN_RATE_HZ, encodeAudioFrame, parseAudioFrame } from '../../contracts/voice-audio.js';
import type { Clock, Ids, Random } from '../../protected-core/ports.js';
import { createSession, type Session, type SessionDeps } from '../../protected-core/session/session.js';
import type { SessionState } from '../../protected-core/session/states.js';
import { levelOf } from '../capture/framer.js';
import { createResampler, type Resampler } from '../resampler.js';
import type { CoreCommand, CoreReport, PlaybackCommand, PlaybackReport } from './messages.js';
import type { requestSession } from './browser-ports.js';
import { createUplink } from './uplink.js';

/** The end of a MessageChannel, as little of it as is needed. */
export interface CorePort {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** What the core asks of outside. */
export interface VoiceCoreDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly openSocket: SessionDeps['openSocket'];
  readonly requestSession: typeof requestSession;
  readonly report: (report: CoreReport) => void;
}

/** One lesson's core. */
export interface VoiceCore {
  command(command: CoreCommand, port?: CorePort): void;
}

type MicCommand = Extract<CoreCommand, { type: 'mic' }>;
type ContextCommand = Extract<CoreCommand, { type: 'context' }>;

/** Snapshots for the microphone's level are sent at most this often. */
const LEVEL_MS = 100;
/** Counters are told at most this often; the newest are never left out. */
const STATS_MS = 250;
/** What the contract allows to be said of one turn. */
const LONGEST_PLAYED_MS = 3_600_000;
const SILENT: PlaybackReport = {
  type: 'played',
  playedSamples: 0,
  underruns: 0,
  gapSamples: 0,
  turn: 0,
  turnSamples: 0,
};
const UNKNOWN = { provider: null, hears: null, speaks: null };

/** Creates a core at rest. */
export function createVoiceCore(deps: VoiceCoreDeps): VoiceCore {
  let session: Session | null = null;
  let provider: Pick<Extract<CoreReport, { type: 'snapshot' }>['snapshot'], 'provider' | 'hears' | 'speaks'> = UNKNOWN;
  let speaker: CorePort | null = null;
  let microphone: CorePort | null = null;
  let speakerHz = 48_000;
  let resampler: { readonly turn: number; readonly convert: Resampler } | null = null;
  let [level, levelSentMs] = [0, 0];
  let played = SILENT;
  /** What speakers before the present one played: the counters only grow. */
  let playedBefore = { playedSamples: 0, underruns: 0, gapSamples: 0 };
  /** The microphone's end of speech, held until the speech itself is sent. */
  let micEnd: MicCommand | null = null;
  let exercise: ContextCommand | null = null;
  let statsPlanned = false;

  const uplink = createUplink({
    clock: deps.clock,
    send: ({ sequence, samples }) => {
      if (!session) return false;
      const { turn, turnBase } = session.state();
      return session.sendAudio(
        encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: Math.max(0, turn - turnBase), sequence, samples }),
      );
    },
    isOpen: () => isHearing(session?.state()),
    onDrained() {
      const held = micEnd;
      micEnd = null;
      if (held) session?.dispatch({ type: 'learner.sent', message: held });
    },
  });
  const tellSpeaker = (command: PlaybackCommand) =>
    speaker?.postMessage(command, command.type === 'frame' ? [command.samples.buffer as ArrayBuffer] : []);
  const playedInAll = () => ({
    playedSamples: playedBefore.playedSamples + played.playedSamples,
    underruns: playedBefore.underruns + played.underruns,
    gapSamples: playedBefore.gapSamples + played.gapSamples,
  });
  const planStats = () => {
    if (statsPlanned) return;
    statsPlanned = true;
    deps.clock.after(STATS_MS, () => {
      statsPlanned = false;
      const { frames, dropped } = uplink.stats();
      deps.report({ type: 'stats', ...playedInAll(), micFrames: frames, micDropped: dropped });
    });
  };
  const reportState = ({ phase, turn, problem }: SessionState) =>
    deps.report({ type: 'snapshot', snapshot: { phase, turn, problem, micLevel: level, ...provider } });

  const hear = (bytes: ArrayBuffer) => {
    const frame = parseAudioFrame(new Uint8Array(bytes));
    if (!session || frame?.kind !== AUDIO_KIND.tutor) return;
    const { turnBase, flushedTurn } = session.state();
    const turn = frame.turn + turnBase;
    if (turn <= flushedTurn) return;
    // Each turn starts with a filter of its own, so that none rings into the next.
    if (resampler?.turn !== turn) resampler = { turn, convert: createResampler(DOWN_RATE_HZ, speakerHz) };
    const floats = new Float32Array(frame.samples.length);
    for (const [index, sample] of frame.samples.entries()) floats[index] = sample / 32_768;
    // A copy: the resampler's own array is overwritten by the next piece, this one is given away.
    const count = resampler.convert.process(floats);
    tellSpeaker({ type: 'frame', turn, samples: resampler.convert.output.slice(0, count) });
  };
  const speak = (samples: Int16Array) => {
    level = level * 0.7 + levelOf(samples) * 0.3;
    uplink.push(samples);
    // Nobody listens: speech that waited would be heard as if it were new.
    if (session?.state().phase === 'text-only') uplink.clear();
    planStats();
    const nowMs = deps.clock.monotonicMs();
    if (!session || nowMs - levelSentMs < LEVEL_MS) return;
    levelSentMs = nowMs;
    reportState(session.state());
  };
  const playedMs = () => {
    const ofThisTurn = played.turn === session?.state().turn;
    return ofThisTurn ? Math.min(LONGEST_PLAYED_MS, (played.turnSamples * 1000) / speakerHz) : 0;
  };
  const start = ({ serverOrigin, siteKey, request, isolation, release }: Extract<CoreCommand, { type: 'start' }>) => {
    session?.dispatch({ type: 'end' });
    uplink.clear();
    uplink.restart();
    // Turns are numbered from 1 again, and none of them was flushed.
    tellSpeaker({ type: 'reset' });
    played = { ...played, turn: 0, turnSamples: 0 };
    provider = UNKNOWN;
    resampler = null;
    micEnd = null;
    session = createSession({
      clock: deps.clock,
      random: deps.random,
      openSocket: deps.openSocket,
      isolation,
      release,
      requestSession: () => deps.requestSession(serverOrigin, siteKey, request),
      onState(state) {
        reportState(state);
        if (isHearing(state) && uplink.waiting() > 0) uplink.flush();
      },
      onContent(message) {
        if (message.type === 'ready')
          provider = { provider: message.provider, hears: message.hears, speaks: message.speaks };
        else {
          if (message.type === 'turn-end') tellSpeaker({ type: 'finish', turn: message.turn });
          deps.report({ type: 'content', message });
        }
      },
      onAudio: hear,
      onFlush(turn) {
        tellSpeaker({ type: 'flush', turn });
        deps.report({ type: 'flush', turn });
      },
      onGarbage() {},
    });
    session.dispatch({ type: 'start' });
    if (exercise) session.dispatch({ type: 'learner.sent', message: exercise });
  };
  const openSpeaker = (port: CorePort | undefined, rateHz: number) => {
    speaker?.close();
    speaker = port ?? null;
    speakerHz = rateHz;
    resampler = null;
    playedBefore = playedInAll();
    played = SILENT;
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => {
      played = data;
      planStats();
    };
  };
  const openMicrophone = (port: CorePort | undefined) => {
    microphone?.close();
    microphone = port ?? null;
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Int16Array) speak(data);
    };
  };
  const micChanged = (command: MicCommand) => {
    if (command.state === 'closed') openMicrophone(undefined);
    micEnd = null;
    const isEnd = command.state === 'closed' || command.state === 'muted' || command.state === 'talk-up';
    if (isEnd && uplink.waiting() > 0) micEnd = command;
    else session?.dispatch({ type: 'learner.sent', message: command });
  };

  return {
    command(command, port) {
      switch (command.type) {
        case 'start':
          return start(command);
        case 'speaker':
          return openSpeaker(port, command.rateHz);
        case 'microphone':
          return openMicrophone(port);
        case 'mic':
          return micChanged(command);
        case 'text':
          return session?.dispatch({
            type: 'learner.text',
            message: {
              type: 'text',
              id: deps.ids.uuid(),
              source: command.source,
              text: command.text,
              ...(command.alternatives.length > 0 ? { alternatives: command.alternatives } : {}),
            },
          });
        case 'interrupt':
          return session?.dispatch({ type: 'learner.interrupted', playedMs: playedMs() });
        case 'context':
          exercise = command;
          return session?.dispatch({ type: 'learner.sent', message: command });
        case 'feedback':
          return session?.dispatch({ type: 'learner.sent', message: command });
        case 'end':
          uplink.clear();
          return session?.dispatch({ type: 'end' });
      }
    },
  };
}

function isHearing(state: SessionState | undefined): boolean {
  return state?.phase === 'listening' || state?.phase === 'thinking' || state?.phase === 'speaking';
}
