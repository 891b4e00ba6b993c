/** A built control plane as a process of its own, for tests of starting, stopping and being killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { signInOperator, type OperatorRequest } from './operator-client.js';

const main = resolve(import.meta.dirname, '../../control-plane/dist/main.js');

/** Where such a process says that it is: the same at every start, so that a restart changes nothing by itself. */
const PUBLIC_URL = 'http://127.0.0.1:9';

/** A running process. */
export interface PlaneProcess {
  /** Where it really listens. */
  readonly url: string;
  readonly child: ChildProcess;
  /** Calls the operators' API as somebody signed in. */
  readonly operator: OperatorRequest;
  /** Ends it by a signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

function launch(environment: Record<string, string>, nodeArguments: readonly string[] = []) {
  if (!existsSync(main)) throw new Error('the control plane is not built; run npm run build');
  const { PATH = '', NODE_V8_COVERAGE } = process.env;
  const child = spawn(process.execPath, [...nodeArguments, main], {
    env: {
      PATH,
      ...(NODE_V8_COVERAGE ? { NODE_V8_COVERAGE } : {}),
      PORT: '0',
      PUBLIC_URL,
      VOICE_TTS: 'off',
      LOG_LEVEL: 'silent',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  return { child, texts };
}

/** Runs one that is expected to end by itself. */
export async function runToEnd(
  environment: Record<string, string>,
  nodeArguments?: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { child, texts } = launch(environment, nodeArguments);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

/** Starts one, waits until it says that it runs, and signs in. */
export async function startProcess(environment: Record<string, string>): Promise<PlaneProcess> {
  const { child, texts } = launch({ HOST: '127.0.0.1', ...environment });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', () => texts.stdout.includes('Ctrl-C') && done());
    child.on('close', () => fail(new Error(`the control plane did not start: ${texts.stderr}`)));
  });
  const token = /#token=(\S+)/.exec(texts.stdout)?.[1];
  const url = `http://127.0.0.1:${/listening on port (\d+)/.exec(texts.stdout)?.[1] ?? ''}`;
  const operator = await signInOperator({ url, origin: PUBLIC_URL, token });
  return {
    url,
    child,
    operator,
    async end(signal) {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}
