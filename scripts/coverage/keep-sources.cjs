/**
 * Loaded into every process and thread (so by `--require`) of a run with coverage: keeps the text of our TypeScript as V8 ran it.
 * Node's own coverage files hold ranges without the text they belong to; judged by the text on disk, nothing would be missed.
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const directory = process.env.COVERAGE_SOURCES;

/** Name of a kept text: the same script has the same length wherever it was compiled the same way. */
exports.keptName = (url, length) => `${createHash('sha256').update(`${url} ${length}`).digest('hex').slice(0, 32)}.js`;

/** Tells of every script that was parsed so far, and until `disconnect` of those to come. */
function keep() {
  const session = new Session();
  try {
    session.connect();
  } catch {
    return session; // A thread of Node's own, such as the one of module hooks: it cannot be looked into and runs nothing of ours.
  }
  session.on('Debugger.scriptParsed', ({ params: { url, scriptId } }) => {
    if (!/^file:.*\/(sdk|control-plane)\/src\/.*\.ts(\?|$)/.test(url)) return;
    session.post('Debugger.getScriptSource', { scriptId }, (error, answer) => {
      if (error) return;
      const path = join(directory, exports.keptName(url.replace(/[?#].*$/, ''), answer.scriptSource.length));
      if (!existsSync(path)) writeFileSync(path, answer.scriptSource);
    });
  });
  session.post('Debugger.enable'); // Answers before it returns.
  return session;
}

if (directory) {
  mkdirSync(directory, { recursive: true });
  if (isMainThread) process.on('exit', () => keep().disconnect());
  // A worker may be terminated without an end of its own: it keeps each text as it comes.
  else keep();
}
