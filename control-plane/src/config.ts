/** The environment, parsed once. Every variable and its default is in the README's table. */
import { z } from 'zod';
import { err, ok, type Result } from './platform/result.js';

const port = z.coerce.number().int().min(0).max(65535);
const url = (protocols: readonly string[]) =>
  z.string().refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), {
    message: `an address that starts with ${protocols.join('// or ')}//`,
  });
const origins = z.string().transform((value, context) => {
  const list = value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  for (const origin of list) {
    if (URL.parse(origin)?.origin !== origin)
      context.addIssue({
        code: 'custom',
        message: `origins separated by commas, like https://school.example; not "${origin}"`,
      });
  }
  return list;
});

/** What the environment may say; anything missing takes the default. */
const Environment = z.object({
  PORT: port.default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url(['http:', 'https:'])
    .transform((value) => new URL(value).origin)
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  NATS_URL: url(['nats:', 'tls:', 'ws:', 'wss:']).optional(),
  BUS_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/, { message: '1 to 40 of a-z 0-9 _ -' })
    .default('voice-tutor'),
  GEMINI_API_KEY: z.string().min(1).optional(),
  GEMINI_BASE_URL: url(['http:', 'https:']).default('https://generativelanguage.googleapis.com'),
  GEMINI_MODEL: z
    .string()
    .regex(/^[a-z0-9.-]{1,80}$/, { message: 'a model name of a-z 0-9 . -' })
    .default('gemini-3.8-live'),
  GEMINI_MINORS_CONTRACT: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}]{3,200}$/u, {
      message: 'the contract and its region in 3 to 200 characters, like "DPA 2026-014, EU"',
    })
    .optional(),
  VOICE_TTS: z.enum(['auto', 'flite', 'espeak-ng', 'browser', 'off']).default('auto'),
  DEMO_ORIGINS: origins.default([]),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LOG_FILE: z.string().min(1).optional(),
});

/** The settings of one process. `PUBLIC_URL` is filled in once the port is known. */
export interface Config extends z.infer<typeof Environment> {}

/** Names of all variables, for the test that compares them with the README. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape);

/** Parses the environment; the error is one plain sentence for each wrong variable. An empty variable counts as missing. */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, readonly string[]> {
  const present = Object.fromEntries(
    VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = Environment.safeParse(present);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${allowed(issue)}.`));
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.path[0] === 'PORT') return 'must be a whole number from 0 to 65535 (0 takes any free port)';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return `must be ${issue.message}`;
}
