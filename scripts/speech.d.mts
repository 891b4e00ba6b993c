/** Types of `speech.mjs`, for the flows. */
export function findSpeechProgram(path?: string): string | null;
export function ensureSpeechPrograms(log?: (line: string) => void): void;
