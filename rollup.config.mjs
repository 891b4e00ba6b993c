/** Builds everything that is served or run: release (element, worker, worklets), loader, dashboard, control plane. */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { inlineSources } from './scripts/build/bundle.mjs';
import { katexCss } from './scripts/build/katex-css.mjs';
import { pureContracts } from './scripts/build/pure-contracts.mjs';
import { finishRelease, precompress } from './scripts/build/release.mjs';
import { zodSync } from './scripts/build/zod-sync.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}sdk/package.json`, 'utf8'));
const release = `${root}sdk/dist/release/${version}`;
const plane = `${root}control-plane/dist`;
const compile = (options = {}) =>
  esbuild({ target: 'es2022', tsconfig: `${root}tsconfig.json`, sourceMap: true, ...options });
const browserResolve = () => nodeResolve({ browser: true, exportConditions: ['source', 'production', 'browser'] });
const minify = () => terser({ module: true, ecma: 2022, compress: { passes: 2 }, format: { comments: false } });

/**
 * Stock lit-html makes its Trusted Types policy at import and throws where a page does not list it, or has it already.
 * Ours is the one of the whole SDK, which the loader may have made before: lit-html is given it instead.
 */
const litPolicy = () => ({
  name: 'lit-policy',
  transform(code, id) {
    if (!/lit-html[\\/](?:node[\\/])?(?:development[\\/])?lit-html\.js$/.test(id)) return null;
    const creation = /\w+\.createPolicy\(\s*["']lit-html["']\s*,\s*\{[^{}]*\}\s*\)/;
    if (!creation.test(code)) throw new Error('lit-html changed the way it makes its Trusted Types policy');
    const source = JSON.stringify(`${root}sdk/src/platform/trusted-types.ts`);
    return {
      code: `import { policy as voiceTutorPolicy } from ${source};\n${code.replace(creation, 'voiceTutorPolicy')}`,
      map: null,
    };
  },
});

/**
 * Lit and zod leave lists and settings on the page's global object. A guest leaves nothing there, and the settings of a host that
 * uses zod as well are not ours: each module keeps its own.
 */
const noGlobals = () => ({
  name: 'no-globals',
  transform(code, id) {
    if (!/node_modules[\\/](?:lit|lit-html|lit-element|@lit|zod)[\\/]/.test(id)) return null;
    const names =
      /(?:(?:\(\w+ = globalThis\)|[\w$]+)\.)?(?<![\w$])((?:litHtml|litElement|reactiveElement)Versions|litPropertyMetadata|__zod_global(?:Config|Registry))\b/g;
    if (!names.test(code)) return null;
    return { code: `const voiceTutorOwn = {};\n${code.replace(names, 'voiceTutorOwn.$1')}`, map: null };
  },
});

const wipe = (directory) => ({ name: 'wipe', buildStart: () => rmSync(directory, { recursive: true, force: true }) });
const quiet = (warning, warn) => {
  if (
    warning.code !== 'THIS_IS_UNDEFINED' &&
    warning.code !== 'CIRCULAR_DEPENDENCY' &&
    warning.code !== 'INVALID_ANNOTATION'
  )
    warn(warning);
};

const element = {
  input: { 'voice-tutor': `${root}sdk/src/define.ts` },
  output: {
    dir: release,
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
  onwarn: quiet,
  plugins: [
    wipe(release),
    inlineSources({ maps: `${root}sdk/dist/maps` }),
    katexCss(),
    litPolicy(),
    pureContracts(),
    zodSync(),
    noGlobals(),
    browserResolve(),
    replace({ preventAssignment: true, values: { __RELEASE__: JSON.stringify(version) } }),
    compile(),
    minify(),
    finishRelease({
      directory: release,
      version,
      worklets: {
        capture: `${root}sdk/src/voice/capture/capture.worklet.ts`,
        playback: `${root}sdk/src/voice/playback/playback.worklet.ts`,
      },
    }),
  ],
};

/** After the release: the loader knows the release it falls back to. */
const loader = {
  input: `${root}sdk/src/loader/loader.ts`,
  output: { file: `${root}sdk/dist/loader/voice-tutor.js`, format: 'es', sourcemap: true },
  plugins: [
    browserResolve(),
    compile(),
    {
      name: 'builtin-release',
      transform(code, id) {
        if (!id.includes('/loader/')) return null;
        const manifest = JSON.parse(readFileSync(`${release}/manifest.json`, 'utf8'));
        const entry = manifest.files.find((file) => file.path === manifest.entry);
        return {
          code: code
            .replaceAll('__RELEASE_ENTRY__', JSON.stringify(`/sdk/${version}/${manifest.entry}`))
            .replaceAll('__RELEASE_INTEGRITY__', JSON.stringify(entry.integrity)),
          map: null,
        };
      },
    },
    minify(),
    { name: 'precompress', writeBundle: ({ file }) => precompress(file) },
  ],
};

const dashboard = {
  input: `${root}control-plane/src/dashboard/dashboard.ts`,
  output: { file: `${plane}/dashboard/dashboard.js`, format: 'es', sourcemap: true, inlineDynamicImports: true },
  onwarn: quiet,
  plugins: [
    browserResolve(),
    commonjs(),
    compile(),
    minify(),
    {
      name: 'page',
      writeBundle({ file }) {
        precompress(file);
        cpSync(`${root}control-plane/src/dashboard/dashboard.html`, `${plane}/dashboard/dashboard.html`);
      },
    },
  ],
};

const controlPlane = {
  input: {
    main: `${root}control-plane/src/main.ts`,
    'pglite-worker': `${root}control-plane/src/platform/db/pglite.worker-thread.ts`,
  },
  output: { dir: plane, format: 'es', sourcemap: true, chunkFileNames: 'chunks/[name]-[hash].js' },
  external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@voice-tutor/'),
  onwarn: quiet,
  plugins: [
    nodeResolve({ exportConditions: ['source', 'node'] }),
    compile(),
    {
      name: 'migrations',
      writeBundle() {
        mkdirSync(`${plane}/migrations`, { recursive: true });
        cpSync(`${root}control-plane/src/platform/db/migrations`, `${plane}/migrations`, { recursive: true });
      },
    },
  ],
};

/** The command line, by itself so that it starts without the server's modules. */
const command = {
  input: `${root}control-plane/src/cli.ts`,
  output: { file: `${plane}/voice-tutor.js`, format: 'es', banner: '#!/usr/bin/env node' },
  external: controlPlane.external,
  onwarn: quiet,
  plugins: [
    nodeResolve({ exportConditions: ['source', 'node'] }),
    compile(),
    { name: 'executable', writeBundle: ({ file }) => chmodSync(file, 0o755) },
  ],
};

export default [element, loader, dashboard, controlPlane, command];
