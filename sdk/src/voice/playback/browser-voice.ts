/** The browser's own voice, for servers that cannot speak. */

/** Speaks sentences one after the other. */
export interface BrowserVoice {
  say(text: string, lang: string): void;
  stop(): void;
  /** Is it speaking now? */
  isSpeaking?(): boolean;
}

/** The browser's voice, or null where there is none. */
export function browserVoice(): BrowserVoice | null {
  if (typeof speechSynthesis === 'undefined') return null;
  return {
    say(text, lang) {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = lang;
      speechSynthesis.speak(utterance);
    },
    stop: () => speechSynthesis.cancel(),
    isSpeaking: () => speechSynthesis.speaking,
  };
}
