/** Asks how the lesson goes: thumb up, thumb down, thanks. Nothing is asked before the first answer. */
import { html, nothing, svg } from 'lit';
import type { Feature, FeatureContext } from '../../contracts/features.js';

// Drawn, not an emoji: a system without an emoji font would show an empty box.
const hand = (turn: number) =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path transform="rotate(${turn} 12 12)" d="M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h5.5a2 2 0 0 1 2 2.3l-1.2 7a2 2 0 0 1-2 1.7H7"></path></svg>`;

/** The feature behind the flag `feedback-form`. */
export const feature: Feature = {
  start(context: FeatureContext) {
    let given = context.storage.get('given');
    const rate = (rating: 'up' | 'down') => {
      given = rating;
      context.storage.set('given', rating);
      context.rate(rating);
      draw();
    };
    const draw = () => {
      if (context.lesson().turn === 0) return context.render(nothing);
      context.render(
        given
          ? html`<p role="status" part="feedback">Thank you. That helps us get better.</p>`
          : html`<div role="group" aria-label="How is this lesson going?" part="feedback">
              <span>How is this lesson going?</span>
              <button type="button" @click=${() => rate('up')} aria-label="Going well">${hand(0)}</button>
              <button type="button" @click=${() => rate('down')} aria-label="Not going well">${hand(180)}</button>
            </div>`,
      );
    };
    draw();
    const stop = context.onLesson(draw);
    return () => {
      stop();
      context.render(nothing);
    };
  },
};
