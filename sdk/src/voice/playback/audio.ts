/** The audio context with both worklets. Must be opened inside a user gesture, or browsers keep it silent. */
import type { ErrorCode } from '../../contracts/errors.js';
import { err, ok, type Result } from '../../protected-core/result.js';

/** An open audio context. */
export interface Audio {
  readonly rateHz: number;
  resume(): Promise<void>;
  /** The end of a new channel to the speaker's worklet, for the core. */
  speakerPort(): MessagePort;
  /** Connects a microphone; the end of a channel from its worklet, for the core. */
  connectMic(stream: MediaStream): MessagePort;
  disconnectMic(): void;
  close(): void;
}

/** Opens the context at the device's own rate, since other rates are refused or ignored by some browsers. */
export async function openAudio({
  captureWorkletUrl,
  playbackWorkletUrl,
}: {
  readonly captureWorkletUrl: string;
  readonly playbackWorkletUrl: string;
}): Promise<Result<Audio, ErrorCode>> {
  let context: AudioContext;
  try {
    context = new AudioContext({ latencyHint: 'interactive' });
  } catch {
    return err('VT_AUDIO_UNAVAILABLE');
  }
  try {
    // Not awaited first: it settles only once sound is allowed.
    void context.resume().catch(() => {});
    await Promise.all([
      context.audioWorklet.addModule(playbackWorkletUrl),
      context.audioWorklet.addModule(captureWorkletUrl),
    ]);
  } catch {
    void context.close().catch(() => {});
    return err('VT_AUDIO_UNAVAILABLE');
  }
  const speaker = new AudioWorkletNode(context, 'voice-tutor-playback', { numberOfInputs: 0, outputChannelCount: [1] });
  speaker.connect(context.destination);
  let capture: { readonly source: MediaStreamAudioSourceNode; readonly node: AudioWorkletNode } | null = null;
  const disconnectMic = () => {
    capture?.node.port.postMessage({ stop: true });
    capture?.source.disconnect();
    capture = null;
  };
  return ok({
    rateHz: context.sampleRate,
    resume: () => (context.state === 'suspended' ? context.resume() : Promise.resolve()),
    speakerPort() {
      const { port1, port2 } = new MessageChannel();
      speaker.port.postMessage({ source: port1 }, [port1]);
      return port2;
    },
    connectMic(stream) {
      disconnectMic();
      const { port1, port2 } = new MessageChannel();
      const source = context.createMediaStreamSource(stream);
      const node = new AudioWorkletNode(context, 'voice-tutor-capture', { numberOfOutputs: 0 });
      node.port.postMessage({ sink: port1 }, [port1]);
      source.connect(node);
      capture = { source, node };
      return port2;
    },
    disconnectMic,
    close() {
      disconnectMic();
      speaker.port.postMessage({ stop: true });
      void context.close().catch(() => {});
    },
  });
}
