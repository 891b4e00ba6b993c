/** What was told to a page and may not have arrived: numbered messages and the tutor's sound, in their order. No socket. */

/** Bounds. */
export interface ReplayBounds {
  readonly replayMessages: number;
  readonly replayBytes: number;
  readonly replayAudioBytes: number;
}

/** What a page says it has. */
export interface Seen {
  /** Highest `seq` of a message. */
  readonly seq: number;
  /** Highest sequence of an audio frame; undefined when the page does not say. */
  readonly audioSequence: number | undefined;
}

/** The buffer. */
export interface ReplayBuffer {
  /** Empties it and goes on after `seq`, for a session whose messages another process kept. */
  goOnAfter(seq: number): void;
  message(seq: number, data: string): void;
  /** Keeps a frame; `sent` when a socket took it. */
  audio(sequence: number, data: ArrayBuffer, sent: boolean): void;
  /** The page has every message up to `seq`, and so the sound sent before it. */
  acknowledge(seq: number): void;
  /** The turn's sound must not be heard any more. */
  forgetAudio(): void;
  /** Takes what a page that has `seen` misses as sent, oldest first; null when the oldest of it is no longer kept. */
  resend(seen: Seen): readonly (string | ArrayBuffer)[] | null;
}

/** Creates it. `onLost` is called for each frame that was never sent and no longer fits. */
export function createReplayBuffer(bounds: ReplayBounds, onLost: () => void): ReplayBuffer {
  let messages: { readonly seq: number; readonly data: string }[] = [];
  /** `after` is the number of the last message told before the frame. */
  let frames: { readonly after: number; readonly sequence: number; readonly data: ArrayBuffer; sent: boolean }[] = [];
  let [newest, messageBytes, audioBytes] = [0, 0, 0];

  const forgetAudio = () => {
    frames = [];
    audioBytes = 0;
  };

  return {
    goOnAfter(seq) {
      messages = [];
      messageBytes = 0;
      newest = seq;
      forgetAudio();
    },
    message(seq, data) {
      newest = seq;
      messages.push({ seq, data });
      messageBytes += data.length;
      while (messages.length > bounds.replayMessages || messageBytes > bounds.replayBytes)
        messageBytes -= messages.shift()?.data.length ?? messageBytes;
    },
    audio(sequence, data, sent) {
      frames.push({ after: newest, sequence, data, sent });
      audioBytes += data.byteLength;
      while (audioBytes > bounds.replayAudioBytes) {
        const gone = frames.shift();
        audioBytes -= gone?.data.byteLength ?? audioBytes;
        if (gone && !gone.sent) onLost();
      }
    },
    acknowledge(seq) {
      // Socket order: who has a message has all that was sent before it.
      const kept = frames.findIndex(({ after, sent }) => !sent || after >= seq);
      const gone = kept < 0 ? frames : frames.slice(0, kept);
      if (gone.length === 0) return;
      for (const { data } of gone) audioBytes -= data.byteLength;
      frames = kept < 0 ? [] : frames.slice(kept);
    },
    forgetAudio,
    resend(seen) {
      const oldest = messages[0]?.seq ?? newest + 1;
      if (seen.seq > newest || seen.seq + 1 < oldest) return null;
      const out: (string | ArrayBuffer)[] = [];
      const wanted = frames.filter(({ after, sequence, sent }) =>
        seen.audioSequence === undefined ? !sent : sequence > seen.audioSequence && (!sent || after >= seen.seq),
      );
      let at = 0;
      const framesBefore = (seq: number) => {
        for (let frame = wanted[at]; frame && frame.after < seq; frame = wanted[(at += 1)]) {
          frame.sent = true;
          out.push(frame.data);
        }
      };
      for (let first = messages[0]; first && first.seq <= seen.seq; first = messages[0]) {
        messageBytes -= first.data.length;
        messages.shift();
      }
      for (const { seq, data } of messages) {
        framesBefore(seq);
        out.push(data);
      }
      framesBefore(Infinity);
      return out;
    },
  };
}
