/** The button in the page; it stays where the page put it, so that opening the panel shifts nothing. */
import { html, type TemplateResult } from 'lit';
import type { LessonSnapshot } from '../../protected-core/session/lesson.js';
import { talkIcon } from '../icons.js';
import { phaseText } from '../messages-en.js';

/** The launcher; while a lesson goes on behind a closed panel it says so, and whether the microphone is open. */
export function launcherView(
  { open, live, snapshot }: { readonly open: boolean; readonly live: boolean; readonly snapshot: LessonSnapshot },
  actions: { toggle(): void; warm(): void },
): TemplateResult {
  const background = live && !open;
  return html`<button
    type="button"
    class="launcher primary"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${open}
    @pointerenter=${() => actions.warm()}
    @focus=${() => actions.warm()}
    @click=${() => actions.toggle()}
  >
    ${talkIcon} ${background ? phaseText[snapshot.phase] : 'Ask the tutor'}
    ${background && snapshot.mic === 'open' ? html`<span class="rec"><span class="hidden">Microphone on</span></span>` : ''}
  </button>`;
}
