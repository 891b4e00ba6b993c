/** The look of a running lesson: transcript, formulas, composer, controls. */
import { css } from 'lit';

/** Styles of what stands inside the panel while a lesson runs. */
export const lessonStyles = css`
  .scroll {
    position: relative;
    flex: 1 1 0;
    min-block-size: 132px;
    display: flex;
  }
  .log {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden auto;
    padding: 18px 16px;
    display: flex;
    flex-direction: column;
    gap: 12px;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .log > * {
    flex: none;
  }
  .empty {
    margin: auto 0;
    display: grid;
    gap: 14px;
    text-align: center;
    color: var(--_quiet);
  }
  .examples {
    display: grid;
    gap: 8px;
    justify-items: center;
  }
  .examples button {
    color: var(--_text);
    font-weight: 450;
    border-color: var(--_line);
    border-radius: 999px;
    background: var(--_sunken);
    padding: 6px 18px;
  }
  .words {
    max-inline-size: 92%;
    overflow-wrap: anywhere;
  }
  .text {
    white-space: pre-line;
  }
  .words.learner {
    align-self: flex-end;
    max-inline-size: 85%;
    background: var(--_accent);
    color: var(--_on-accent);
    padding: 8px 14px;
    border-radius: 16px;
    border-end-end-radius: 5px;
  }
  .formula {
    background: var(--_sunken);
    border-radius: 14px;
    padding: 10px 14px;
    inline-size: 100%;
    font-size: 1.0625rem;
  }
  .formula.as-answer {
    background: var(--_tint);
    box-shadow: inset 0 0 0 1.5px var(--_accent);
  }
  .caption,
  .note {
    color: var(--_quiet);
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .caption + vt-math {
    margin-block-start: 4px;
  }
  .caption b {
    color: var(--_text);
    font-weight: 650;
  }
  .note {
    font-style: italic;
  }
  .dots {
    display: flex;
    gap: 5px;
    padding-block: 8px;
  }
  .dots i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_edge);
    animation: pulse 1.1s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 150ms;
  }
  .dots i:nth-child(3) {
    animation-delay: 300ms;
  }
  .newest {
    position: absolute;
    inset-block-end: 10px;
    inset-inline-start: 50%;
    translate: -50%;
    border-radius: 999px;
    box-shadow: 0 4px 14px rgb(16 20 42 / 0.2);
  }
  :host(:dir(rtl)) .newest {
    translate: 50%;
  }
  .problem {
    flex: none;
    padding: 10px 16px;
    background: color-mix(in srgb, var(--_danger) 9%, var(--_surface));
    color: var(--_danger);
    font-size: 0.875rem;
    line-height: 1.45;
  }
  .slot {
    flex: none;
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
    margin-block-end: 12px;
  }
  form {
    flex: none;
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
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: 12px;
    padding: 9px 13px;
    resize: none;
    min-block-size: 44px;
    max-block-size: 118px;
    field-sizing: content;
    overflow-wrap: anywhere;
  }
  textarea::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  .controls {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 0 16px 14px;
    align-items: center;
  }
  .controls button {
    font-size: 0.9375rem;
    padding: 0 10px;
  }
  .controls .talk {
    min-inline-size: 108px;
    padding: 0 16px 0 12px;
    border-radius: 999px;
  }
  .talk.live {
    border-color: var(--_good);
    color: var(--_good);
  }
  .controls .end {
    margin-inline-start: auto;
    color: var(--_quiet);
  }
  .meter {
    inline-size: 32px;
    block-size: 6px;
    border-radius: 3px;
    background: var(--_line);
    overflow: hidden;
  }
  .meter i {
    display: block;
    block-size: 100%;
    background: currentcolor;
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
`;
