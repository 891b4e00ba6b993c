/** Types of `pure-contracts.mjs`, for its test. */
export declare function markPure(source: string, fileName?: string): string;
