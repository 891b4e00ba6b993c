/** Asks how the lesson goes: thumb up, thumb down, thanks. Nothing is asked before the first answer. */
import { html, nothing } from 'lit';
import type { Feature, FeatureContext } from '../../contracts/features.js';

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
              <button type="button" @click=${() => rate('up')} aria-label="Going well">👍</button>
              <button type="button" @click=${() => rate('down')} aria-label="Not going well">👎</button>
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
