/** Runs one synthesiser: text in on stdin, bytes out, never a shell, never longer than its limit. */
import { spawn } from 'node:child_process';
import { err, ok, type Result } from '../../platform/result.js';

/** Why a program gave nothing. */
export type RunFailure = 'not-started' | 'failed' | 'timeout' | 'aborted' | 'too-much-output';

/** One run. */
export interface ProgramRun {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly input: string;
  /** The program is killed after this long. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** A minute of the fastest rate that is accepted; more is a program gone wrong. */
const largestOutputBytes = 12 * 1024 * 1024;

/** Runs a program to its end and gives its standard output. The child is gone when the promise settles or soon after. */
export function runProgram(run: ProgramRun): Promise<Result<Uint8Array, RunFailure>> {
  if (run.signal.aborted) return Promise.resolve(err('aborted'));
  return new Promise((resolve) => {
    const limit = AbortSignal.timeout(run.limitMs);
    const child = spawn(run.file, [...run.arguments], {
      signal: AbortSignal.any([run.signal, limit]),
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.byteLength;
      if (size <= largestOutputBytes) parts.push(part);
      else child.kill('SIGKILL');
    });
    // An abort is an error first and a close after it; only a child that never started has no close to wait for.
    child.on('error', () => {
      if (child.pid === undefined) resolve(err('not-started'));
    });
    child.on('close', (code) => {
      if (size > largestOutputBytes) resolve(err('too-much-output'));
      else if (code === 0) resolve(ok(Buffer.concat(parts)));
      else resolve(err(run.signal.aborted ? 'aborted' : limit.aborted ? 'timeout' : 'failed'));
    });
    // A program that ends before it has read everything closes the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input);
  });
}
