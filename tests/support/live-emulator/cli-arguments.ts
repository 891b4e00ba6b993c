/** Reads the emulator's command line. Pure: what is wrong comes back as one sentence. */
import { parseArgs } from 'node:util';
import type { LiveEmulatorOptions } from './emulator.js';

/** What `--help` prints. */
export const USAGE = `Emulates Google's Gemini Live API on this machine: no key, no network, scripted answers.

  npm run emulator -- [options]

  --port N             port to listen on (default 8790; 0 picks a free one)
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --utterance "WORDS"  words heard in the next spoken turn; may be repeated, the last one stays
  --script FILE        JSON file with utterances and scenarios (see docs/emulator.md)
  --key KEY            accept this key only; may be repeated (default: any that does not begin with "bad")
  --model NAME         serve this Live model; may be repeated (default: the three that are built in)
  --speed N            sound is sent N times faster than real time (default 4)
  --lifetime SECONDS   send goAway after so long (default 600; 0 = never)
  --time-left SECONDS  from goAway to the close (default 50)
  --help               show this text

  While it runs: GET /__emulator/stats, POST /__emulator/scenario, /__emulator/go-away, /__emulator/close.
`;

/** What the command line asks for. */
export type CliRequest =
  | { readonly type: 'help' }
  | { readonly type: 'run'; readonly options: LiveEmulatorOptions; readonly scriptFile: string | undefined }
  | { readonly type: 'wrong'; readonly message: string };

/** Where the command listens when it is not told. */
export const DEFAULT_PORT = 8790;

/** Reads the arguments after the program's name. */
export function parseCli(args: readonly string[]): CliRequest {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        utterance: { type: 'string', multiple: true },
        script: { type: 'string' },
        key: { type: 'string', multiple: true },
        model: { type: 'string', multiple: true },
        speed: { type: 'string' },
        lifetime: { type: 'string' },
        'time-left': { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    // The first sentence names the argument; what follows is advice about dashes.
    const message = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : 'The arguments cannot be read';
    return { type: 'wrong', message: `${message.replace(/\.$/, '')}; --help lists the options.` };
  }
  if (values.help === true) return { type: 'help' };
  const port = readNumber(values.port, DEFAULT_PORT, 0, 65_535);
  if (port === undefined || !Number.isInteger(port))
    return wrong('--port', 'a whole number from 0 to 65535', values.port);
  const speedup = readNumber(values.speed, 4, 0.1, 1000);
  if (speedup === undefined) return wrong('--speed', 'a number from 0.1 to 1000', values.speed);
  const lifetime = readNumber(values.lifetime, 600, 0, 86_400);
  if (lifetime === undefined) return wrong('--lifetime', 'a number of seconds from 0 to 86400', values.lifetime);
  const timeLeft = readNumber(values['time-left'], 50, 0, 3600);
  if (timeLeft === undefined) return wrong('--time-left', 'a number of seconds from 0 to 3600', values['time-left']);
  const { key: keys, model: models, utterance: utterances, host } = values;
  return {
    type: 'run',
    scriptFile: values.script,
    options: {
      port,
      pace: { speedup },
      lifetimeMs: lifetime * 1000,
      goAwayTimeLeftMs: timeLeft * 1000,
      ...(host === undefined ? {} : { host }),
      ...(keys === undefined ? {} : { acceptsKey: (key: string) => keys.includes(key) }),
      ...(models === undefined ? {} : { models }),
      ...(utterances === undefined ? {} : { utterances }),
    },
  };
}

function wrong(option: string, wanted: string, given: string | undefined): CliRequest {
  return { type: 'wrong', message: `${option} wants ${wanted}, not "${given ?? ''}".` };
}

function readNumber(text: string | undefined, fallback: number, least: number, most: number): number | undefined {
  if (text === undefined) return fallback;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
