/** Types of `speech.mjs`, for the flows. */
export function findSpeechProgram(path?: string): string | null;
export function ensureSpeechProgram(log?: (line: string) => void): string | null;
