/** Served to the measured page as a worklet: notes for each quantum of the output whether anything is heard. */
class OutputProbe extends AudioWorkletProcessor {
  constructor() {
    super();
    this.notes = [];
  }
  process([input]) {
    let peak = 0;
    for (const sample of input?.[0] ?? []) peak = Math.max(peak, Math.abs(sample));
    // The frame's number is the audio clock's own: it goes on while the page is blocked.
    this.notes.push([currentFrame, peak]);
    if (this.notes.length >= 64) this.port.postMessage(this.notes.splice(0));
    return true;
  }
}
registerProcessor('output-probe', OutputProbe);
