/**
 * The built-in tutor's engine: answers to hand-made and generated questions, time of an answer, speech engines, size.
 * The questions, the judge and the engine are TypeScript, so they are loaded when the figure runs.
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { quantile } from './statistics.mjs';

/** Name of the figure on the command line. */
export const name = 'tutor';
/** What it measures, in a line. */
export const about = 'the default tutor: right, refused and wrong answers, time of an answer, speech engines, size';

const sentences = [
  'Let us solve two x plus three equals eleven.',
  'Subtract three from both sides.',
  'So what does x equal?',
  'The common denominator is six, so the tops become four and three.',
];

/** Measures. */
export async function run({ quick, log }) {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  try {
    return [...(await answers(quick ? 20 : 500, log)), ...(await speech(quick ? 1 : 5, log)), ...(await size())];
  } finally {
    await unregister();
  }
}

async function answers(each, log) {
  const [{ ask }, { isRight }, { topics }, { seeded }, { sentence }] = await Promise.all(
    ['ask', 'oracle', 'problems', 'random', 'sentences'].map((file) => import(`../../tests/support/tutor/${file}.ts`)),
  );
  const [clock, processor] = [[], []];
  const timed = (question) => {
    const used = process.cpuUsage();
    const began = performance.now();
    const found = ask(question);
    clock.push(performance.now() - began);
    // On a shared machine the clock also counts the waiting for others; processor time does not.
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
    return found;
  };
  const rows = [];
  const judge = (what, questions) => {
    const counts = { right: 0, refused: 0, wrong: 0 };
    for (const [question, right] of questions) {
      const found = timed(question);
      counts[typeof found === 'string' ? 'refused' : right(found.answer) ? 'right' : 'wrong'] += 1;
    }
    log(`${what.padEnd(20)} right ${counts.right}, refused ${counts.refused}, wrong ${counts.wrong}`);
    for (const [kind, value] of Object.entries(counts))
      rows.push({ figure: name, what: `${what}: ${kind}`, value, unit: 'answers', runs: questions.length });
  };
  for (let index = 0; index < 300; index += 1) ask(sentence(seeded(index)).text);
  for (const file of ['student-questions', 'more-questions', 'varied-questions']) {
    const url = new URL(`../../tests/support/data/${file}.json`, import.meta.url);
    const questions = JSON.parse(readFileSync(url, 'utf8'));
    judge(file, questions.map(({ question, final }) => [question, (answer) => isRight(final, answer)])); // prettier-ignore
  }
  for (const [topic, make] of Object.entries(topics)) {
    const choices = seeded(topic.length * 7919 + 17);
    judge(topic, Array.from({ length: each }, () => make(choices)).map((made) => [made.question, made.isRight])); // prettier-ignore
  }
  for (const [what, list] of Object.entries({ 'answer, clock': clock, 'answer, processor': processor }))
    for (const [rank, part] of Object.entries({ p50: 0.5, p99: 0.99, max: 1 }))
      rows.push({ figure: name, what: `${what}, ${rank}`, value: quantile(list, part), unit: 'ms', runs: list.length });
  return rows;
}

/** Time to make a sentence, as a part of the time it takes to say it. */
async function speech(rounds, log) {
  const { createSpeechPrograms, speechRateHz } =
    await import('../../control-plane/src/tutor/speech/speech-programs.ts');
  const rows = [];
  for (const choice of ['flite', 'espeak-ng']) {
    const deps = { path: process.env.PATH ?? '', temporaryFolder: tmpdir() };
    const program = await createSpeechPrograms(deps, { choice });
    if (program === null) {
      log(`${choice} is not installed`);
      continue;
    }
    let [made, said] = [0, 0];
    for (let round = 0; round < rounds; round += 1)
      for (const text of sentences) {
        const began = performance.now();
        const sound = await program.synthesise(text, AbortSignal.timeout(10_000));
        made += performance.now() - began;
        if (!sound.ok) throw new Error(`${choice}: ${sound.error.reason}`);
        said += (sound.value.length / speechRateHz) * 1000;
      }
    const what = `${choice}, making ÷ saying`;
    rows.push({ figure: name, what, value: made / said, unit: '× real time', runs: rounds * sentences.length });
  }
  return rows;
}

async function size() {
  const { build } = await import('esbuild');
  const entry = fileURLToPath(new URL('../../control-plane/src/tutor/command/ask.ts', import.meta.url));
  const options = { bundle: true, minify: true, write: false, format: 'esm', platform: 'node' };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  const code = outputFiles[0].contents;
  return [
    { figure: name, what: 'engine, minified', value: code.length, unit: 'bytes', runs: 1 },
    { figure: name, what: 'engine, gzip', value: gzipSync(code).length, unit: 'bytes', runs: 1 },
  ];
}
