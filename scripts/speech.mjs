/** Finds the programs that speak in tests (a learner's question, the tutor's answer), and installs them where that can be done quietly. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstall, installPackages } from './debian.mjs';

/** Programs that write a WAV file from text, best first: espeak-ng has clear gaps between words. */
const programs = ['espeak-ng', 'flite'];

function find(name, path) {
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

/** Path of the best speech program there is, or null. */
export function findSpeechProgram(path = process.env.PATH ?? '') {
  return programs.map((name) => find(name, path)).find(Boolean) ?? null;
}

/**
 * Installs from Debian's packages those that are missing, as root there. Unlike a browser they are needed by a few tests only,
 * which otherwise say by name that they were not run.
 */
export function ensureSpeechPrograms(log = console.log) {
  const missing = programs.filter((name) => !find(name, process.env.PATH ?? ''));
  if (missing.length === 0 || !canInstall()) return;
  log(`installing ${missing.join(' and ')} from Debian packages`);
  installPackages(missing);
}
