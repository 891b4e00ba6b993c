/** What the voice room counts: every outcome that a bound can cause, and the work done. */

/** Outcomes since start. */
export interface VoiceCounters {
  /** Tokens given out. */
  granted: number;
  /** Tokens that went unused because too many waited. */
  droppedTokens: number;
  sockets: number;
  /** Upgrades refused: wrong origin or subprotocol, too many at once, or the process stops. */
  refusedUpgrades: number;
  frames: number;
  /** Microphone frames beyond the rate. */
  droppedFrames: number;
  /** Frames of the tutor that a slow page did not get. */
  droppedAudio: number;
  /** Frames of the tutor that did not fit in what is kept for a resume. */
  lostAudio: number;
  garbage: number;
  unknown: number;
  /** Sockets closed for too many messages or bytes. */
  tooMuch: number;
  /** Sockets closed because the page took too little too long. */
  slow: number;
  resumed: number;
  /** Sockets still open when the time to move on was over. */
  cutOff: number;
}

/** All at zero. */
export const createVoiceCounters = (): VoiceCounters => ({
  granted: 0,
  droppedTokens: 0,
  sockets: 0,
  refusedUpgrades: 0,
  frames: 0,
  droppedFrames: 0,
  droppedAudio: 0,
  lostAudio: 0,
  garbage: 0,
  unknown: 0,
  tooMuch: 0,
  slow: 0,
  resumed: 0,
  cutOff: 0,
});
