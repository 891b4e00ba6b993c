/** Types of `zod-sync.mjs`, for its test. */
export declare function onlySync(code: string, id: string): string;
