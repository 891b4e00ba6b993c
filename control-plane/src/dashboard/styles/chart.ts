/** The rules a uPlot chart needs inside a shadow root, where its own style sheet does not reach. After uPlot 1.6 (MIT). */
import { css } from 'lit';

/** Layout of the canvas, its cursor and its axes. */
export const chartStyles = css`
  .uplot {
    width: min-content;
    line-height: 1.5;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-axis {
    position: absolute;
  }
  .u-cursor-x,
  .u-cursor-y {
    position: absolute;
    left: 0;
    top: 0;
    pointer-events: none;
  }
  .u-hz .u-cursor-x {
    height: 100%;
    border-right: 1px dashed var(--vt-control-line);
  }
  .u-cursor-pt {
    position: absolute;
    top: 0;
    left: 0;
    border: 0 solid;
    border-radius: 50%;
    pointer-events: none;
    background-clip: padding-box !important;
  }
  .u-select,
  .u-off {
    display: none;
  }
`;
