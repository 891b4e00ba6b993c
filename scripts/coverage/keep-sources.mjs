/**
 * Loaded into every process of a run with coverage: when it ends, keeps the text of our TypeScript as V8 ran it. Node's own
 * coverage files hold ranges without the text they belong to; judged by the text on disk, nothing would ever be missed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const directory = process.env.COVERAGE_SOURCES;

/** Name of a kept text: the same script has the same length wherever it was compiled the same way. */
export const keptName = (url, length) =>
  `${createHash('sha256').update(`${url} ${length}`).digest('hex').slice(0, 32)}.js`;

function keep() {
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url, scriptId } }) => {
    if (!/^file:.*\/(sdk|control-plane)\/src\/.*\.ts(\?|$)/.test(url)) return;
    session.post('Debugger.getScriptSource', { scriptId }, (error, answer) => {
      if (error) return;
      const path = join(directory, keptName(url.replace(/[?#].*$/, ''), answer.scriptSource.length));
      if (!existsSync(path)) writeFileSync(path, answer.scriptSource);
    });
  });
  // Tells of every script that was parsed so far, and answers before it returns.
  session.post('Debugger.enable');
  session.disconnect();
}

if (directory) {
  mkdirSync(directory, { recursive: true });
  process.on('exit', keep);
}
