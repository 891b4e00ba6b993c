/** Colours, spaces and type of the operators' pages. Every text colour keeps 4.5:1 on every surface it stands on, light and dark. */
import { css } from 'lit';

/** The page around the dashboard, put into the document. */
export const pageStyles = css`
  html {
    color-scheme: light dark;
    background: #f5f6f8;
  }
  body {
    margin: 0;
  }
  @media (prefers-color-scheme: dark) {
    html {
      background: #0f1319;
    }
  }
`;

/** Custom properties, set once on the outermost element and inherited by all others. */
export const tokens = css`
  :host {
    --vt-page: #f5f6f8;
    --vt-surface: #ffffff;
    --vt-raised: #f0f2f6;
    --vt-line: #dde1e8;
    --vt-control-line: #7b8595;
    --vt-text: #1a212c;
    --vt-muted: #566072;
    --vt-accent: #2a55c5;
    --vt-accent-strong: #1f429d;
    --vt-accent-soft: #e6ecfb;
    --vt-on-accent: #ffffff;
    --vt-good: #14703f;
    --vt-good-soft: #e2f3e9;
    --vt-bad: #b0261c;
    --vt-bad-soft: #fce9e7;
    --vt-warn: #7d5200;
    --vt-warn-soft: #fcf0d6;
    --vt-chart-a: #2a55c5;
    --vt-chart-b: #b45309;
    --vt-chart-bar: #c9d0dc;
    --vt-shadow: 0 1px 2px rgb(20 30 50 / 6%), 0 4px 16px rgb(20 30 50 / 5%);
    --vt-radius: 12px;
    --vt-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
    --vt-mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --vt-page: #0f1319;
      --vt-surface: #171c25;
      --vt-raised: #1f2632;
      --vt-line: #2b3442;
      --vt-control-line: #7d899b;
      --vt-text: #e7ebf2;
      --vt-muted: #a3aebf;
      --vt-accent: #8fb0ff;
      --vt-accent-strong: #b4caff;
      --vt-accent-soft: #1f2c4d;
      --vt-on-accent: #0d1830;
      --vt-good: #6fd39b;
      --vt-good-soft: #15301f;
      --vt-bad: #ff9a90;
      --vt-bad-soft: #3b1a18;
      --vt-warn: #f0c26a;
      --vt-warn-soft: #35290f;
      --vt-chart-a: #8fb0ff;
      --vt-chart-b: #f0a35e;
      --vt-chart-bar: #364154;
      --vt-shadow: none;
    }
  }
  @media (forced-colors: active) {
    :host {
      --vt-line: CanvasText;
      --vt-chart-a: CanvasText;
      --vt-chart-b: LinkText;
      --vt-chart-bar: GrayText;
      --vt-muted: CanvasText;
    }
  }
`;
