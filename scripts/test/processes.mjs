/** Runs one command of a suite: says that it still runs while it is silent, ends it when it takes too long, and ends it with us. */
import { spawn } from 'node:child_process';

/** A suite that is silent this long says that it still runs. */
const SILENCE_MS = 10_000;
/** Longest time of one command: a whole run aims at 8 minutes and must end within 25. */
const LIMIT_MS = 12 * 60_000;
/** The same for `npm run stress`, which nobody waits for. */
const STRESS_LIMIT_MS = 60 * 60_000;
/** Time that a command has to end by itself, before it is killed with all that it started. */
const GRACE_MS = 5000;

const defaultLimitMs = () => (process.env.STRESS === '1' ? STRESS_LIMIT_MS : LIMIT_MS);
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const end of running) end('SIGKILL');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });

/**
 * Starts a command and resolves to its exit code and output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, echo?: boolean, onLine?: (line: string) => void, limitMs?: number, silenceMs?: number }} [options]
 *   `echo` shows the output as it comes.
 * @returns {Promise<{ code: number | null, output: string }>} `code` is null when it was ended.
 */
export function start(command, args, options = {}) {
  const { env = {}, echo = false, onLine = () => {}, limitMs = defaultLimitMs(), silenceMs = SILENCE_MS } = options;
  return new Promise((done) => {
    // A group of its own, so that browsers and servers below it end with it.
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const end = (signal) => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // It has ended already.
      }
    };
    running.add(end);
    const began = performance.now();
    let output = '';
    let rest = '';
    const heartbeat = setInterval(() => {
      process.stdout.write(`  … still running, ${Math.round((performance.now() - began) / 1000)} s\n`);
    }, silenceMs);
    let kill;
    const limit = setTimeout(() => {
      process.stdout.write(`  ended: it took longer than ${Math.round(limitMs / 1000)} s\n`);
      end('SIGTERM');
      kill = setTimeout(() => end('SIGKILL'), GRACE_MS);
    }, limitMs);
    const take = (data) => {
      output += data;
      if (echo) {
        process.stdout.write(data);
        heartbeat.refresh();
      }
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const line of lines) if (onLine(line) === true) heartbeat.refresh();
    };
    const finish = (code) => {
      running.delete(end);
      clearInterval(heartbeat);
      clearTimeout(limit);
      clearTimeout(kill);
      if (rest) onLine(rest);
      rest = '';
      done({ code, output });
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => {
      output += String(error);
      finish(1);
    });
    child.on('close', finish);
  });
}
