/** The speaker's worklet: the jitter buffer on the audio thread, fed by the socket's thread. */
import type { PlaybackCommand, PlaybackReport } from '../transport/messages.js';
import { createJitterBuffer } from './jitter-buffer.js';

/** Reports this often, in quanta of 128 samples: every 43 ms at 48 kHz, so that a stop can say how much was heard. */
const REPORT_QUANTA = 16;

class PlaybackProcessor extends AudioWorkletProcessor {
  private readonly buffer = createJitterBuffer(sampleRate);
  private source: MessagePort | null = null;
  private running = true;
  private quanta = 0;
  /** What was reported last. */
  private turn = 0;
  private turnSamples = 0;
  private underruns = 0;

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
    else if (command.type === 'flush') this.buffer.flush(command.turn);
    else this.buffer.reset();
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
    const { playedSamples, underruns, gapSamples, turn, turnSamples } = this.buffer.stats();
    const isOld = turn === this.turn && turnSamples === this.turnSamples && underruns === this.underruns;
    if (isOld) return;
    [this.turn, this.turnSamples, this.underruns] = [turn, turnSamples, underruns];
    this.source?.postMessage({
      type: 'played',
      playedSamples,
      underruns,
      gapSamples,
      turn,
      turnSamples,
    } satisfies PlaybackReport);
  }
}

registerProcessor('voice-tutor-playback', PlaybackProcessor);
