/** Bundles one entry into a self-contained classic script, for workers (as a string) and worklets (as files). */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify as squeeze } from 'terser';
import { isDefinitions, markPure } from './pure-contracts.mjs';
import { onlySync, ZOD_MODULES } from './zod-sync.mjs';

/** esbuild plugin: only the schemas, and the branches of zod, that are used. Not for tests: coverage counts the source as it is. */
const lean = {
  name: 'lean',
  setup({ onLoad }) {
    onLoad({ filter: ZOD_MODULES }, async ({ path }) => ({ contents: onlySync(await readFile(path, 'utf8'), path) }));
    onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      isDefinitions(path) ? { contents: markPure(await readFile(path, 'utf8'), path), loader: 'ts' } : undefined,
    );
  },
};

/** Terser's second look saves a worker 5 % over esbuild's own. */
async function squeezed(code, map) {
  const result = await squeeze(code, {
    ecma: 2022,
    toplevel: true,
    compress: { passes: 3, pure_getters: true },
    format: { comments: false },
    ...(map ? { sourceMap: { content: map, asObject: false } } : {}),
  });
  return { code: result.code, map: typeof result.map === 'string' ? result.map : '' };
}

/**
 * @param {string} entry absolute path of the TypeScript entry.
 * @param {{ minify?: boolean, sourcemap?: 'inline' | false, define?: Record<string, string> }} [options]
 * @returns {Promise<string>} the script's text.
 */
export async function bundleClassic(entry, options = {}) {
  return (await bundleWithMap(entry, options)).code;
}

/**
 * The same with its source map beside it: `sourcemap: 'external'` leaves the script itself as it is without one, `'inline'` puts
 * it into the script as well. Maps name their sources from the repository's root, since nothing tells where they will lie.
 */
export async function bundleWithMap(entry, { minify = true, sourcemap = false, define = {} } = {}) {
  const result = await build({
    entryPoints: [entry],
    outfile: entry.replace(/\.ts$/, '.js'),
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['source'],
    minify: false,
    sourcemap: sourcemap && 'external',
    define,
    plugins: minify ? [lean] : [],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = (ending) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const bundled = { code: text('.js'), map: text('.js.map') };
  const { code, map: raw } = minify ? await squeezed(bundled.code, bundled.map) : bundled;
  const map = raw ? fromRoot(raw, dirname(entry)) : '';
  if (sourcemap !== 'inline') return { code, map };
  const data = Buffer.from(map).toString('base64');
  return { code: `${code}//# sourceMappingURL=data:application/json;base64,${data}\n`, map };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const fromRoot = (text, folder) => {
  const map = JSON.parse(text);
  const sources = map.sources.map((source) => relative(root, resolve(folder, source)).replaceAll('\\', '/'));
  return JSON.stringify({ ...map, sources });
};

/** Name of the map that belongs to a script which has no address of its own. */
export const mapName = (code) => `${createHash('sha256').update(code).digest('hex').slice(0, 32)}.js.map`;

/**
 * Rollup plugin: `import source from 'inline:./x.worker.ts'`.
 *
 * @param {{ maps: string }} options `maps` is the folder for the scripts' source maps, each under `mapName` of its script: the
 *   shipped script carries none, and coverage still finds its sources.
 */
export function inlineSources({ maps }) {
  return {
    name: 'inline-sources',
    buildStart: () => rmSync(maps, { recursive: true, force: true }),
    async resolveId(source, importer) {
      if (!source.startsWith('inline:')) return null;
      const resolved = await this.resolve(source.slice('inline:'.length), importer, { skipSelf: true });
      return resolved && `\0inline:${resolved.id}`;
    },
    async load(id) {
      if (!id.startsWith('\0inline:')) return null;
      const entry = id.slice('\0inline:'.length);
      this.addWatchFile(entry);
      const { code, map } = await bundleWithMap(entry, { sourcemap: 'external' });
      mkdirSync(maps, { recursive: true });
      writeFileSync(join(maps, mapName(code)), map);
      return { code: `export default ${JSON.stringify(code)};`, map: null };
    },
  };
}
