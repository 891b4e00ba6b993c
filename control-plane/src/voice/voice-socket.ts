/** One socket of a page from its first message to its close: what it may send, how much of it, and whose lesson it joins. */
import { AUDIO_KIND, parseAudioFrame } from '@voice-tutor/sdk/contracts/voice-audio.js';
import { CLOSE, type UpMessage } from '@voice-tutor/sdk/contracts/voice.js';
import type { ErrorCode } from '@voice-tutor/sdk/contracts/errors.js';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import { createPageWire } from './page-wire.js';
import type { SessionBook } from './session-book.js';
import { createBucket, type VoiceOptions } from './session-rules.js';
import { readUpMessage } from './up-message.js';
import type { VoiceCounters } from './voice-counters.js';
import type { VoiceSession } from './voice-session.js';

/** WebSocket's own code for "try again later" (IANA registry). */
const TRY_LATER = 1013;

/** What a socket needs. */
export interface VoiceSocketDeps {
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly options: VoiceOptions;
  readonly counters: VoiceCounters;
  /** The socket that each lesson is at; shared by all sockets. */
  readonly joined: Map<VoiceSession, WebSocket>;
}

/** Serves a socket that was just opened from `origin`. */
export function serveVoiceSocket(socket: WebSocket, origin: string, deps: VoiceSocketDeps): void {
  const { book, clock, log, options, counters, joined } = deps;
  let state: { readonly phase: 'new' | 'joining' } | { readonly phase: 'joined'; readonly session: VoiceSession } = {
    phase: 'new',
  };
  let garbage = 0;
  const mayFrame = createBucket(options.framesPerSecond);
  const mayTalk = createBucket(options.messagesPerSecond);
  const maySend = createBucket(options.bytesPerSecond);
  let heardAtMs = clock.monotonicMs();
  let stopWaiting = clock.after(options.helloMs, () => {
    if (state.phase !== 'joined') close(CLOSE.timeout, 'no hello');
    else expectMore(options.silentMs - options.helloMs);
  });
  /** One timer for a socket, not one for each of its 50 frames a second. */
  function expectMore(delayMs: number): void {
    stopWaiting = clock.after(delayMs, () => {
      const leftMs = heardAtMs + options.silentMs - clock.monotonicMs();
      if (leftMs > 0) expectMore(leftMs);
      else socket.terminate();
    });
  }

  /** Says goodbye to a page that may not hear it: one that cannot take its close is cut off. */
  const close = (code: number, reason: string) => {
    leave();
    socket.close(code, reason);
    stopWaiting = clock.after(options.closeMs, () => socket.terminate());
  };
  const wire = createPageWire({
    socket,
    clock,
    options,
    counters,
    onEnd: () => close(1000, 'over'),
    onSlow: () => close(TRY_LATER, 'too slow'),
  });
  /** The lesson waits for another socket. */
  function leave(): void {
    stopWaiting();
    wire.stop();
    if (state.phase !== 'joined' || joined.get(state.session) !== socket) return;
    joined.delete(state.session);
    state.session.detach();
    book.detached(state.session);
  }
  const bad = () => {
    counters.garbage += 1;
    garbage += 1;
    if (garbage > options.garbage) close(CLOSE.protocol, 'not of the protocol');
  };
  const tooMuch = (reason: string) => {
    counters.tooMuch += 1;
    close(CLOSE.tooMuch, reason);
  };
  const refuse = (code: number, reason: string, error: ErrorCode) => {
    socket.send(JSON.stringify({ type: 'error', seq: 0, code: error, retryable: true }));
    close(code, reason);
  };
  const join = async ({ auth }: Extract<UpMessage, { type: 'hello' }>) => {
    const found = auth.kind === 'session' ? book.take(auth.token, origin) : await book.resume(auth.token, origin);
    if (socket.readyState !== socket.OPEN) {
      // It was brought here for nobody; its page may ask again.
      if (found && found !== 'full' && !joined.has(found)) book.detached(found);
      return;
    }
    if (found === 'full') return refuse(CLOSE.tooMuch, 'no place', 'VT_TOO_MANY_SESSIONS');
    if (!found) return refuse(CLOSE.unauthorized, 'unknown or used token', 'VT_SESSION_EXPIRED');
    const before = joined.get(found);
    joined.set(found, socket);
    before?.close(CLOSE.replaced, 'another socket has this session');
    state = { phase: 'joined', session: found };
    if (found.attach(wire, auth.kind === 'resume' ? auth : null)) {
      if (auth.kind === 'resume') counters.resumed += 1;
      return;
    }
    joined.delete(found);
    found.close();
    refuse(CLOSE.unauthorized, 'too old', 'VT_SESSION_EXPIRED');
  };
  const text = (data: string) => {
    if (!mayTalk(clock.monotonicMs())) return tooMuch('too many messages');
    const message = readUpMessage(data);
    if (message === 'unknown') return void (counters.unknown += 1);
    if (message === 'garbage') return bad();
    if (message.type === 'hello') {
      // One hello a socket: a second, sent while the first still asks the database, would join twice.
      if (state.phase !== 'new') return bad();
      state = { phase: 'joining' };
      return void join(message).catch((error: unknown) => {
        log.error({ error: error as Error }, 'a session could not be joined');
        close(CLOSE.failed, 'failed');
      });
    }
    if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong', sentAtMs: message.sentAtMs }));
    else if (state.phase !== 'joined') return bad();
    if (state.phase === 'joined') state.session.message(message);
  };
  const binary = (data: Buffer) => {
    counters.frames += 1;
    const frame = parseAudioFrame(data);
    if (frame?.kind !== AUDIO_KIND.mic || state.phase !== 'joined') return bad();
    if (!mayFrame(clock.monotonicMs())) counters.droppedFrames += 1;
    else state.session.audio(frame.samples);
  };
  socket.on('message', (data: RawData, isBinary: boolean) => {
    // What still comes after our close is nobody's: it must not join or cost anything.
    if (socket.readyState !== socket.OPEN) return;
    heardAtMs = clock.monotonicMs();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
    if (!maySend(heardAtMs, bytes.length)) return tooMuch('too many bytes');
    try {
      if (isBinary) binary(bytes);
      else text(bytes.toString('utf8'));
    } catch (error) {
      // One page's message must not end everybody's lesson.
      log.error({ error: error as Error }, 'a message could not be handled');
      close(CLOSE.failed, 'failed');
    }
  });
  // Also thrown for frames that break RFC 6455 or are too large; `ws` closes the socket itself.
  socket.on('error', () => void (counters.garbage += 1));
  socket.on('close', leave);
}
