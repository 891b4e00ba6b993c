/** Tables that become lists of cards on a phone, each value with its column's name. */
import { css } from 'lit';

/** Rules for `table` with `data-label` on each cell. */
export const tables = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.5rem 1.25rem;
    border-top: 1px solid var(--vt-line);
    text-align: start;
    vertical-align: baseline;
  }
  th + th,
  td + td {
    padding-inline-start: 0;
  }
  th {
    color: var(--vt-muted);
    font-size: 0.75rem;
    font-weight: 600;
  }
  .foot {
    padding: 0.75rem 1.25rem;
    border-top: 1px solid var(--vt-line);
  }
  .hash {
    display: inline-flex;
    align-items: center;
    gap: 0.125rem;
  }
  button.copy {
    display: inline-grid;
    place-items: center;
    min-height: 1.75rem;
    width: 1.75rem;
    padding: 0;
  }
  @media (max-width: 760px) {
    table,
    tbody,
    tr,
    td {
      display: block;
    }
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tr {
      padding: 0.625rem 1rem;
      border-top: 1px solid var(--vt-line);
    }
    td,
    td + td {
      display: grid;
      grid-template-columns: 6.5rem minmax(0, 1fr);
      gap: 0.75rem;
      align-items: baseline;
      padding: 0.1875rem 0;
      border: 0;
    }
    td::before {
      content: attr(data-label);
      color: var(--vt-muted);
      font: 600 0.75rem/1.5 var(--vt-font);
    }
    .foot {
      padding: 0.75rem 1rem;
    }
  }
`;
