/** `npm run stress`: the stress tests with large numbers (STRESS=1); `npm test` runs the same assertions with small ones. */
import { fileURLToPath } from 'node:url';
import { installWhenStale, requireNode } from './install.mjs';

requireNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
installWhenStale();
process.env.STRESS = '1';
const { suites } = await import('./test/suites.mjs');
const outcome = await suites.find(({ name }) => name === 'stress').run({ coverage: false });
for (const name of outcome.notRun) console.log(`not run: ${name}`);
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed`);
process.exitCode = outcome.failed > 0 ? 1 : 0;
