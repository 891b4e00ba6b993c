/**
 * Figures of the built-in tutor's engine: `node --import tsx scripts/bench/tutor.mjs`
 *
 * Prints right, refused and wrong answers for the hand-made questions and for 500 generated problems of each topic (or the
 * number given as the first argument), the time of an answer, and the size of the engine's code.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ask } from '../../tests/support/tutor/ask.ts';
import { isRight } from '../../tests/support/tutor/oracle.ts';
import { topics } from '../../tests/support/tutor/problems.ts';
import { seeded } from '../../tests/support/tutor/random.ts';
import { sentence } from '../../tests/support/tutor/sentences.ts';

const each = Number(process.argv[2] ?? 500);
const times = [];
// On a shared machine the clock also counts the waiting for others; processor time does not.
const processor = [];
const slowest = { ms: 0, question: '' };
const timed = (question) => {
  const used = process.cpuUsage();
  const began = performance.now();
  const found = ask(question);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  times.push(ms);
  processor.push((user + system) / 1000);
  if (ms > slowest.ms) Object.assign(slowest, { ms, question });
  return found;
};
const row = (name, counts) =>
  console.log(`${name.padEnd(22)} right ${String(counts.right).padStart(5)}  refused ${String(counts.refused).padStart(4)}  wrong ${String(counts.wrong).padStart(3)}`); // prettier-ignore
const count = (counts, found, right) => {
  if (typeof found === 'string') counts.refused += 1;
  else if (right(found.answer)) counts.right += 1;
  else counts.wrong += 1;
};

for (let index = 0; index < 300; index += 1) ask(sentence(seeded(index)).text);
for (const file of ['student-questions', 'more-questions']) {
  const url = new URL(`../../tests/support/data/${file}.json`, import.meta.url);
  const counts = { right: 0, refused: 0, wrong: 0 };
  for (const { question, final } of JSON.parse(readFileSync(url, 'utf8')))
    count(counts, timed(question), (answer) => isRight(final, answer));
  row(file, counts);
}
for (const [topic, make] of Object.entries(topics)) {
  const choices = seeded(topic.length * 7919 + 17);
  const counts = { right: 0, refused: 0, wrong: 0 };
  for (let index = 0; index < each; index += 1) {
    const problem = make(choices);
    count(counts, timed(problem.question), problem.isRight);
  }
  row(topic, counts);
}

const report = (name, list) => {
  list.sort((a, b) => a - b);
  const at = (part) => list[Math.min(list.length - 1, Math.floor(list.length * part))].toFixed(2);
  console.log(`${name.padEnd(22)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  max ${at(1)} ms over ${list.length}`);
};
report('answer time', times);
report('processor time', processor);
console.log(`slowest                ${slowest.question}`);

const entry = fileURLToPath(new URL('../../control-plane/src/tutor/command/ask.ts', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const code = outputFiles[0].contents;
console.log(`engine, minified       ${code.length} bytes, ${gzipSync(code).length} gzip`);
