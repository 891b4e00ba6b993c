/** Lays out an answer as cues in order: phrases to speak, calls to make, turns to end. Pure: no time, no wire. */
import type { AnswerStep } from './scenario.js';
import type { SessionSettings } from './setup.js';
import { FILLER_TEXT } from './tutor-scenarios.js';

/** The next thing a turn does. */
export type Cue =
  | { readonly type: 'phrase'; readonly text: string }
  | {
      readonly type: 'call';
      readonly name: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly blocking: boolean;
    }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'end'; readonly last: boolean; readonly reason?: string }
  | { readonly type: 'stall' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  | { readonly type: 'go-away'; readonly timeLeftMs: number };

/** Words in one transcription fragment, as the service's fragments are. */
const WORDS_PER_PHRASE = 4;

/** The name of the function that shows a formula. */
export const SHOW_EQUATION = 'show_equation';

/**
 * Lays out the cues of an answer for one session.
 *
 * A call of a function that the client did not declare is left out, as a model cannot know it. The last cue is always an end, a stall or a close.
 */
export function planAnswer(
  steps: readonly AnswerStep[],
  { tools, traits }: Pick<SessionSettings, 'tools' | 'traits'>,
): readonly Cue[] {
  const cues: Cue[] = traits.filler ? [...toPhrases(FILLER_TEXT), { type: 'end', last: false }] : [];
  const call = (name: string, args: Readonly<Record<string, unknown>>): void => {
    const behavior = tools.get(name);
    if (behavior !== undefined) cues.push({ type: 'call', name, args, blocking: behavior === 'blocking' });
  };
  for (const step of steps) {
    switch (step.do) {
      case 'say':
        cues.push(...toPhrases(step.text));
        break;
      case 'equation': {
        const { latex, spoken, role, caption, step: number } = step;
        call(SHOW_EQUATION, {
          latex,
          spoken,
          role,
          ...(caption === undefined ? {} : { caption }),
          ...(number === undefined ? {} : { step: number }),
        });
        break;
      }
      case 'call':
        call(step.name, step.args);
        break;
      case 'wait':
        cues.push({ type: 'wait', ms: step.ms });
        break;
      case 'new-turn':
        cues.push({ type: 'end', last: false });
        break;
      case 'go-away':
        cues.push({ type: 'go-away', timeLeftMs: step.timeLeftMs });
        break;
      case 'finish':
        return [...cues, { type: 'end', last: true, reason: step.reason }];
      case 'stall':
        return [...cues, { type: 'stall' }];
      case 'close':
        return [...cues, { type: 'close', code: step.code, reason: step.reason }];
    }
  }
  return [...cues, { type: 'end', last: true }];
}

/** Cuts words into fragments that carry their own leading spaces: joined as they are, they give the text again. */
export function toFragments(text: string): readonly string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  const fragments: string[] = [];
  for (let at = 0; at < words.length; at += WORDS_PER_PHRASE) {
    fragments.push(words.slice(at, at + WORDS_PER_PHRASE).join(''));
  }
  return fragments;
}

function toPhrases(text: string): readonly Cue[] {
  return toFragments(text).map((fragment) => ({ type: 'phrase', text: fragment }));
}
