/** The microphone's worklet: frames go straight to the socket's thread, never over the page's. */
import { createFramer } from './framer.js';

class CaptureProcessor extends AudioWorkletProcessor {
  private readonly framer = createFramer(sampleRate);
  private sink: MessagePort | null = null;
  private running = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ sink?: MessagePort; stop?: true }>) => {
      if (data.sink) this.sink = data.sink;
      if (data.stop) this.running = false;
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    const { sink } = this;
    if (channel && sink) this.framer.push(channel, (frame) => sink.postMessage(frame, [frame.buffer]));
    return this.running;
  }
}

registerProcessor('voice-tutor-capture', CaptureProcessor);
