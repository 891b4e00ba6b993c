/**
 * Brings raw V8 entries of pages to one form: an address that is the built file's (so that the same script seen on many ports
 * counts once), its text, and its source map with sources named from the repository's root.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { mapName } from '../build/bundle.mjs';

/** The build's file behind the address of a served script, or null. */
function builtFile(url) {
  const { pathname } = new URL(url);
  if (pathname === '/sdk/v1/voice-tutor.js') return 'sdk/dist/loader/voice-tutor.js';
  if (/^\/sdk\/\d+\.\d+\.\d+[^/]*\//.test(pathname)) return `sdk/dist/release/${pathname.slice('/sdk/'.length)}`;
  if (pathname.startsWith('/dashboard/')) return `control-plane/dist${pathname}`;
  return null;
}

/** Reads a map and names its sources from the root; those of worker and worklets are named so by the build. */
function readMap(path) {
  const map = JSON.parse(readFileSync(path, 'utf8'));
  const folder = /\/(maps|worklets)\//.test(path) ? '' : dirname(path);
  return { ...map, sourceRoot: '', sources: map.sources.map((source) => posix.normalize(posix.join(folder, source))) };
}

const files = new Map();
/** A built file with its map; each is read once. Null when the build has changed since. */
function read(path) {
  if (!files.has(path)) {
    const whole = existsSync(path) && existsSync(`${path}.map`);
    files.set(path, whole ? { source: readFileSync(path, 'utf8'), sourceMap: readMap(`${path}.map`) } : null);
  }
  return files.get(path);
}

/**
 * A later take of the same script lists only what ran since. What no take lists has not run, whatever is around it: without a
 * range over the whole script it would pass for covered.
 */
function withRoot(entry) {
  const end = entry.source.length;
  const hasRoot = entry.functions.some(({ ranges: [root] }) => root && root.startOffset === 0 && root.endOffset >= end);
  if (hasRoot) return entry;
  const root = { functionName: '', isBlockCoverage: true, ranges: [{ startOffset: 0, endOffset: end, count: 0 }] };
  return { ...entry, functions: [root, ...entry.functions] };
}

/** Normalises one entry; null when its sources cannot be told. */
export function toEntry({ url, functions, source, scriptId }) {
  if (url.startsWith('blob:')) {
    const name = mapName(source);
    const map = join('sdk/dist/maps', name);
    const address = `sdk/dist/maps/${name.replace(/\.map$/, '')}`;
    if (existsSync(map)) return withRoot({ url: address, scriptId, functions, source, sourceMap: readMap(map) });
    // A test's bundle brings its map within itself.
    return source.includes('sourceMappingURL=data:') ? withRoot({ url: address, scriptId, functions, source }) : null;
  }
  const path = builtFile(url);
  if (path && /\/dist\//.test(path)) {
    const file = existsSync(resolve(path)) ? read(path) : null;
    return file && withRoot({ url: path, scriptId, functions, ...file });
  }
  // Served by the unit tests' server: the address is the source's own, the map is within.
  return source ? withRoot({ url: url.replace(/[?#].*$/, ''), scriptId, functions, source }) : null;
}
