/** Installs Debian packages on a machine where nobody is asked anything: as root only. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** True where packages can be installed without asking for a password. */
export const canInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * Installs packages without what they only recommend.
 *
 * @param {readonly string[]} packages
 * @returns {boolean} false when it failed; what apt says is on standard error.
 */
export function installPackages(packages) {
  const apt = (...args) =>
    // A network that stutters is tried again; another apt that runs is waited for.
    spawnSync('apt-get', ['-qq', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // One source that does not answer fails the update as a whole, though the others are enough: the installation decides.
  apt('update');
  return apt('install', '-y', '--no-install-recommends', ...packages);
}
