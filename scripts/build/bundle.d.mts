/** Types of `bundle.mjs`, for the tests that measure what it makes. */
export declare function bundleClassic(
  entry: string,
  options?: { minify?: boolean; sourcemap?: 'inline' | false; define?: Record<string, string> },
): Promise<string>;
