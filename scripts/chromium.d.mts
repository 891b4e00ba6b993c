/** Types of `chromium.mjs`, for the flows. */
export const chromiumArgs: string[];
