#!/usr/bin/env node
/** The command as installed: there before anything is built, so that package managers can link it. */
import { existsSync } from 'node:fs';

const built = new URL('../dist/voice-tutor.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('voice-tutor is not built yet: run `npm run build` first.\n');
  process.exitCode = 1;
}
