/** Sentences that are about the conversation: greetings, why, again, just the answer. Whole sentences only, by table. */

/** What a learner wants that is no new problem. */
export type FollowUp =
  'greeting' | 'thanks' | 'why' | 'again' | 'answer-only' | 'steps' | 'another' | 'yes' | 'no' | 'help' | 'bye';

const table: readonly (readonly [FollowUp, RegExp])[] = [
  ['greeting', /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there| tutor)?$/],
  ['thanks', /^(?:thanks|thank you|cool|great|nice|got it|i get it|i see|ok|okay)(?: (?:so much|a lot|very much|thanks|thank you|tutor|now))?$/],
  ['why', /^(?:but )?(?:why|how come|i don't (?:understand|get it|get that)|explain(?: (?:it|that|please|why))?|what do you mean|how did you (?:do|get) (?:that|it))(?: (?:is|do|does|did|are|can|would|not|that|so|it|you|we|i)(?: .*)?)?$/],
  ['again', /^(?:again|repeat(?: (?:it|that))?|(?:can you |please |could you )?(?:say|repeat|explain|show) (?:it|that|me)(?: that)?(?: to me)? again|one more time|once more|pardon|sorry what)$/],
  ['answer-only', /^(?:just |only )?(?:give me |tell me |show me )?(?:just |only )?the answer(?: only)?$/],
  ['steps', /^(?:show|give|tell|walk)(?: me)?(?: through)?(?: all)?(?: the| your)? (?:steps|work|working)(?: again)?$/],
  ['another', /^(?:(?:give me |let's do |do |can i have )?(?:another|one more|the next|next)(?: (?:one|problem|question|exercise))?|next)$/],
  ['yes', /^(?:yes|yeah|yep|sure|of course|yes please)$/],
  ['no', /^(?:no|nope|no thanks|no thank you|not now)$/],
  ['help', /^(?:help|help me|what can you do|how does this work|who are you|what are you)$/],
  ['bye', /^(?:bye|goodbye|see you|see you later|good night|i'm done|that's all)$/],
]; // prettier-ignore

/** Reads a whole sentence as a follow-up; null for everything else. "Why equals three" is the letter y, so no follow-up. */
export function readFollowUp(text: string): FollowUp | null {
  const sentence = text
    .replace(/[,.!?]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const trimmed = sentence.replace(/^please | please$/g, '');
  for (const [ask, pattern] of table) if (pattern.test(sentence) || pattern.test(trimmed)) return ask;
  return null;
}
