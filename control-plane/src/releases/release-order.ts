/** The order of release versions: SemVer 2.0.0, section 11; pure. */

/** True for versions such as `1.0.0-beta`. */
export function isPrerelease(version: string): boolean {
  return bare(version).includes('-');
}

/** Negative when `a` comes before `b`: a prerelease before its release, numbers by value; build metadata does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(bare(a)), split(bare(b))];
  const core = compareParts(left.core, right.core);
  if (core !== 0) return core;
  if (left.pre === null || right.pre === null) return Number(left.pre === null) - Number(right.pre === null);
  return compareParts(left.pre, right.pre);
}

function bare(version: string): string {
  return version.split('+')[0] ?? '';
}

function split(version: string): { readonly core: readonly string[]; readonly pre: readonly string[] | null } {
  const dash = version.indexOf('-');
  if (dash < 0) return { core: version.split('.'), pre: null };
  return { core: version.slice(0, dash).split('.'), pre: version.slice(dash + 1).split('.') };
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    const numeric = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (numeric[0] && numeric[1]) return Number(left) - Number(right);
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
