/**
 * Brings raw V8 entries of pages and of Node to one form: functions with their ranges, the text that V8 ran, and its source map
 * with sources named from the repository's root. The same text is the same on every port and in every process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { mapName } from '../build/bundle.mjs';
import { keptName } from './keep-sources.cjs';

const rootUrl = new URL('../..', import.meta.url).href;

/** The build's file behind the address of a served script, or null. */
function builtFile({ pathname }) {
  if (pathname === '/sdk/v1/voice-tutor.js') return 'sdk/dist/loader/voice-tutor.js';
  if (/^\/sdk\/\d+\.\d+\.\d+[^/]*\//.test(pathname)) return `sdk/dist/release/${pathname.slice('/sdk/'.length)}`;
  if (pathname.startsWith('/dashboard/')) return `control-plane/dist${pathname}`;
  return null;
}

/** Reads a map and names its sources from the root; those of worker and worklets are named so by the build. */
function readMap(path) {
  const map = JSON.parse(readFileSync(path, 'utf8'));
  const folder = /\/(maps|worklets)\//.test(path) ? '' : dirname(path);
  return { ...map, sources: map.sources.map((source) => posix.normalize(posix.join(folder, source))) };
}

const files = new Map();
/** A built file with its map; each is read once. Null when it is not there. */
function readBuilt(path) {
  if (!files.has(path)) {
    const whole = existsSync(path) && existsSync(`${path}.map`);
    files.set(path, whole ? { source: readFileSync(path, 'utf8'), sourceMap: readMap(`${path}.map`) } : null);
  }
  return files.get(path);
}

/** The map that a text brings within itself, or null. */
function inlineMap(source) {
  const data = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-?8;)?base64,([\w+/=]+)\s*$/.exec(
    source,
  )?.[1];
  return data === undefined ? null : JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
}

/**
 * A later take of the same script lists only what ran since. What no take lists has not run, whatever is around it: without a
 * range over the whole script it would pass for covered.
 */
function withRoot(entry) {
  const endOffset = entry.source.length;
  const hasRoot = entry.functions.some(({ ranges: [root] }) => root?.startOffset === 0 && root.endOffset >= endOffset);
  if (hasRoot) return entry;
  return { ...entry, functions: [{ ranges: [{ startOffset: 0, endOffset, count: 0 }] }, ...entry.functions] };
}

/** A module that Node ran: its text was kept when the process ended. */
function ofNode({ url, functions }, sources) {
  const address = url.replace(/[?#].*$/, '');
  const path = address.slice(rootUrl.length);
  if (/^(sdk|control-plane)\/dist\//.test(path)) {
    const built = readBuilt(path);
    return built && { functions, ...built };
  }
  if (!/^(sdk|control-plane)\/src\/.*\.ts$/.test(path) || /\.test\.ts$/.test(path)) return undefined;
  // The range over the whole script tells the length of the text.
  const length = functions.find(({ ranges: [root] }) => root?.startOffset === 0)?.ranges[0].endOffset;
  const kept = join(sources, keptName(address, length));
  if (length === undefined || !existsSync(kept)) return null;
  const source = readFileSync(kept, 'utf8');
  const map = inlineMap(source);
  return map && { functions, source, sourceMap: { ...map, sources: [path] } };
}

/** A script of a page, a worker or a worklet. */
function ofPage({ url, functions, source }) {
  const address = new URL(url);
  const built = builtFile(address);
  if (built) {
    const file = readBuilt(built);
    return file && withRoot({ functions, ...file });
  }
  const kept = join('sdk/dist/maps', mapName(source));
  const own = inlineMap(source);
  if (!own && existsSync(kept)) return withRoot({ functions, source, sourceMap: readMap(kept) });
  if (!own) return null;
  // Served by the unit tests' server as a module of its own, or bundled with all its sources named from the root.
  const isModule = /^\/(sdk|control-plane)\/src\//.test(address.pathname);
  return withRoot({ functions, source, sourceMap: isModule ? { ...own, sources: [address.pathname.slice(1)] } : own });
}

/**
 * Normalises one entry; null when its text or its sources cannot be told, undefined when it is none of ours.
 *
 * @param {{ url: string, functions: readonly object[], source?: string }} raw an entry of V8; a page brings the `source` of
 *   scripts that are no files of the build.
 * @param {string} [sources] folder of the texts that `keep-sources.cjs` kept.
 */
export function toEntry(raw, sources = 'coverage/sources') {
  if (raw.url.startsWith('file:')) return raw.url.startsWith(rootUrl) ? ofNode(raw, sources) : undefined;
  if (/^(https?|blob):/.test(raw.url)) return ofPage({ source: '', ...raw });
  return undefined; // Node's own modules, and scripts without an address.
}
