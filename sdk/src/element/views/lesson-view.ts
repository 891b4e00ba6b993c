/** A running lesson: transcript, trouble, what the learner writes with and speaks with. */
import { html, nothing, type TemplateResult } from 'lit';
import { TEXT_LIMIT } from '../../contracts/voice.js';
import { micIcon, micOffIcon, sendIcon, stopIcon } from '../icons.js';
import { errorText } from '../messages-en.js';
import { logView } from './log-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** Characters left below which the learner is told. */
const TELL_LEFT = 200;

/** The view of a running lesson. */
export function lessonView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { snapshot, notice } = model;
  const busy = snapshot.phase === 'speaking' || snapshot.phase === 'thinking';
  return html`${logView(model, actions)}
    ${notice ? html`<p class="problem" role="alert">${errorText[notice]}</p>` : nothing} ${composer(model, actions)}
    <div class="controls">
      ${microphone(model, actions)}
      ${busy ? html`<button type="button" class="quiet" @click=${() => actions.interrupt()}>${stopIcon} <span class="label">Stop</span></button>` : nothing}
      <button type="button" class="quiet end" @click=${() => actions.stop()}>End lesson</button>
    </div>`;
}

function composer({ draft }: ViewModel, actions: ViewActions): TemplateResult {
  const left = TEXT_LIMIT - draft.length;
  const submit = (event: Event) => {
    event.preventDefault();
    actions.submit(draft);
  };
  const onKeydown = (event: KeyboardEvent) => {
    // Shift makes a new line; while an input method composes, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  };
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLTextAreaElement) actions.edit(event.currentTarget.value);
  };
  return html`<form @submit=${submit}>
    <label class="hidden" for="words">Your question</label>
    <textarea
      id="words"
      rows="1"
      maxlength=${TEXT_LIMIT}
      placeholder="Type a question"
      enterkeyhint="send"
      aria-describedby=${left < TELL_LEFT ? 'left' : nothing}
      .value=${draft}
      @input=${onInput}
      @keydown=${onKeydown}
    ></textarea>
    ${left < TELL_LEFT ? html`<span class="count" id="left">${left} left</span>` : nothing}
    <button type="submit" class="icon primary" aria-label="Send" ?disabled=${!draft.trim()}>${sendIcon}</button>
  </form>`;
}

function microphone({ snapshot: { mic, micLevel } }: ViewModel, actions: ViewActions): TemplateResult {
  if (mic === 'open' || mic === 'muted') {
    const muted = mic === 'muted';
    return html`<button type="button" class="talk ${muted ? 'muted' : 'live'}" @click=${() => actions.mute(!muted)}>
      ${muted ? micOffIcon : micIcon} ${muted ? 'Unmute' : 'Mute'}
      <span class="meter" aria-hidden="true"
        ><i style="transform:scaleX(${Math.min(1, micLevel).toFixed(2)})"></i
      ></span>
    </button>`;
  }
  const away = mic === 'denied' || mic === 'missing' || mic === 'lost';
  return html`<button
    type="button"
    class="talk ${away ? '' : 'primary'}"
    ?disabled=${mic === 'opening'}
    @click=${() => actions.openMic()}
  >
    ${away ? micOffIcon : micIcon} ${mic === 'opening' ? 'Allow the microphone…' : 'Speak'}
  </button>`;
}
