/** The speaker's worklet: the jitter buffer on the audio thread, fed by the socket's thread. */
import type { PlaybackCommand, PlaybackReport } from '../transport/messages.js';
import { createJitterBuffer } from './jitter-buffer.js';

/** Reports this often, in quanta of 128 samples: about four times a second at 48 kHz. */
const REPORT_QUANTA = 94;

class PlaybackProcessor extends AudioWorkletProcessor {
  private readonly buffer = createJitterBuffer(sampleRate);
  private source: MessagePort | null = null;
  private running = true;
  private quanta = 0;
  private reported = '';

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ source?: MessagePort; stop?: true }>) => {
      if (data.stop) this.running = false;
      if (!data.source) return;
      this.source = data.source;
      this.source.onmessage = ({ data: command }: MessageEvent<PlaybackCommand>) => this.obey(command);
    };
  }

  private obey(command: PlaybackCommand): void {
    if (command.type === 'frame') this.buffer.push(command.turn, command.samples);
    else if (command.type === 'finish') this.buffer.finish(command.turn);
    else this.buffer.flush(command.turn);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [first, ...others] = outputs[0] ?? [];
    if (first) {
      this.buffer.pull(first);
      for (const other of others) other.set(first);
    }
    this.quanta += 1;
    if (this.quanta % REPORT_QUANTA === 0) this.report();
    return this.running;
  }

  private report(): void {
    const { playedSamples, underruns } = this.buffer.stats();
    const key = `${playedSamples} ${underruns}`;
    if (key === this.reported) return;
    this.reported = key;
    this.source?.postMessage({ type: 'played', playedSamples, underruns } satisfies PlaybackReport);
  }
}

registerProcessor('voice-tutor-playback', PlaybackProcessor);
