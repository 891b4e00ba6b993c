/** Builds what is stale: compares a digest of the sources with the one of the last build. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules/.cache/voice-tutor-build');
const sources = [
  'sdk/src',
  'control-plane/src',
  'scripts/build',
  'rollup.config.mjs',
  'package-lock.json',
  'sdk/package.json',
  'tsconfig.base.json',
];

function* walk(path) {
  if (!statSync(path).isDirectory()) return yield path;
  for (const entry of readdirSync(path).sort()) if (!/\.test\.ts$/.test(entry)) yield* walk(join(path, entry));
}

/** Digest over the content of all sources. */
function digest() {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of walk(join(root, source))) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

const products = [
  'control-plane/dist/main.js',
  'control-plane/dist/voice-tutor.js',
  'control-plane/dist/dashboard/dashboard.js',
  'control-plane/dist/pglite-template.tar.gz',
  'sdk/dist/loader/voice-tutor.js',
];

/** Builds unless the products belong to the present sources; returns true when it had to. */
export async function buildWhenStale() {
  const wanted = digest();
  const fresh = products.every((product) => existsSync(join(root, product)));
  if (fresh && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false;
  console.log('building');
  const { rollup } = await import('rollup');
  const { loadConfigFile } = await import('rollup/loadConfigFile');
  const { options, warnings } = await loadConfigFile(join(root, 'rollup.config.mjs'), {});
  warnings.flush();
  for (const config of options) {
    const bundle = await rollup(config);
    for (const output of config.output) await bundle.write(output);
    await bundle.close();
  }
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const { packDatabase } = await import('./build/database-template.mjs');
  await packDatabase({
    file: join(root, 'control-plane/dist/pglite-template.tar.gz'),
    stampFile: join(root, 'node_modules/.cache/voice-tutor-template'),
  });
  writeFileSync(stampFile, wanted);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href && !(await buildWhenStale())) console.log('up to date');
