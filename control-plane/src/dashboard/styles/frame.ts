/** The frame of the operators' pages: header, messages, and how the views stand beside each other. */
import { css } from 'lit';

/** Rules of the outermost element. */
export const frame = css`
  :host {
    min-height: 100vh;
    background: var(--vt-page);
  }
  header {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.875rem;
    padding: 0.625rem max(1.5rem, calc((100% - 76rem) / 2 + 1.5rem));
    border-bottom: 1px solid var(--vt-line);
    background: var(--vt-surface);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    font-size: 1.0625rem;
    font-weight: 680;
    letter-spacing: -0.01em;
  }
  .who {
    margin-inline-start: auto;
    font-weight: 550;
  }
  main {
    max-width: 76rem;
    margin: 0 auto;
    padding: 1.25rem 1.5rem 3rem;
  }
  .rows {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }
  main.center {
    display: grid;
    place-content: center;
    min-height: 70vh;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
    gap: 1.25rem;
    align-items: start;
  }
  .messages {
    position: sticky;
    top: 4rem;
    z-index: 1;
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin-bottom: 0.75rem;
    padding: 0.625rem 1rem;
    border: 1px solid currentcolor;
    border-radius: 10px;
    font-weight: 550;
  }
  .bar.good {
    background: var(--vt-good-soft);
    color: var(--vt-good);
  }
  .bar.bad {
    background: var(--vt-bad-soft);
    color: var(--vt-bad);
  }
  .bar.warn {
    background: var(--vt-warn-soft);
    color: var(--vt-warn);
  }
  .bar button {
    color: inherit;
  }
  @media (max-width: 900px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 760px) {
    header {
      padding: 0.5rem 1rem;
    }
    main {
      padding: 0.875rem 0.75rem 2.5rem;
    }
    .rows {
      gap: 0.875rem;
    }
    .who .muted {
      display: none;
    }
    .messages {
      top: 3.5rem;
    }
  }
  @media (max-width: 420px) {
    .who {
      position: absolute;
      width: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    header button {
      margin-inline-start: auto;
    }
  }
`;
