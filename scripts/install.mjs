/** Installs dependencies when `node_modules` is missing or older than the lockfile. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-lockfile`;

/** One plain sentence and exit code 1 when Node is older than the project needs (`engines` in package.json). */
export function requireNode(wanted = '20.9', running = process.versions.node) {
  const [[wantedMajor, wantedMinor], [major, minor]] = [wanted, running].map((version) =>
    version.split('.').map(Number),
  );
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  console.error(`Voice Tutor needs Node ${wanted} or newer; this is ${running}.`);
  process.exit(1);
}

/** Runs `npm ci` when what is installed is not what the lockfile says; returns true when it had to. */
export function installWhenStale() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  console.log('installing dependencies (npm ci)');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) {
    console.error(
      'Installing dependencies failed; check the connection to the npm registry and run the command again.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  return true;
}
