/** What the emulator hears and answers at present: the test's scenarios before the tutor's own. Changes at any time. */
import type { Heard } from './listener.js';
import { matchScenario, type Scenario, type Script } from './scenario.js';
import { DEFAULT_UTTERANCE, tutorScenarios } from './tutor-scenarios.js';

/** The side that sessions use. */
export interface ScriptReader {
  /** Words for a stretch of speech. */
  hear(heard: Heard): string;
  /** The scenario for the learner's words; there is always one. */
  find(words: string): Scenario;
}

/** The side that tests use. */
export interface ScriptBook extends ScriptReader {
  /** Replaces the parts that are given; utterances begin again with the first. */
  set(script: Script): void;
}

const silentScenario: Scenario = { name: 'nothing', when: [], answer: [] };

/** Creates a book. `hear`, when given, decides the words and the utterances are not used. */
export function createScriptBook(script: Script, hear?: (heard: Heard) => string): ScriptBook {
  let utterances = script.utterances ?? [DEFAULT_UTTERANCE];
  let scenarios = script.scenarios ?? [];
  let next = 0;
  return {
    hear(heard) {
      if (hear !== undefined) return hear(heard);
      const words = utterances[Math.min(next, utterances.length - 1)] ?? DEFAULT_UTTERANCE;
      next += 1;
      return words;
    },
    find(words) {
      return matchScenario(scenarios, words) ?? matchScenario(tutorScenarios, words) ?? silentScenario;
    },
    set(change) {
      if (change.utterances !== undefined) {
        utterances = change.utterances;
        next = 0;
      }
      if (change.scenarios !== undefined) scenarios = change.scenarios;
    },
  };
}
