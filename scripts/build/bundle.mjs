/** Bundles one entry into a self-contained classic script, for workers (as a string) and worklets (as files). */
import { build } from 'esbuild';

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
    minify,
    sourcemap,
    define,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return result.outputFiles[0].text;
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
