/** What each Live model does differently. Data, and one lookup. */

/** The ways in which models differ that a client can notice. */
export interface ModelTraits {
  /** `thinkingConfig` in setup is taken; otherwise it is an invalid argument. */
  readonly thinking: boolean;
  /** Function calls do not hold up speech unless the declaration says BLOCKING. */
  readonly toolsNonBlocking: boolean;
  /** The learner's words come in one piece with `finished: true`, and typed text is echoed in the same way. */
  readonly wholeInputTranscript: boolean;
  /** `interactionStatus` comes with each `turnComplete`. */
  readonly interactionStatus: boolean;
  /** Says a filler in a turn of its own before the answer. */
  readonly filler: boolean;
  /** Takes `contextUpdate`, and refuses `proactiveAudio: false` and `enableAffectiveDialog`. */
  readonly generation38: boolean;
}

const live38: ModelTraits = {
  thinking: false,
  toolsNonBlocking: true,
  wholeInputTranscript: false,
  interactionStatus: true,
  filler: false,
  generation38: true,
};

const known: Readonly<Record<string, ModelTraits>> = {
  'gemini-3.8-live': live38,
  'gemini-3.8-live-extended-thinking': { ...live38, thinking: true, filler: true },
  'gemini-3.1-flash-live-preview': {
    thinking: true,
    toolsNonBlocking: false,
    wholeInputTranscript: true,
    interactionStatus: false,
    filler: false,
    generation38: false,
  },
};

/** Models served unless the options name others. */
export const DEFAULT_MODELS: readonly string[] = Object.keys(known);

/** The traits of a model, without `models/`; a name that only the options know behaves like gemini-3.8-live. */
export function traitsOf(model: string): ModelTraits {
  return known[model] ?? live38;
}
