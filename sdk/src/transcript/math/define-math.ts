/** Registers `<vt-math>`, once, when the first formula arrives. */
import { MathView } from './math-view.js';

if (!customElements.get('vt-math')) customElements.define('vt-math', MathView);
