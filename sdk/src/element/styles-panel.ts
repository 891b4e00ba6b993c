/** The look of the panel itself: its place, heading, and the views without a lesson. */
import { css } from 'lit';

/** Styles of the panel. */
export const panelStyles = css`
  .panel {
    position: fixed;
    inset: auto 20px 20px auto;
    inset-inline: auto 20px;
    z-index: 2147483000;
    inline-size: min(416px, calc(100vw - 40px));
    block-size: min(640px, calc(100dvh - 40px));
    margin: 0;
    padding: 0;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: 20px;
    display: flex;
    flex-direction: column;
    overflow: hidden auto;
    overscroll-behavior: contain;
    box-shadow:
      0 2px 6px rgb(16 20 42 / 0.08),
      0 18px 48px rgb(16 20 42 / 0.22);
    animation: rise 180ms cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  /* Without a transcript a panel is as high as what it says. */
  .panel:not(:has(.log)) {
    block-size: auto;
    max-block-size: calc(100dvh - 40px);
  }
  .panel.inline {
    position: relative;
    inset: auto;
    z-index: auto;
    inline-size: min(560px, 100%);
    block-size: min(640px, 90dvh);
    box-shadow: none;
    animation: none;
  }
  .panel.inline:not(:has(.log)) {
    block-size: auto;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    flex: none;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 10px 12px 16px;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .title {
    flex: 1;
    min-inline-size: 0;
  }
  .badge {
    inline-size: 38px;
    block-size: 38px;
    flex: none;
    border-radius: 12px;
    display: grid;
    place-items: center;
    background: var(--_tint);
    color: var(--_accent);
  }
  h2 {
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.3;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h3 {
    font-size: 1.125rem;
    line-height: 1.3;
  }
  .state {
    font-size: 0.8125rem;
    line-height: 1.4;
    color: var(--_quiet);
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .state::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    flex: none;
    border-radius: 50%;
    background: var(--_edge);
  }
  .is-listening::before,
  .is-speaking::before {
    background: var(--_good);
  }
  .is-thinking::before,
  .is-connecting::before {
    background: var(--_accent);
    animation: pulse 1.2s ease-in-out infinite;
  }
  .is-reconnecting::before,
  .is-draining::before {
    background: var(--_danger);
    animation: pulse 1.2s ease-in-out infinite;
  }
  .toast {
    position: absolute;
    inset-block-start: calc(100% + 8px);
    inset-inline-end: 12px;
    padding: 4px 12px;
    border-radius: 999px;
    background: var(--_text);
    color: var(--_surface);
    font-size: 0.8125rem;
  }
  .body {
    padding: 20px;
    display: grid;
    gap: 16px;
  }
  .body.start {
    gap: 10px;
  }
  .log ~ .body,
  .scroll + .body {
    border-block-start: 1px solid var(--_line);
  }
  .terms {
    margin: 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 10px;
  }
  .terms li {
    padding-inline-start: 26px;
    position: relative;
  }
  .terms li::before {
    content: '';
    position: absolute;
    inset-block-start: 0.45em;
    inset-inline-start: 4px;
    inline-size: 9px;
    block-size: 5px;
    border: solid var(--_accent);
    border-width: 0 0 2px 2px;
    rotate: -45deg;
  }
  .lead {
    margin-block-end: 4px;
  }
  .alert {
    padding: 12px 14px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--_danger) 9%, var(--_surface));
    color: var(--_danger);
  }
  .fine {
    font-size: 0.8125rem;
    color: var(--_quiet);
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .fine:empty {
    display: none;
  }
`;

/** Phones, low windows and magnified pages: a sheet from below that always leaves its heading, and a strip of the page, in sight. */
export const narrowStyles = css`
  @media (max-width: 480px) {
    .quiet .label {
      position: absolute;
      clip-path: inset(50%);
    }
    .panel:not(.inline) {
      inset: auto 0 0;
      inline-size: 100%;
      max-inline-size: none;
      block-size: min(640px, calc(100dvh - 48px));
      border-radius: 20px 20px 0 0;
      border-inline: 0;
      border-block-end: 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
    .panel:not(.inline):not(:has(.log)) {
      max-block-size: calc(100dvh - 48px);
    }
  }
  @media (max-width: 340px) {
    .badge {
      display: none;
    }
    h2 {
      white-space: normal;
    }
  }
`;
