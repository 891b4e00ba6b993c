/** What is answered to words that are not mathematics and must not be taken lightly. A pure table; docs/tutor.md is its prose. */

/** A kind of words with its answer. The kind is never stored, counted or logged: it says something about a child. */
export interface PolicyEntry {
  readonly kind:
    'danger' | 'distress' | 'personal' | 'insult' | 'inappropriate' | 'prompt' | 'identity' | 'discouraged';
  readonly patterns: readonly RegExp[];
  /** Said as it stands; at most three sentences. */
  readonly say: string;
  /** The way on. */
  readonly wayOn: string;
}

const care =
  'I am only a computer program, so please tell a grown-up you trust, like a parent, a teacher or a school nurse, today.';

/** In the order in which they are tried: whoever is in danger comes first. */
export const policy: readonly PolicyEntry[] = [
  {
    kind: 'danger',
    patterns: [
      /\b(?:(?:he|she|they|someone|somebody|my (?:mom|mum|mother|dad|father|step\w+|uncle|aunt|brother|sister|teacher|coach|boyfriend|girlfriend)) (?:is |are |was |has |keeps? |always )*(?:hit(?:s|ting)?|hurt(?:s|ing)?|beat(?:s|ing|en)?|touch(?:es|ed|ing)?|threaten(?:s|ed|ing)?|abus(?:es|ed|ing)|kick(?:s|ed|ing)?|lock(?:s|ed)) me)\b/,
      /\b(?:i am|i'm|being|getting|got|was) (?:abused|molested|raped|beaten|hit at home|hurt at home)\b/,
      /\bi(?:'m| am) (?:not safe|in danger|afraid to go home|scared to go home|scared of (?:my|him|her|them))\b/,
    ],
    say: `I am sorry that this is happening to you, and it is not your fault. ${care} If you are in danger now, call your local emergency number.`,
    wayOn: 'I am here for mathematics whenever you want to go on.',
  },
  {
    kind: 'distress',
    patterns: [
      /\b(?:kill|hurt|cut|harm|hang)(?:ing)? (?:myself|my self|me self)\b/,
      /\b(?:i (?:want|wanna|wish i could|would like) (?:to )?(?:die|be dead|disappear|not (?:live|exist|be here))|i wish i (?:was|were) dead|i don't want to (?:live|be here|be alive|exist)|end (?:my life|it all)|suicid\w*|self[ -]?harm\w*|better off without me|no reason to live|can't go on|starv(?:e|ing) myself)\b/,
      /\b(?:i(?:'m| am| feel| have been)|feeling) (?:so |very |really |always |just )*(?:depressed|hopeless(?! (?:at|in|with))|worthless|suicidal|desperate|all alone|so alone|lonely)\b/,
      /\b(?:everyone|everybody|they all|my parents) hates? me\b|\bnobody (?:likes|loves|wants) me\b|\bi hate (?:myself|my life)\b/,
      /\b(?:they|kids|people|someone|he|she) (?:are |is |keeps? )*(?:bully(?:ing)?|bullies) me\b|\bi(?:'m| am) (?:being|getting) bullied\b/,
    ],
    say: `I am sorry that you feel like this, and it is good that you said it. ${care} If you might be in danger, call your local emergency number.`,
    wayOn: 'I am here for mathematics whenever you want to go on.',
  },
  {
    kind: 'personal',
    patterns: [
      /[\w.+-]+@[\w-]+\.[a-z]{2,}/,
      /\b(?:my (?:full |real |last |first |own )?(?:name|address|phone(?: number)?|mobile|cell|telephone|e-?mail|password|birthday|date of birth|school|user ?name|instagram|snapchat|tiktok|discord)(?:'s| is| are|:)|i live (?:at|on|in|near)|i go to [a-z' ]{2,40}(?:school|college|academy)|call me (?:at|on)|text me|my parents are called)/,
      /(?:^|[^\d.])\+?\d{2,4}[- ]\d{3}[- ]\d{3,5}(?!\d)/,
    ],
    say: 'Please keep things like your name, your address or your number to yourself here. I do not need them, and I do not keep them.',
    wayOn: 'What shall we work out together?',
  },
  {
    kind: 'inappropriate',
    patterns: [
      /\b(?:sex|sexy|porn\w*|naked|nudes?|boobs?|penis|vagina|kiss me|date me|marry me|be my (?:girl|boy)friend)\b/,
    ],
    say: 'I do not talk about that. If something about it worries you, a grown-up you trust is the right person to ask.',
    wayOn: 'What shall we work out together?',
  },
  {
    kind: 'prompt',
    patterns: [
      /\b(?:ignore|forget|disregard|override) (?:all |any |your |the |these |those |my |previous |prior |above |everything |of )*(?:instructions?|rules?|prompts?|guidelines?|directions?|you were told|above|before)\b/,
      /\b(?:system|secret|hidden|initial|original) (?:prompt|instructions?|message)\b|\byour (?:prompt|instructions|source code|api key)\b/,
      /\b(?:pretend|act|behave|roleplay|role play) (?:to be|as if|as|like|that you)\b|\bjailbreak\b|\bdeveloper mode\b/,
    ],
    say: 'There is no secret to show: I am a program with rules for school mathematics, and that is all I can do.',
    wayOn: 'Give me a problem, and we will work it out together.',
  },
  {
    kind: 'identity',
    patterns: [
      /\b(?:are|r) (?:you|u) (?:a |an |really |actually )*(?:robot|human|person|real|bot|ai|machine|computer|alive|chatgpt|gemini|teacher)\b/,
      /^(?:so )?(?:who|what) (?:are you|made you|created you)\b/,
      /\b(?:do you (?:record|remember|store|keep|save|share|spy on)|are you (?:recording|listening|spying))\b/,
    ],
    say: 'I am a computer program that knows school mathematics, not a person. What you say is used to answer you, and I do not keep it.',
    wayOn: 'What shall we work out together?',
  },
  {
    kind: 'insult',
    patterns: [
      /\b(?:you|u|ur|you're|your|youre|this (?:tutor|thing|bot|app)) ?(?:'re |are |is |r )?(?:so |such |a |an |really |fucking |very |just )*(?:stupid|dumb|idiot|useless|suck|sucks|trash|garbage|annoying|moron|loser|ugly|worst|terrible|shit)\b/,
      /\b(?:shut up|fuck(?:ing)?|f\*+k|shit|bitch|asshole|go to hell|screw you|i hate you)\b/,
    ],
    say: 'That is not a nice thing to say, but I am not hurt: I am a program.',
    wayOn: 'Tell me where you are stuck, and we will try it another way.',
  },
  {
    kind: 'discouraged',
    patterns: [
      /\bi(?:'m| am) (?:so |too |just |really |very )*(?:stupid|dumb|bad at (?:this|math|maths|mathematics)|an idiot|hopeless at (?:this|math|maths))\b/,
      /\bi (?:hate|can't stand|don't like|am scared of) (?:math|maths|mathematics|this|algebra|fractions)\b/,
      /\b(?:this|it|that|math|maths) (?:is|'s) (?:so |too |way too |very |really )*(?:hard|difficult|boring|confusing|stupid)\b|\bi (?:can't do (?:this|it|math|maths))\b|\bi'll never get (?:this|it)\b/,
    ],
    say: 'Many people feel like that at times, and it does not mean that you cannot do it. Mistakes are how one learns it.',
    wayOn: 'Say hint for a little help, or ask me for an easier one.',
  },
];

/** The entry for what was said, looking at every hearing; null for all else. As much is looked at as the wire lets through. */
export function policyFor(hearings: readonly string[]): PolicyEntry | null {
  const texts = hearings.slice(0, 6).map((text) => text.slice(0, 2000).toLowerCase().replace(/[’‘`´]/g, "'").replace(/\s+/g, ' ')); // prettier-ignore
  return policy.find(({ patterns }) => texts.some((text) => patterns.some((pattern) => pattern.test(text)))) ?? null;
}
