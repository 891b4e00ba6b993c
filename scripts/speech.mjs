/** Finds the program that speaks questions in the flows, and installs one where that can be done quietly. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that write a WAV file from text, best first: espeak-ng has clear gaps between words. */
const programs = ['espeak-ng', 'flite'];

/** Path of a speech program, or null. */
export function findSpeechProgram(path = process.env.PATH ?? '') {
  for (const name of programs)
    for (const folder of path.split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  return null;
}

/**
 * Path of a speech program, installed from Debian's packages when it is missing and this is root there; null when there is none
 * and none could be had. Unlike a browser it is needed by a few flows only, which then say by name that they were not run.
 */
export function ensureSpeechProgram(log = console.log) {
  const found = findSpeechProgram();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  log('installing espeak-ng from Debian packages');
  const run = (args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  // A package list that cannot be refreshed may still be good enough.
  run(['update', '-qq']);
  run(['install', '-y', '-qq', '--no-install-recommends', 'espeak-ng']);
  return findSpeechProgram();
}
