/** The built-in script: a short worked equation for the mathematics question, a plain spoken answer for everything else. Data only. */
import type { Scenario } from './scenario.js';

/** What the emulator hears in speech when nobody says otherwise. */
export const DEFAULT_UTTERANCE = 'solve two x plus three equals eleven';

const worked: Scenario['answer'] = [
  { do: 'say', text: 'Let us solve it together.' },
  {
    do: 'equation',
    latex: '2x+3=11',
    spoken: 'two x plus three equals eleven',
    caption: 'The problem',
    role: 'problem',
  },
  { do: 'say', text: ' We have two x plus three equals eleven. First subtract three from both sides.' },
  {
    do: 'equation',
    latex: '2x=8',
    spoken: 'two x equals eight',
    caption: 'Subtract 3 from both sides',
    role: 'step',
    step: 1,
  },
  { do: 'say', text: ' That leaves two x equals eight. Now divide both sides by two.' },
  { do: 'equation', latex: 'x=4', spoken: 'x equals four', caption: 'Divide both sides by 2', role: 'answer', step: 2 },
  { do: 'say', text: ' So x equals four. Can you check it by putting four back into the equation?' },
];

/** Scenarios that follow those of a test; the last one matches everything. */
export const tutorScenarios: readonly Scenario[] = [
  { name: 'worked-equation-words', when: ['two x plus three equals eleven'], answer: worked },
  { name: 'worked-equation-symbols', when: ['2x + 3 = 11'], answer: worked },
  { name: 'worked-equation-tight', when: ['2x+3=11'], answer: worked },
  {
    name: 'plain',
    when: [],
    answer: [
      { do: 'say', text: 'Good question. Tell me first what you already know about it,' },
      { do: 'say', text: ' and then we will take it one small step at a time.' },
    ],
  },
];

/** What the extended-thinking model says in a turn of its own before the answer. */
export const FILLER_TEXT = 'Let me think about that for a moment.';
