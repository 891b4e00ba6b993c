/** The wire shapes of everything a client may send, and the one function that reads them. Strict: a field too many is an error, as it is for the service. */
import * as z from 'zod/mini';
import { CLOSES, unknownField, type Close } from './closes.js';
import { toCamelNames, toFieldPath } from './field-names.js';

const anything = z.unknown();
const Part = z.looseObject({ text: z.optional(z.string()), thought: z.optional(z.boolean()) });
const Content = z.strictObject({
  role: z.optional(z.enum(['user', 'model', 'system', ''])),
  parts: z.optional(z.array(Part)),
});
/** Some text, said by somebody; parts may hold other things too. */
export type Content = z.infer<typeof Content>;

const FunctionDeclaration = z.looseObject({
  name: z.string(),
  behavior: z.optional(z.enum(['UNSPECIFIED', 'BLOCKING', 'NON_BLOCKING'])),
});
const Tool = z.looseObject({ functionDeclarations: z.optional(z.array(FunctionDeclaration)) });
const int64 = z.union([z.string().check(z.regex(/^\d{1,19}$/)), z.int()]);

const Transcription = z.strictObject({
  languageCodes: anything,
  languageHints: anything,
  languageAuto: anything,
  adaptationPhrases: anything,
  customVocabulary: anything,
  mode: anything,
});
const partial = z.partial(Transcription);

const GenerationConfig = z.partial(
  z.strictObject({
    responseModalities: z.array(z.string()),
    temperature: z.number(),
    topP: z.number(),
    topK: z.number(),
    maxOutputTokens: z.int(),
    candidateCount: z.int(),
    stopSequences: z.array(z.string()),
    presencePenalty: z.number(),
    frequencyPenalty: z.number(),
    seed: z.int(),
    mediaResolution: z.string(),
    speechConfig: anything,
    thinkingConfig: anything,
    translationConfig: anything,
    enableAffectiveDialog: z.boolean(),
  }),
);

const ActivityDetection = z.partial(
  z.strictObject({
    disabled: z.boolean(),
    startOfSpeechSensitivity: z.enum([
      'START_SENSITIVITY_UNSPECIFIED',
      'START_SENSITIVITY_HIGH',
      'START_SENSITIVITY_LOW',
    ]),
    endOfSpeechSensitivity: z.enum(['END_SENSITIVITY_UNSPECIFIED', 'END_SENSITIVITY_HIGH', 'END_SENSITIVITY_LOW']),
    prefixPaddingMs: z.int().check(z.gte(0)),
    silenceDurationMs: z.int().check(z.gte(0)),
  }),
);

const RealtimeInputConfig = z.partial(
  z.strictObject({
    automaticActivityDetection: ActivityDetection,
    activityHandling: z.enum(['ACTIVITY_HANDLING_UNSPECIFIED', 'START_OF_ACTIVITY_INTERRUPTS', 'NO_INTERRUPTION']),
    turnCoverage: z.enum([
      'TURN_COVERAGE_UNSPECIFIED',
      'TURN_INCLUDES_ONLY_ACTIVITY',
      'TURN_INCLUDES_ALL_INPUT',
      'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
    ]),
    interimTranscriptTimestampEnabled: z.boolean(),
  }),
);

const SetupMessage = z.strictObject({
  model: z.string(),
  generationConfig: z.optional(GenerationConfig),
  systemInstruction: z.optional(Content),
  tools: z.optional(z.array(Tool)),
  realtimeInputConfig: z.optional(RealtimeInputConfig),
  inputAudioTranscription: z.optional(partial),
  outputAudioTranscription: z.optional(partial),
  sessionResumption: z.optional(z.strictObject({ handle: z.optional(z.string()) })),
  contextWindowCompression: z.optional(
    z.strictObject({
      triggerTokens: z.optional(int64),
      slidingWindow: z.optional(z.strictObject({ targetTokens: z.optional(int64) })),
    }),
  ),
  proactivity: z.optional(z.strictObject({ proactiveAudio: z.optional(z.boolean()) })),
  historyConfig: z.optional(z.strictObject({ initialHistoryInClientContent: z.optional(z.boolean()) })),
  safetySettings: z.optional(z.array(anything)),
  labels: z.optional(z.record(z.string(), z.string())),
  avatarConfig: z.optional(anything),
});
/** The first message of a session. */
export type SetupMessage = z.infer<typeof SetupMessage>;

