/** Clients for tests of the emulator: Google's own, and a bare WebSocket that shows every byte. Both wait for events and never sleep. */
import {
  FunctionResponse,
  GoogleGenAI,
  LiveSendToolResponseParameters,
  Modality,
  type LiveConnectConfig,
  type LiveServerMessage,
  type Session,
} from '@google/genai';
import { WebSocket, type ClientOptions } from 'ws';
import { encodeAudio } from './pcm.js';
import { renderVoice } from './voice-synth.js';

/** Longest wait for an awaited event before a test fails with the list of what came. */
const PATIENCE_MS = 10_000;

/** A list that grows, and that can be waited upon. */
export interface Inbox<Item> {
  readonly items: readonly Item[];
  push(item: Item): void;
  /** The first item from `from` on that fits, now or when it comes. */
  until(fits: (item: Item) => boolean, from?: number): Promise<Item>;
}

/** Creates an empty inbox; `name` appears in the failure. */
export function createInbox<Item>(name: string): Inbox<Item> {
  const items: Item[] = [];
  const waiting = new Set<() => void>();
  return {
    items,
    push(item) {
      items.push(item);
      for (const look of [...waiting]) look();
    },
    until(fits, from = 0) {
      return new Promise((done, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          fail(
            new Error(
              `${name}: nothing that fits among ${JSON.stringify(items)
                .replace(/[\w+/]{64,}=*/g, '…')
                .slice(0, 2000)}`,
            ),
          );
        }, PATIENCE_MS);
        const look = (): void => {
          const index = items.findIndex((item, at) => at >= from && fits(item));
          if (index < 0) return;
          clearTimeout(timer);
          waiting.delete(look);
          done(items[index] as Item);
        };
        waiting.add(look);
        look();
      });
    },
  };
}

/** What became of a connection. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A session of Google's client. */
export interface GoogleClient {
  readonly session: Session;
  readonly inbox: Inbox<LiveServerMessage>;
  readonly closed: Inbox<Closed>;
}

/** Opens a session with Google's client; rejects as that client does. */
export async function connectGoogle(
  baseUrl: string,
  {
    apiKey = 'any-key',
    model = 'gemini-3.8-live',
    config = {},
  }: { readonly apiKey?: string; readonly model?: string; readonly config?: LiveConnectConfig } = {},
): Promise<GoogleClient> {
  const inbox = createInbox<LiveServerMessage>('messages');
  const closed = createInbox<Closed>('closes');
  const ai = new GoogleGenAI({ apiKey, httpOptions: { baseUrl } });
  const session = await ai.live.connect({
    model,
    config: { responseModalities: [Modality.AUDIO], ...config },
    callbacks: {
      onmessage: (message) => inbox.push(message),
      onclose: ({ code, reason }: { code: number; reason: string }) => closed.push({ code, reason }),
      onerror: () => undefined,
    },
  });
  return { session, inbox, closed };
}

/** Answers function calls with Google's client. */
export function answerCalls(
  session: Session,
  calls: readonly Pick<FunctionResponse, 'id' | 'name'>[],
  answer: Pick<FunctionResponse, 'response' | 'scheduling'>,
): void {
  const functionResponses = calls.map(({ id, name }) =>
    Object.assign(new FunctionResponse(), { id: id ?? '', name: name ?? '', ...answer }),
  );
  session.sendToolResponse(Object.assign(new LiveSendToolResponseParameters(), { functionResponses }));
}

/** One frame as it came. */
export interface RawFrame {
  readonly binary: boolean;
  readonly text: string;
}

/** A bare WebSocket. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly frames: Inbox<RawFrame>;
  readonly closed: Inbox<Closed>;
  send(message: object | string): void;
}

/** Opens a bare WebSocket; resolves when it is open. */
export function connectRaw(url: string, path: string, options: ClientOptions = {}): Promise<RawClient> {
  const frames = createInbox<RawFrame>('frames');
  const closed = createInbox<Closed>('closes');
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, options);
  socket.on('message', (data, binary) => frames.push({ binary, text: (data as Buffer).toString('utf8') }));
  socket.on('close', (code, reason) => closed.push({ code, reason: reason.toString('utf8') }));
  return new Promise((done, fail) => {
    socket.once('error', fail);
    socket.once('open', () => {
      done({
        socket,
        frames,
        closed,
        send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
      });
    });
  });
}

/** The path of the Live method, with one slash before it. */
export const LIVE_PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';

/** Speech-like sound and the silence after it, 16 kHz, as base64 slices of 40 ms. */
export function speechSlices(words: string, silenceMs = 700): readonly string[] {
  const voice = renderVoice(words, { rateHz: 16_000, levelDbfs: -20 });
  const all = new Int16Array(voice.length + silenceMs * 16);
  all.set(voice);
  const slices: string[] = [];
  for (let at = 0; at < all.length; at += 640) slices.push(encodeAudio(all.subarray(at, at + 640)));
  return slices;
}

/** Silence alone, in the same slices. */
export function silentSlices(ms: number): readonly string[] {
  return Array.from({ length: Math.ceil(ms / 40) }, () => encodeAudio(new Int16Array(640)));
}
