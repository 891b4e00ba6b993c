/** The microphone: asked for once, muted at the track, watched for being taken away. */
import type { ErrorCode } from '../../contracts/errors.js';
import { err, ok, type Result } from '../../protected-core/result.js';

/** An open microphone. */
export interface Mic {
  readonly stream: MediaStream;
  /** Muted at the track: nothing is captured. */
  setMuted(muted: boolean): void;
  stop(): void;
}

const reasons: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'VT_MIC_DENIED',
  SecurityError: 'VT_MIC_DENIED',
  NotFoundError: 'VT_MIC_NOT_FOUND',
  OverconstrainedError: 'VT_MIC_NOT_FOUND',
  NotReadableError: 'VT_MIC_IN_USE',
  AbortError: 'VT_MIC_IN_USE',
};

/** Asks for the microphone; `onLost` is called when the device is unplugged or the permission withdrawn. */
export async function openMic(onLost: () => void): Promise<Result<Mic, ErrorCode>> {
  // Absent on insecure pages and in frames without the permission; the type does not know that.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return err('VT_NOT_ALLOWED_BY_PAGE');
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    return err(reasons[(error as DOMException).name] ?? 'VT_MIC_DENIED');
  }
  const [track] = stream.getAudioTracks();
  if (!track) return err('VT_MIC_NOT_FOUND');
  track.addEventListener('ended', onLost);
  return ok({
    stream,
    setMuted(muted) {
      track.enabled = !muted;
    },
    stop() {
      track.removeEventListener('ended', onLost);
      track.stop();
    },
  });
}
