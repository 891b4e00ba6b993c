/** Line icons, drawn here so that no request is made for them. */
import { svg, type SVGTemplateResult } from 'lit';

const icon = (paths: SVGTemplateResult) => svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

/** A microphone. */
export const micIcon = icon(
  svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`,
);
/** A microphone struck through. */
export const micOffIcon = icon(
  svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3M4 4l16 16"/>`,
);
/** A cross. */
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
/** A speech bubble. */
export const talkIcon = icon(
  svg`<path d="M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.6A8 8 0 1 1 21 12zM9 12h.01M12.5 12h.01M16 12h.01"/>`,
);
