/**
 * Leaves out of zod what our schemas never do: promises (no asynchronous check), `encode` (no codec runs backwards), and the
 * `~standard` interface (nobody hands our schemas on). All stand in every schema class, where no bundler can see that they are dead.
 */

/** Modules of zod with such branches. */
export const ZOD_MODULES = /[\\/]zod[\\/]v4[\\/](?:core[\\/](?:schemas|checks|parse)|mini[\\/]schemas)\.js$/;

/** What is replaced, and by what; constants let the minifier drop what hangs on them. */
const DEAD = [
  [/\b\w+ instanceof Promise\b/g, 'false'],
  [/\bctx\??\.direction === "backward"/g, 'false'],
  // Objects take the keys they name and drop the rest: no strictObject, looseObject or catchall anywhere.
  [/\bconst catchall = def\.catchall;/g, 'const catchall = undefined;'],
  [/\bproms\.length\b/g, '0'],
  [/\(asyncResult\)/g, '(false)'],
  [/\basyncResult \|\| /g, ''],
  [/\breturn util\.hide\(this, "~standard", standardProps\(this\)\)/g, 'return undefined'],
  [/\b(?:safeP|p)arseAsync\(data, params\) \{\s+return parse\.\w+\(this, data, params(?:, \{[^}]*\})?\);\s+\},/g, ''],
];
/** Each module must still have one of these, so that an upgrade of zod is looked at. */
const EXPECTED = /instanceof Promise|safeParseAsync|\bwhen\b/;

/** The module without them. @throws when zod is written differently by now. */
export function onlySync(code, id) {
  if (!EXPECTED.test(code)) throw new Error(`zod changed: look at scripts/build/zod-sync.mjs (${id})`);
  return DEAD.reduce((text, [pattern, constant]) => text.replace(pattern, constant), code);
}

/** Rollup plugin for it. */
export const zodSync = () => ({
  name: 'zod-sync',
  transform: (code, id) => (ZOD_MODULES.test(id) ? { code: onlySync(code, id), map: null } : null),
});
