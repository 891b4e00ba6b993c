/** Line icons, drawn here so that no request is made for them. */
import { svg, type SVGTemplateResult } from 'lit';

const icon = (path: string) =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>` satisfies SVGTemplateResult;
const MIC = 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3';

/** A microphone. */
export const micIcon = icon(MIC);
/** A microphone struck through. */
export const micOffIcon = icon(`${MIC}M4 4l16 16`);
/** A cross. */
export const closeIcon = icon('M6 6l12 12M18 6L6 18');
/** A speech bubble. */
export const talkIcon = icon(
  'M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.6A8 8 0 1 1 21 12zM9 12h.01M12.5 12h.01M16 12h.01',
);
/** An arrow up: send. */
export const sendIcon = icon('M12 19V5M6 11l6-6 6 6');
/** A square: stop. */
export const stopIcon = icon('M7 7h10v10H7z');
/** An arrow down. */
export const downIcon = icon('M12 5v14M6 13l6 6 6-6');
/** Two sheets: copy. */
export const copyIcon = icon('M9 9h10v11H9zM5 15V4h10');
/** A tick. */
export const doneIcon = icon('M5 12.5l5 5L19 7');
/** A padlock. */
export const lockIcon = icon('M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3');
