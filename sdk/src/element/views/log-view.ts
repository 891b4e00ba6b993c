/** The transcript: words, formulas, notes; and something to begin with while it is empty. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry, FormulaEntry } from '../../transcript/transcript.js';
import { downIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** Questions that every tutor can answer; a press asks them. */
const EXAMPLES = ['Solve 2x + 3 = 11', 'What is 1/2 + 1/3?', 'What is 15% of 80?'] as const;

/** The list, scrolled by the element; reachable by the keyboard because it scrolls. */
export function logView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { entries, unseen } = model;
  return html`<div class="scroll">
    <div
      class="log"
      part="transcript"
      role="log"
      aria-label="Transcript"
      tabindex="0"
      @scroll=${(event: Event) => event.currentTarget instanceof Element && actions.scrolled(event.currentTarget)}
    >
      ${entries.length === 0 ? emptyView(actions) : nothing}
      ${repeat(
        entries,
        ({ key }) => key,
        (entry) => entryView(entry, model),
      )}
      ${model.snapshot.phase === 'thinking' ? html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>` : nothing}
    </div>
    ${unseen ? html`<button type="button" class="newest" @click=${() => actions.showNewest()}>${downIcon} Newest</button>` : nothing}
  </div>`;
}

function emptyView(actions: ViewActions): TemplateResult {
  return html`<div class="empty">
    <p>What would you like to understand?</p>
    <div class="examples" role="group" aria-label="Examples">
      ${EXAMPLES.map((example) => html`<button type="button" @click=${() => actions.submit(example)}>${example}</button>`)}
    </div>
  </div>`;
}

function entryView(entry: Entry, model: ViewModel): TemplateResult {
  if (entry.kind === 'formula') return formulaView(entry, model);
  if (entry.kind === 'note')
    return html`<p class="note">
      ${entry.note === 'interrupted' ? 'Stopped.' : 'This answer was cut off. Ask again.'}
    </p>`;
  const speaker = entry.speaker === 'learner' ? 'You: ' : 'Tutor: ';
  return html`<p class="words ${entry.speaker}" dir="auto">
    <span class="hidden">${speaker}</span><span class="text">${entry.text}</span>
  </p>`;
}

function formulaView({ latex, spoken, role, step, ...entry }: FormulaEntry, { math }: ViewModel): TemplateResult {
  const label = role === 'answer' ? 'Answer' : step ? `Step ${step}` : '';
  const caption = entry.caption === label ? undefined : entry.caption;
  return html`<div class="formula as-${role}">
    ${
      label || caption
        ? html`<p class="caption">
            ${label ? html`<b>${label}</b>` : nothing}${label && caption ? ' · ' : nothing}${caption}
          </p>`
        : nothing
    }
    <vt-math .latex=${latex} .spoken=${spoken} .deps=${math}></vt-math>
  </div>`;
}
