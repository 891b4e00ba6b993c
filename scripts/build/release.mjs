/** Finishes a release: worklets, fonts, precompressed twins, and the manifest with a sha384 of every file. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundleWithMap } from './bundle.mjs';
import { katexFonts } from './katex-css.mjs';

/** Subresource-Integrity value of some bytes. */
export const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

function* filesBelow(directory) {
  for (const entry of readdirSync(directory)) {
    const path = join(directory, entry);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** Writes `FILE.br` beside a file, best compression; fonts are compressed already. */
export function precompress(path) {
  if (/\.(woff2|br)$/.test(path)) return;
  const bytes = readFileSync(path);
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  );
}

/** Rollup plugin that completes the release in `directory` after its modules were written. */
export function finishRelease({ directory, version, worklets }) {
  return {
    name: 'finish-release',
    async writeBundle() {
      mkdirSync(join(directory, 'worklets'), { recursive: true });
      for (const [name, entry] of Object.entries(worklets)) {
        const { code, map } = await bundleWithMap(entry, { sourcemap: 'external' });
        writeFileSync(join(directory, 'worklets', `${name}.js`), code);
        writeFileSync(join(directory, 'worklets', `${name}.js.map`), map);
      }
      mkdirSync(join(directory, 'fonts'), { recursive: true });
      for (const font of readdirSync(katexFonts)) {
        if (font.endsWith('.woff2')) cpSync(join(katexFonts, font), join(directory, 'fonts', font));
      }
      const files = [];
      for (const path of [...filesBelow(directory)].sort()) {
        if (/\.(br|map)$|manifest\.json$/.test(path)) continue;
        const bytes = readFileSync(path);
        files.push({
          path: relative(directory, path).replaceAll('\\', '/'),
          integrity: integrityOf(bytes),
          bytes: bytes.length,
        });
        precompress(path);
      }
      writeFileSync(
        join(directory, 'manifest.json'),
        `${JSON.stringify({ version, entry: 'voice-tutor.js', files }, null, 1)}\n`,
      );
    },
  };
}
