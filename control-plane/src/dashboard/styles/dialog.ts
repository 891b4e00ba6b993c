/** The modal dialog: a heading that stays, content that scrolls, actions that stay. */
import { css } from 'lit';

/** Rules of the rollback dialog. */
export const dialogStyles = css`
  dialog {
    width: min(36rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--vt-line);
    border-radius: 16px;
    background: var(--vt-surface);
    color: var(--vt-text);
    box-shadow: 0 16px 60px rgb(10 16 30 / 30%);
  }
  dialog::backdrop {
    background: rgb(10 16 28 / 45%);
  }
  .inside {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    max-height: calc(100dvh - 2rem);
  }
  h2 {
    padding: 1.375rem 1.5rem 0.25rem;
    font-size: 1.25rem;
  }
  /* Focus begins here so that a screen reader reads on; there is nothing to operate that a ring would point at. */
  h2:focus {
    outline: none;
  }
  .content {
    display: grid;
    gap: 0.875rem;
    align-content: start;
    padding: 0.5rem 1.5rem 1.25rem;
    overflow: auto;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.625rem;
    padding: 1rem 1.5rem;
    border-top: 1px solid var(--vt-line);
  }
  .changes {
    border: 1px solid var(--vt-line);
    border-radius: 10px;
  }
  .changes li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    padding: 0.5rem 0.875rem;
  }
  .changes li + li {
    border-top: 1px solid var(--vt-line);
  }
  .changes .to {
    font-weight: 650;
  }
  .note {
    padding: 0.625rem 0.875rem;
    border-radius: 8px;
    background: var(--vt-warn-soft);
    color: var(--vt-warn);
  }
`;
