/** Keeps a data directory to one process: two would open it without complaint and one would lose its rows. */
import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OpenError } from '../open-error.js';

/** Takes the directory's lock; returns its release. A lock whose process is gone is taken over. */
export function lockDirectory(directory: string): () => void {
  try {
    createDirectory(directory);
  } catch (cause) {
    throw new OpenError(`The data directory ${directory} cannot be created; choose another with DATA_DIR.`, {
      cause,
    });
  }
  const file = join(directory, 'voice-tutor.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => unlinkSync(file);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new OpenError(`The data directory ${directory} is not writable; choose another with DATA_DIR.`, {
          cause,
        });
      }
      const owner = Number(readFileSync(file, 'utf8'));
      if (isRunning(owner))
        throw new OpenError(
          `The data directory ${directory} is in use by process ${owner}; stop it or choose another with DATA_DIR.`,
        );
      unlinkSync(file);
    }
  }
  throw new OpenError(`The data directory ${directory} is being opened by another process; try again.`);
}

/**
 * Makes a directory with those above it. Not `recursive: true`: where a system answers ENOENT below a directory that is there, as
 * Linux does in /proc, Node 20 tries again for ever.
 */
function createDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    createDirectory(dirname(path));
    mkdirSync(path);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
