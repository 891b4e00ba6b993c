/** Sentences about the lesson itself: hint, next, show me, another one, harder. Whole sentences only, by table. */
import { topicFromWords, type PracticeTopic } from '../practice/topics.js';
import { readFollowUp } from '../understand/follow-up.js';

/** What a learner wants that is neither a problem nor an attempt. */
export type Request =
  | { readonly ask: Plain }
  /** A problem to practise; null is more of the same. */
  | { readonly ask: 'another'; readonly topic: PracticeTopic | null }
  /** The exercise on the page: its number or letter, or null for "this one". */
  | { readonly ask: 'exercise'; readonly label: string | null };

type Plain =
  | 'greeting' | 'thanks' | 'help' | 'bye' | 'yes' | 'no'
  | 'hint' | 'next' | 'unknown' | 'why' | 'again' | 'all-steps' | 'answer-only' | 'question' | 'skip' | 'harder' | 'easier'; // prettier-ignore

const table: readonly (readonly [Plain, RegExp])[] = [
  ['hint', /^(?:(?:give me |i need |can i (?:have|get) |show me |tell me )?(?:a |an |another |one more |the )?(?:next |small |little |bigger )?(?:hint|clue|tip)|help me(?: out)?|i need (?:some |a little )?help|i(?:'m| am) stuck|help me (?:with )?(?:here|a (?:bit|little)))$/],
  ['unknown', /^(?:i (?:don't|do not) know(?: how| it| that| this| what to do)?|i(?:'ve| have) no (?:idea|clue)|no (?:idea|clue)|not sure|i(?:'m| am) not sure|i(?:'m| am) lost|idk|dunno|i forgot|how|how(?: do i| do you| can i| should i)? do (?:i |you )?(?:that|it|this)|what (?:do i do|should i do|now)(?: now| next)?|i can't)$/],
  ['next', /^(?:next(?: step| line)?|go on|continue|keep going|carry on|proceed|and then|what(?:'s| is) (?:the )?next(?: step| line)?|what comes next|then what|show (?:me )?the next (?:step|line)|tell me(?: the next step)?|give up|i give up|show me(?: how)?(?: to do)? (?:that|this) step)$/],
  ['all-steps', /^(?:show me|show(?: me)?(?: all)?(?: of)? (?:it|that|everything)|(?:show|give|tell|walk)(?: me)?(?: through)?(?: all)?(?: of)?(?: the| your| it)? ?(?:steps|work|working|whole (?:thing|solution|way)|solution|full solution)(?: again)?|all(?: the| of the)? steps|every step|step by step|(?:just |please )?(?:solve|do|work) (?:it|this|that)(?: out)?(?: for me| completely)?|you do it|do it for me|full solution)$/],
  ['answer-only', /^(?:(?:just|only) )?(?:give me |tell me |show me |i (?:just )?want |what(?:'s| is) )?(?:just |only )?the (?:final |right )?(?:answer|result|solution)(?: only)?$|^(?:final )?answer only$/],
  ['question', /^(?:what(?:'s| is| was) (?:the|your|my) (?:question|problem|exercise|task)(?: again)?|(?:the )?question(?: again)?|what did you (?:ask|want|say)(?: me)?|where (?:were|are) we|what are we doing|what do you want(?: me to do)?|(?:can you |please )?(?:repeat|say) the (?:question|problem)(?: again)?)$/],
  ['again', /^(?:i (?:don't|do not|didn't|did not) (?:understand|get)(?: it| that| this)?|(?:can you |please )?(?:say|explain|repeat)(?: (?:it|that|this))?(?: (?:more )?(?:simply|slowly|simpler|slower|easier|again|differently|another way|in other words))|simpler|slower|more slowly|in simple words|what do you mean(?: by that)?|huh|what)$/],
  ['skip', /^(?:skip(?: (?:it|this|that))?(?: (?:one|question|problem))?|pass|leave it|(?:let's )?(?:do )?something else|(?:a )?different (?:one|problem|question)|never mind|forget it|stop(?: this)?)$/],
  ['harder', /^(?:(?:give me |something |a |make it |can you make it |can i have |i want )*(?:harder|more difficult|trickier|tougher)(?: (?:one|problem|question|exercise))?|(?:that|this|it)(?:'s| is| was) (?:too |very |so )?easy|too easy)$/],
  ['easier', /^(?:(?:give me |something |an? |make it |can you make it |can i have |i want )*(?:easier|simpler|less difficult|easy)(?: (?:one|problem|question|exercise))?|(?:that|this|it)(?:'s| is| was) too (?:hard|difficult)|too (?:hard|difficult))$/],
  ['greeting', /^(?:start|begin|let's (?:go|start|begin)|i(?:'m| am) ready)$/],
  ['help', /^(?:what can (?:you|i) (?:do|ask|say)|how does this work)$/],
  ['bye', /^(?:i(?:'m| am) done|that's (?:all|it)(?: for today)?|see you|stop the lesson)$/],
]; // prettier-ignore

const another =
  /^(?:(?:please |can you |could you |let's |can i |can we |i want (?:to )?|i'd like (?:to )?|now )*)(?:(?:give|get|have|do|try|set|ask|show|make)(?: me| us)? )?(?:another|one more|more|some more|an?|the next|next|some)? ?(?:one|(?:similar |new |other |practice |random |example )*(?:problems?|questions?|exercises?|examples?|tasks?|practice|quiz))(?: (?:like (?:this|that)|please|now))?(?: (?:about|on|with|for|in|of) ([a-z ]{3,40}))?$/;
const practise =
  /^(?:(?:please |let's |can we |can i |i want to |i'd like to |help me )*)(?:practi[cs]e|quiz me|test me|train)(?: (?:on|with|in|about))?(?: ([a-z ]{3,40}))?$/;
const named =
  /^(?:give me|can i have|let's do|i want|how about|some|more)? ?(?:an? |some |more )?([a-z ]{3,40}?)(?: (?:problems?|questions?|exercises?|practice|one))$/;
const exercise =
  /^(?:(?:please |can you |could you |will you |let's |i need |i want |now )*)(?:help(?: me)?(?: with| on| to (?:do|solve))?|do|solve|explain|start|open|look at|work on|show me|try|go to)? ?(?:the|this|that|my|our)? ?(?:exercise|problem|question|task|number|no|one|homework|page)?(?: (?:on|from) (?:the|this|my) (?:page|screen|website))?(?: (?:number )?(\d{1,2}|[a-h]))?$/;

/** Reads a whole sentence as a request; null for everything else. */
export function readRequest(source: string): Request | null {
  if (source.length > 200) return null;
  const sentence = source.toLowerCase().replace(/[’‘`´]/g, "'").replace(/\b(do|did|does|ca)n?nt\b/g, '$1n\'t').replace(/\b(i)(m|ve)\b/g, "$1'$2").replace(/\b(what|that|it|let)s\b/g, "$1's").replace(/[,.!?;:]+/g, ' ').replace(/\s+/g, ' ').trim(); // prettier-ignore
  const trimmed = sentence.replace(
    /^(?:(?:please|ok|okay|so|um|well|hey|now|yes|no) )+(?=\S)| (?:please|now|tutor)$/g,
    '',
  );
  for (const [ask, pattern] of table) if (pattern.test(sentence) || pattern.test(trimmed)) return { ask };
  return readPractice(trimmed) ?? readExerciseRequest(trimmed) ?? fromFollowUp(source);
}

/** "show me all the steps for 2x + 3 = 11": the problem in it, or null when it asks for no such thing. */
export function withoutAllSteps(text: string): string | null {
  const asked =
    /^\s*(?:please )?(?:can you )?(?:show (?:me )?(?:all )?(?:of )?(?:the |your )?(?:steps|work|working|solution) (?:for|of|to|when)|show me how to (?=solve|do|work)|solve (?:this )?for me:?|walk me through)\s*:?\s*(.+)$/i.exec(text)?.[1] ??
    /^(.+?)[,;.]?\s+(?:(?:and |please )*(?:show (?:me )?(?:all )?(?:the |your )?(?:steps|work(?:ing)?)|step by step|with all (?:the )?steps|for me))\s*[.!]?$/i.exec(text)?.[1]; // prettier-ignore
  return asked ?? null;
}

function readPractice(sentence: string): Request | null {
  // "One" alone is a number.
  const more = /^(?:the |an? )?one$/.test(sentence) ? null : another.exec(sentence);
  if (more !== null) {
    const topic = more[1] === undefined ? null : topicFromWords(more[1]);
    return more[1] !== undefined && topic === null ? null : { ask: 'another', topic };
  }
  const drill = practise.exec(sentence);
  if (drill !== null) return { ask: 'another', topic: topicFromWords(drill[1] ?? '') };
  const topic = topicFromWords(named.exec(sentence)?.[1] ?? '');
  return topic === null ? null : { ask: 'another', topic };
}

function readExerciseRequest(sentence: string): Request | null {
  const match = exercise.exec(sentence);
  if (match === null) return null;
  const label = match[1] ?? null;
  const namesIt =
    /\b(?:exercise|problem|task|number|homework|page|screen)\b|\b(?:question|no) \d| (?:this|that|question)\b/;
  return namesIt.test(sentence) ? { ask: 'exercise', label } : null;
}

function fromFollowUp(source: string): Request | null {
  const ask = readFollowUp(source);
  switch (ask) {
    case null:
      return null;
    case 'another':
      return { ask: 'another', topic: null };
    case 'steps':
      return { ask: 'all-steps' };
    case 'greeting':
    case 'thanks':
    case 'why':
    case 'again':
    case 'answer-only':
    case 'yes':
    case 'no':
    case 'help':
    case 'bye':
      return { ask };
  }
}
