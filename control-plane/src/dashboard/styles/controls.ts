/** Buttons, fields, cards, tables and badges as every view uses them. */
import { css } from 'lit';

/** Shared rules of the views' shadow roots. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
    color: var(--vt-text);
    font: 400 0.9375rem/1.5 var(--vt-font);
  }
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.005em;
  }
  ul {
    list-style: none;
  }
  .card {
    background: var(--vt-surface);
    border: 1px solid var(--vt-line);
    border-radius: var(--vt-radius);
    box-shadow: var(--vt-shadow);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding: 1rem 1.25rem;
  }
  .head > div {
    flex: 1 1 12rem;
    min-width: 0;
  }
  .lead {
    color: var(--vt-muted);
    font-size: 0.875rem;
  }
  .muted {
    color: var(--vt-muted);
  }
  .small {
    font-size: 0.8125rem;
  }
  .mono {
    font-family: var(--vt-mono);
    font-size: 0.8125rem;
  }
  .number,
  time {
    font-variant-numeric: tabular-nums;
  }
  .wrap {
    overflow-wrap: anywhere;
  }
  button {
    min-height: 2.25rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--vt-control-line);
    border-radius: 8px;
    background: var(--vt-surface);
    color: var(--vt-text);
    font: inherit;
    font-weight: 550;
    cursor: pointer;
    transition: background-color 120ms;
  }
  button:hover {
    background: var(--vt-raised);
  }
  button.primary {
    border-color: var(--vt-accent);
    background: var(--vt-accent);
    color: var(--vt-on-accent);
  }
  button.primary:hover {
    border-color: var(--vt-accent-strong);
    background: var(--vt-accent-strong);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--vt-accent);
  }
  button.quiet:hover {
    background: var(--vt-accent-soft);
  }
  button:disabled,
  button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: not-allowed;
  }
  input,
  select {
    min-height: 2.25rem;
    padding: 0.375rem 0.625rem;
    border: 1px solid var(--vt-control-line);
    border-radius: 8px;
    background: var(--vt-surface);
    color: var(--vt-text);
    font: inherit;
    max-width: 100%;
  }
  input[aria-invalid='true'] {
    border-color: var(--vt-bad);
  }
  :focus-visible {
    outline: 3px solid var(--vt-accent);
    outline-offset: 2px;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.0625rem 0.5rem;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--vt-raised);
    color: var(--vt-muted);
    font-size: 0.75rem;
    font-weight: 600;
    white-space: nowrap;
  }
  .badge.good {
    background: var(--vt-good-soft);
    color: var(--vt-good);
  }
  .badge.bad {
    background: var(--vt-bad-soft);
    color: var(--vt-bad);
  }
  .badge.warn {
    background: var(--vt-warn-soft);
    color: var(--vt-warn);
  }
  .dot {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: currentcolor;
    forced-color-adjust: none;
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 0.75rem;
    padding: 2rem 1.25rem 2.25rem;
    color: var(--vt-muted);
    text-align: center;
  }
  .state p {
    max-width: 46ch;
  }
  .error {
    color: var(--vt-bad);
  }
  .skeleton {
    display: grid;
    gap: 0.75rem;
    padding: 0.5rem 1.25rem 1.5rem;
  }
  .skeleton span {
    height: 1rem;
    border-radius: 6px;
    background: var(--vt-raised);
    animation: breathe 1.6s ease-in-out infinite;
  }
  .skeleton span:nth-child(2) {
    width: 80%;
  }
  .skeleton span:nth-child(3) {
    width: 60%;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (max-width: 760px) {
    .head {
      padding: 1rem;
    }
  }
  @media (forced-colors: active) {
    .badge,
    button {
      border-color: ButtonText;
    }
    .skeleton span {
      border: 1px solid GrayText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
