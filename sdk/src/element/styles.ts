/** The element's look: one sheet, light and dark, driven by custom properties that a page may set. */
import { css } from 'lit';

/** Styles of `<voice-tutor>`. */
export const styles = css`
  :host {
    --_accent: var(--voice-tutor-accent, #3b5bdb);
    --_on-accent: var(--voice-tutor-on-accent, #fff);
    --_surface: var(--voice-tutor-surface, #fff);
    --_sunken: var(--voice-tutor-sunken, #f1f3f9);
    --_text: var(--voice-tutor-text, #1b1f2a);
    --_quiet: var(--voice-tutor-quiet, #586074);
    --_line: var(--voice-tutor-line, #d9deea);
    --_danger: var(--voice-tutor-danger, #b42318);
    --vt-accent: var(--_accent);
    font: 16px/1.5 var(--voice-tutor-font, system-ui, sans-serif);
    color: var(--_text);
    color-scheme: light;
    display: inline-block;
    text-align: start;
    max-inline-size: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([data-dark]) {
    --_accent: var(--voice-tutor-accent, #8ea6ff);
    --_on-accent: var(--voice-tutor-on-accent, #10142a);
    --_surface: var(--voice-tutor-surface, #171a24);
    --_sunken: var(--voice-tutor-sunken, #222736);
    --_text: var(--voice-tutor-text, #eef0f7);
    --_quiet: var(--voice-tutor-quiet, #a6aec2);
    --_line: var(--voice-tutor-line, #363d50);
    --_danger: var(--voice-tutor-danger, #ff9b91);
    color-scheme: dark;
  }
  * {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    border: 1px solid var(--_line);
    background: var(--_surface);
    border-radius: 10px;
    min-block-size: 44px;
    padding: 0 14px;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--_accent);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .launcher {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    border-radius: 999px;
    padding: 0 20px 0 14px;
  }
  .panel {
    inline-size: min(420px, calc(100vw - 32px));
    max-inline-size: 100%;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: 16px;
    display: flex;
    flex-direction: column;
    overflow: hidden;
    box-shadow: 0 8px 30px rgb(20 25 50 / 0.14);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 8px 10px 16px;
    border-block-end: 1px solid var(--_line);
  }
  header div {
    flex: 1;
    min-inline-size: 0;
  }
  h2 {
    font-size: 1rem;
    line-height: 1.3;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .state {
    margin: 0;
    font-size: 0.8125rem;
    color: var(--_quiet);
  }
  .icon {
    inline-size: 44px;
    padding: 0;
    border-color: transparent;
    background: none;
    display: inline-grid;
    place-items: center;
  }
  .body {
    padding: 16px;
    display: grid;
    gap: 12px;
  }
  .body p {
    margin: 0;
  }
  .log {
    block-size: min(340px, 50vh);
    overflow-y: auto;
    padding: 16px;
    display: flex;
    flex-direction: column;
    gap: 10px;
    overscroll-behavior: contain;
  }
  .log .empty {
    color: var(--_quiet);
    margin: auto;
    text-align: center;
    max-inline-size: 30ch;
  }
  .words {
    margin: 0;
    max-inline-size: 90%;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .words.learner {
    align-self: flex-end;
    background: var(--_sunken);
    padding: 6px 12px;
    border-radius: 14px 14px 4px 14px;
  }
  .formula {
    background: var(--_sunken);
    border-radius: 10px;
    padding: 8px 12px;
    inline-size: 100%;
  }
  .formula.as-answer {
    border-inline-start: 4px solid var(--_accent);
  }
  .formula small,
  .note {
    color: var(--_quiet);
    font-size: 0.8125rem;
    margin: 0;
  }
  .problem {
    margin: 0;
    padding: 10px 16px;
    background: var(--_sunken);
    color: var(--_danger);
    font-size: 0.875rem;
    border-block-start: 1px solid var(--_line);
  }
  .slot {
    padding: 0 16px;
    font-size: 0.875rem;
  }
  .slot:empty {
    display: none;
  }
  .slot > * {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 8px 0;
  }
  form {
    display: flex;
    gap: 8px;
    padding: 12px 16px 8px;
    border-block-start: 1px solid var(--_line);
    align-items: end;
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    font: inherit;
    color: inherit;
    background: var(--_sunken);
    border: 1px solid var(--_line);
    border-radius: 10px;
    padding: 9px 12px;
    resize: none;
    min-block-size: 44px;
    max-block-size: 130px;
    field-sizing: content;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 0 16px 14px;
    align-items: center;
  }
  .controls .end {
    margin-inline-start: auto;
    border-color: transparent;
  }
  .meter {
    inline-size: 56px;
    block-size: 6px;
    border-radius: 3px;
    background: var(--_line);
    overflow: hidden;
  }
  .meter i {
    display: block;
    block-size: 100%;
    background: var(--_accent);
    transform-origin: left;
    transition: transform 80ms linear;
  }
  :host(:dir(rtl)) .meter i {
    transform-origin: right;
  }
  .count {
    font-size: 0.75rem;
    color: var(--_quiet);
    align-self: center;
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
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (prefers-reduced-motion: reduce) {
    .meter i {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .words.learner,
    .formula,
    .panel {
      border: 1px solid CanvasText;
    }
    .meter i {
      background: Highlight;
    }
  }
`;
