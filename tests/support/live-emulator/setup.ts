/** Turns a setup message into what a session lives by, or into the close it deserves. Pure. */
import type { Content, SetupMessage } from './client-message.js';
import { CLOSES, unknownModel, type Close } from './closes.js';
import { traitsOf, type ModelTraits } from './models.js';
import type { ApiVersion } from './request-path.js';
import { vadDefaults, type VadOptions } from './vad.js';

/** Whether a function call holds up speech until it is answered. */
export type ToolBehavior = 'blocking' | 'non-blocking';

/** A session's settings after setup. */
export interface SessionSettings {
  /** Model without `models/`. */
  readonly model: string;
  readonly traits: ModelTraits;
  readonly inputTranscription: boolean;
  readonly outputTranscription: boolean;
  /** The detector's settings, or `manual` when the client marks activity itself. */
  readonly activity: VadOptions | 'manual';
  /** False with `NO_INTERRUPTION`: speech and text wait for the turn to end. */
  readonly interrupts: boolean;
  /** Functions the model may call. */
  readonly tools: ReadonlyMap<string, ToolBehavior>;
  /** Present when the client asked for resumption; `handle` only to resume. */
  readonly resumption: { readonly handle?: string } | undefined;
  readonly systemInstruction: string;
}

/** Settings, or the close that answers a setup which no model takes. */
export type SettingsResult =
  { readonly ok: true; readonly settings: SessionSettings } | { readonly ok: false; readonly close: Close };

/** Judges a setup against the served models and what each of them takes. */
export function toSettings(setup: SetupMessage, apiVersion: ApiVersion, models: readonly string[]): SettingsResult {
  const refuse = (close: Close): SettingsResult => ({ ok: false, close });
  if (!setup.model.startsWith('models/')) return refuse(CLOSES.invalidArgument);
  const model = setup.model.slice('models/'.length);
  if (!models.includes(model)) return refuse(unknownModel(setup.model, apiVersion));
  const traits = traitsOf(model);
  const generation = setup.generationConfig ?? {};
  const modalities = generation.responseModalities ?? ['AUDIO'];
  if (modalities.length !== 1 || modalities[0] !== 'AUDIO') return refuse(CLOSES.invalidArgument);
  if (generation.thinkingConfig !== undefined && !traits.thinking) return refuse(CLOSES.invalidArgument);
  if (
    traits.generation38 &&
    (generation.enableAffectiveDialog === true || setup.proactivity?.proactiveAudio === false)
  ) {
    return refuse(CLOSES.invalidArgument);
  }
  const input = setup.realtimeInputConfig ?? {};
  const { handle } = setup.sessionResumption ?? {};
  return {
    ok: true,
    settings: {
      model,
      traits,
      inputTranscription: setup.inputAudioTranscription !== undefined,
      outputTranscription: setup.outputAudioTranscription !== undefined,
      activity: toActivity(input.automaticActivityDetection ?? {}),
      interrupts: input.activityHandling !== 'NO_INTERRUPTION',
      tools: toTools(setup.tools ?? [], traits),
      resumption:
        setup.sessionResumption === undefined ? undefined : handle === undefined || handle === '' ? {} : { handle },
      systemInstruction: textOf(setup.systemInstruction),
    },
  };
}

/** Collects the declared functions; a declaration without `behavior` follows its model. */
export function toTools(
  tools: NonNullable<SetupMessage['tools']>,
  traits: ModelTraits,
): ReadonlyMap<string, ToolBehavior> {
  const found = new Map<string, ToolBehavior>();
  for (const { functionDeclarations = [] } of tools) {
    for (const { name, behavior } of functionDeclarations) {
      const nonBlocking = traits.toolsNonBlocking && behavior !== 'BLOCKING';
      found.set(name, nonBlocking ? 'non-blocking' : 'blocking');
    }
  }
  return found;
}

/** The words of a content, thoughts left out, parts joined as they are. */
export function textOf(content: Content | undefined): string {
  return (content?.parts ?? []).map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('');
}

function toActivity(
  detection: NonNullable<NonNullable<SetupMessage['realtimeInputConfig']>['automaticActivityDetection']>,
): VadOptions | 'manual' {
  if (detection.disabled === true) return 'manual';
  return {
    startSensitivity: detection.startOfSpeechSensitivity === 'START_SENSITIVITY_LOW' ? 'low' : 'high',
    endSensitivity: detection.endOfSpeechSensitivity === 'END_SENSITIVITY_LOW' ? 'low' : 'high',
    prefixPaddingMs: detection.prefixPaddingMs ?? vadDefaults.prefixPaddingMs,
    silenceDurationMs: detection.silenceDurationMs ?? vadDefaults.silenceDurationMs,
  };
}
