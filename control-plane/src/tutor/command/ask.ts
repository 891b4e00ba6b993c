/** `voice-tutor ask QUESTION`: one question through the engine, as text or as JSON. Pure: gives what to print and the exit code. */
import { parseArgs } from 'node:util';
import type { Answer, Formula, Refusal, Rule, Solution } from '../algebra/solution.js';
import { solve } from '../algebra/solve.js';
import { understand, type Understanding } from '../understand/understand.js';

/** What a command prints and how it ends. */
export interface CommandResult {
  readonly exitCode: 0 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `--json` document; documented in `docs/ask.md`. Fields are only ever added. */
export interface AskDocument {
  readonly version: 1;
  readonly question: string;
  readonly outcome: 'answered' | 'ambiguous' | 'not-understood' | 'off-topic' | 'too-long' | 'conversation' | 'refused';
  /** What was understood, or null where nothing was. */
  readonly reading: (Formula & { readonly task: string }) | null;
  readonly steps: readonly (Formula & { readonly rule: Rule; readonly caption: string; readonly say: string })[];
  readonly answer: Answer | null;
  /** The ways to read an ambiguous question. */
  readonly readings: readonly Formula[];
  /** Why there is no answer, in one sentence, or null. */
  readonly message: string | null;
}

/** How `ask` is called. */
export const askUsage = 'voice-tutor ask [--json] QUESTION';

const refusals: Readonly<Record<Refusal['reason'], string>> = {
  'too-big': 'That is too big for me.',
  'several-unknowns': 'There is more than one unknown in it, and none of them was asked for.',
  'unknown-missing': 'The unknown that was asked for is not in it, or one has no value.',
  'not-yet': 'I understand it, but I cannot do that kind yet.',
  irrational: 'It has no exact answer that I can write.',
  'nothing-to-do': 'That is already as simple as it gets.',
  undefined: 'There is a division by zero in it, so it is not defined.',
  unsure: 'My check of the answer failed, so I do not give one.',
};

/** Runs the command with the arguments after `ask`. */
export function runAsk(args: readonly string[]): CommandResult {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  // "-3 + 5" is a question, although it begins like an option.
  const isOption = (arg: string): boolean => /^--?[a-z][a-z-]*(?:=\w*)?$/i.test(arg);
  const words = [...before.filter((arg) => !isOption(arg)), ...(end < 0 ? [] : args.slice(end + 1))];
  let parsed;
  try {
    parsed = parseArgs({
      args: [...before.filter(isOption), '--', ...words],
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
  const question = parsed.positionals.join(' ').trim();
  if (question === '') return usageError('There is no question.');
  const document = answer(question);
  return {
    exitCode: document.answer === null ? 3 : 0,
    stdout: parsed.values.json === true ? `${JSON.stringify(document)}\n` : toText(document),
    stderr: '',
  };
}

/** The whole answer to a question as a document. */
export function answer(question: string): AskDocument {
  const meaning = understand(question);
  const empty: Omit<AskDocument, 'outcome'> = {
    version: 1,
    question,
    reading: null,
    steps: [],
    answer: null,
    readings: [],
    message: null,
  };
  if (meaning.kind !== 'problem') return { ...empty, ...withoutProblem(meaning) };
  const solved = solve(meaning.problem);
  if (!solved.ok) return { ...empty, outcome: 'refused', message: refusals[solved.error.reason] };
  return { ...empty, outcome: 'answered', ...toParts(solved.value, meaning.problem.task) };
}

function toParts(
  { problem, steps, answer: found }: Solution,
  task: string,
): Pick<AskDocument, 'reading' | 'steps' | 'answer'> {
  return {
    reading: { task, ...problem },
    steps: steps.map(({ rule, latex, spoken, caption, say }) => ({ rule, latex, spoken, caption, say })),
    answer: found,
  };
}

function withoutProblem(
  meaning: Exclude<Understanding, { kind: 'problem' }>,
): Pick<AskDocument, 'outcome' | 'message' | 'readings'> {
  switch (meaning.kind) {
    case 'ambiguous':
      return {
        outcome: 'ambiguous',
        readings: meaning.readings.map(({ latex, spoken }) => ({ latex, spoken })),
        message: 'I can read that in two ways. Brackets around what belongs together would tell.',
      };
    case 'not-understood':
      return {
        outcome: 'not-understood',
        readings: [],
        message:
          meaning.leftover === ''
            ? 'I could not read the whole of that.'
            : `I do not know what to do with “${meaning.leftover}”.`,
      };
    case 'off-topic':
      return { outcome: 'off-topic', readings: [], message: 'There is no mathematics in that that I can read.' };
    case 'too-long':
      return { outcome: 'too-long', readings: [], message: 'Questions have at most 300 characters.' };
    case 'follow-up':
      return {
        outcome: 'conversation',
        readings: [],
        message: 'That belongs in a conversation; this is one question.',
      };
  }
}

function toText({ reading, steps, answer: found, readings, message }: AskDocument): string {
  const lines: string[] = [];
  if (reading !== null) lines.push(`Reading  ${reading.spoken}`, `         ${reading.latex}`);
  steps.forEach(({ caption, latex }, index) => {
    lines.push(`Step ${(index + 1).toString().padEnd(3)} ${caption}`, `         ${latex}`);
  });
  if (found !== null) {
    const about = found.approx === undefined ? '' : `  (${found.approx.rounded ? '≈' : '='} ${found.approx.text})`;
    lines.push(`Answer   ${found.exact}${about}`, `         ${found.latex}`, `         ${found.spoken}`);
    if (found.remark !== undefined) lines.push(`         ${found.remark}`);
  }
  if (message !== null) lines.push(`No answer: ${message}`);
  for (const { spoken, latex } of readings) lines.push(`  Did you mean ${spoken}?`, `         ${latex}`);
  return `${lines.join('\n')}\n`;
}

function usageError(reason: string): CommandResult {
  return { exitCode: 2, stdout: '', stderr: `${reason}\nUsage: ${askUsage}\n` };
}