const Blob = z.strictObject({
  data: z.string(),
  mimeType: z.string(),
  displayName: z.optional(z.string()),
});
const RealtimeInput = z.partial(
  z.strictObject({
    audio: Blob,
    video: Blob,
    mediaChunks: z.array(Blob),
    text: z.string(),
    activityStart: z.strictObject({}),
    activityEnd: z.strictObject({}),
    audioStreamEnd: z.boolean(),
  }),
);
/** Live input: sound, typed text, marks of activity. */
export type RealtimeInput = z.infer<typeof RealtimeInput>;

const ClientContent = z.strictObject({
  turns: z.optional(z.array(Content)),
  turnComplete: z.optional(z.boolean()),
});
const ToolResponse = z.strictObject({
  functionResponses: z.optional(
    z.array(
      z.strictObject({
        id: z.string().check(z.minLength(1)),
        name: z.optional(z.string()),
        response: z.optional(z.record(z.string(), anything)),
        scheduling: z.optional(z.enum(['SCHEDULING_UNSPECIFIED', 'SILENT', 'WHEN_IDLE', 'INTERRUPT'])),
        willContinue: z.optional(z.boolean()),
        parts: z.optional(anything),
      }),
    ),
  ),
});
const ContextUpdate = z.strictObject({
  systemInstruction: z.optional(Content),
  tools: z.optional(z.strictObject({ tools: z.optional(z.array(Tool)) })),
});

const messages = {
  setup: SetupMessage,
  realtimeInput: RealtimeInput,
  clientContent: ClientContent,
  toolResponse: ToolResponse,
  contextUpdate: ContextUpdate,
} as const;

/** One client message, by its single top-level key. */
export type ClientMessage =
  | { readonly type: 'setup'; readonly body: SetupMessage }
  | { readonly type: 'realtimeInput'; readonly body: RealtimeInput }
  | { readonly type: 'clientContent'; readonly body: z.infer<typeof ClientContent> }
  | { readonly type: 'toolResponse'; readonly body: z.infer<typeof ToolResponse> }
  | { readonly type: 'contextUpdate'; readonly body: z.infer<typeof ContextUpdate> };

/** The inside of one kind of message. */
export type MessageBody<Type extends ClientMessage['type']> = Extract<ClientMessage, { type: Type }>['body'];

/** A message, or the close that the service would answer with. */
export type ClientMessageResult =
  { readonly ok: true; readonly message: ClientMessage } | { readonly ok: false; readonly close: Close };

/** Reads one message as it came from the socket, in either naming. */
export function parseClientMessage(text: string): ClientMessageResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, close: CLOSES.notJson };
  }
  const named = toCamelNames(json);
  if (typeof named !== 'object' || named === null || Array.isArray(named)) return { ok: false, close: CLOSES.notJson };
  const entries = Object.entries(named);
  const stranger = entries.find(([name]) => !Object.hasOwn(messages, name));
  if (stranger !== undefined) return { ok: false, close: unknownField(stranger[0], '') };
  const [first, second] = entries;
  // The members are one protobuf oneof: none and two are equally wrong.
  if (first === undefined || second !== undefined) return { ok: false, close: CLOSES.invalidArgument };
  const type = first[0] as ClientMessage['type'];
  const parsed = messages[type].safeParse(first[1]);
  if (!parsed.success) return { ok: false, close: toClose(type, parsed.error.issues) };
  return { ok: true, message: { type, body: parsed.data } as ClientMessage };
}

function toClose(type: string, issues: readonly z.core.$ZodIssue[]): Close {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      return unknownField(issue.keys[0] ?? '', toFieldPath([type, ...issue.path]));
  }
  return CLOSES.invalidArgument;
}
