/** The element's look: one sheet, light and dark, driven by custom properties that a page may set. */
import { css } from 'lit';
import { lessonStyles } from './styles-lesson.js';
import { narrowStyles, panelStyles } from './styles-panel.js';

const base = css`
  :host {
    --_accent: var(--voice-tutor-accent, #3b4fd8);
    --_on-accent: var(--voice-tutor-on-accent, #fff);
    --_surface: var(--voice-tutor-surface, #fff);
    --_sunken: var(--voice-tutor-sunken, #f3f5fa);
    --_text: var(--voice-tutor-text, #1a1e2b);
    --_quiet: var(--voice-tutor-quiet, #596177);
    --_line: var(--voice-tutor-line, #d8ddea);
    --_edge: var(--voice-tutor-edge, #868ea3);
    --_danger: var(--voice-tutor-danger, #a8201a);
    --_good: var(--voice-tutor-good, #16794c);
    --_tint: color-mix(in srgb, var(--_accent) 10%, var(--_surface));
    font: 1rem/1.5 var(--voice-tutor-font, system-ui, sans-serif);
    color: var(--_text);
    color-scheme: light;
    display: inline-block;
    text-align: start;
    max-inline-size: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([variant='inline']) {
    display: block;
  }
  :host([data-dark]) {
    --_accent: var(--voice-tutor-accent, #93a6ff);
    --_on-accent: var(--voice-tutor-on-accent, #10142a);
    --_surface: var(--voice-tutor-surface, #181b25);
    --_sunken: var(--voice-tutor-sunken, #222634);
    --_text: var(--voice-tutor-text, #eef0f7);
    --_quiet: var(--voice-tutor-quiet, #a9b1c5);
    --_line: var(--voice-tutor-line, #343b4e);
    --_edge: var(--voice-tutor-edge, #78819a);
    --_danger: var(--voice-tutor-danger, #ffa198);
    --_good: var(--voice-tutor-good, #6fd6a4);
    --_tint: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
    color-scheme: dark;
  }
  * {
    box-sizing: border-box;
  }
  p,
  h2,
  h3 {
    margin: 0;
  }
  button {
    font: inherit;
    font-weight: 550;
    color: inherit;
    border: 1px solid var(--_edge);
    background: var(--_surface);
    border-radius: 12px;
    min-block-size: 44px;
    min-inline-size: 44px;
    padding: 0 14px;
    cursor: pointer;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    touch-action: manipulation;
    transition: background-color 120ms;
  }
  button:hover:not(:disabled) {
    background: var(--_tint);
  }
  button:disabled {
    color: var(--_quiet);
    background: var(--_sunken);
    border-color: var(--_line);
    cursor: default;
  }
  .primary:enabled {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }
  .primary:hover:enabled {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .quiet,
  .bare {
    border-color: transparent;
    background: none;
  }
  .wide {
    inline-size: 100%;
    min-block-size: 48px;
  }
  .icon {
    inline-size: 44px;
    flex: none;
    padding: 0;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .panel:focus-visible {
    outline: none;
  }
  .launcher {
    border-radius: 999px;
    padding: 0 22px 0 16px;
    min-block-size: 48px;
    box-shadow: 0 2px 8px rgb(20 25 50 / 0.18);
  }
  .rec {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: currentcolor;
    animation: pulse 1.6s ease-in-out infinite;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  svg {
    inline-size: 22px;
    block-size: 22px;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .fine svg {
    inline-size: 16px;
    block-size: 16px;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
    }
  }
`;

/** What the learner's system asks for. */
const preferences = css`
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .words.learner,
    .formula,
    .panel,
    .alert,
    .problem {
      border: 1px solid CanvasText;
    }
    .meter,
    .state::before {
      forced-color-adjust: none;
      border: 1px solid CanvasText;
    }
    .meter i {
      background: Highlight;
    }
  }
`;

/** Styles of `<voice-tutor>`. */
export const styles = [base, panelStyles, lessonStyles, narrowStyles, preferences];
