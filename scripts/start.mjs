/** `npm start`: installs and builds what is stale, then becomes the control plane. */
import { fileURLToPath } from 'node:url';
import { installWhenStale, requireNode } from './install.mjs';

requireNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
installWhenStale();
const { buildWhenStale } = await import('./build.mjs');
await buildWhenStale();
await import('../control-plane/dist/main.js');
