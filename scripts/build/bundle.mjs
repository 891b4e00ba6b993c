/** Bundles one entry into a self-contained classic script, for workers (as a string) and worklets (as files). */
import { readFile } from 'node:fs/promises';
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

/**
 * @param {string} entry absolute path of the TypeScript entry.
 * @param {{ minify?: boolean, sourcemap?: 'inline' | false, define?: Record<string, string> }} [options]
 * @returns {Promise<string>} the script's text.
 */
export async function bundleClassic(entry, { minify = true, sourcemap = false, define = {} } = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['source'],
    minify: false,
    sourcemap,
    define,
    plugins: minify ? [lean] : [],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const { text } = result.outputFiles[0];
  if (!minify) return text;
  // Terser's second look saves a worker 5 % over esbuild's own.
  const { code } = await squeeze(text, {
    ecma: 2022,
    toplevel: true,
    compress: { passes: 3, pure_getters: true },
    format: { comments: false },
  });
  return code;
}

/** Rollup plugin: `import source from 'inline:./x.worker.ts'`. */
export function inlineSources(options) {
  return {
    name: 'inline-sources',
    async resolveId(source, importer) {
      if (!source.startsWith('inline:')) return null;
      const resolved = await this.resolve(source.slice('inline:'.length), importer, { skipSelf: true });
      return resolved && `\0inline:${resolved.id}`;
    },
    async load(id) {
      if (!id.startsWith('\0inline:')) return null;
      const entry = id.slice('\0inline:'.length);
      this.addWatchFile(entry);
      return { code: `export default ${JSON.stringify(await bundleClassic(entry, options))};`, map: null };
    },
  };
}
