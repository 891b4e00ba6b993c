/** What the gateway asks of a tutor, whoever gives it. Providers' own words and errors stop behind this interface. */

/** Why a provider cannot go on; the gateway maps each to one code for the page. */
export type ProviderFailure = 'configuration' | 'quota' | 'region' | 'blocked' | 'temporary';

/** A formula to show. */
export interface ShownEquation {
  readonly latex: string;
  readonly role: 'problem' | 'step' | 'answer' | 'example';
  readonly spoken?: string | undefined;
  readonly caption?: string | undefined;
  readonly step?: number | undefined;
}

/** What a provider tells of its session. Sound is 24 kHz mono. */
export interface ProviderEvents {
  /** The learner's words as understood; empty and settled ends them. */
  learnerText(delta: string, settled: boolean): void;
  /** The tutor begins to answer. */
  thinking(): void;
  tutorText(delta: string, settled: boolean): void;
  /** A sentence for the page's own voice. */
  say(sentence: string): void;
  audio(samples: Int16Array): void;
  equation(equation: ShownEquation): void;
  /** The learner cut in; what was not heard is not said. */
  interrupted(): void;
  turnEnd(): void;
  failed(failure: ProviderFailure): void;
}

/** What a session is about. */
export interface LessonTopic {
  readonly lang: string;
  readonly topic: string | undefined;
  readonly grade: string | undefined;
}

/** One learner's session with a provider. */
export interface ProviderSession {
  /** A 16 kHz frame of the microphone. */
  sendAudio(samples: Int16Array): void;
  sendText(text: string, alternatives: readonly string[]): void;
  /** The microphone was muted or closed: what was heard so far is all. */
  endAudio(): void;
  interrupt(): void;
  setContext(exercise: string): void;
  /** Ends it; no event is called afterwards. Harmless twice. */
  close(): void;
}

/** A provider. */
export interface VoiceProvider {
  readonly name: 'default' | 'gemini-live' | 'gemini-text';
  readonly hears: 'server' | 'browser';
  readonly speaks: 'server' | 'browser' | 'none';
  /** Whether it may teach minors: some providers' terms exclude them unless a contract says otherwise. */
  readonly minors: 'allowed' | 'excluded';
  open(topic: LessonTopic, events: ProviderEvents): ProviderSession;
}
