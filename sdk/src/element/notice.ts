/** Which trouble the learner is told of, and which way on there is. Pure. */
import type { ErrorCode } from '../contracts/errors.js';
import type { LessonSnapshot } from '../protected-core/session/lesson.js';

const MIC_PROBLEMS: readonly ErrorCode[] = [
  'VT_MIC_DENIED',
  'VT_MIC_NOT_FOUND',
  'VT_MIC_IN_USE',
  'VT_MIC_LOST',
  'VT_NOT_ALLOWED_BY_PAGE',
];
const BY_MIC: Partial<Record<LessonSnapshot['mic'], ErrorCode>> = {
  denied: 'VT_MIC_DENIED',
  missing: 'VT_MIC_NOT_FOUND',
  lost: 'VT_MIC_LOST',
};

/**
 * The code to show, null when all is well. Being offline outdoes the rest, since nothing else can be mended before it; trouble
 * of the microphone is told as long as the microphone has it, whatever the session says meanwhile.
 *
 * @param micProblem the newest code of the microphone, see {@link micProblemAfter}.
 */
export function noticeOf(snapshot: LessonSnapshot, online: boolean, micProblem: ErrorCode | null): ErrorCode | null {
  if (!online) return 'VT_OFFLINE';
  return snapshot.problem ?? (BY_MIC[snapshot.mic] ? (micProblem ?? BY_MIC[snapshot.mic] ?? null) : null);
}

/** The microphone's newest code after a snapshot; null once it works again. */
export function micProblemAfter(before: ErrorCode | null, { problem, mic }: LessonSnapshot): ErrorCode | null {
  if (problem && MIC_PROBLEMS.includes(problem)) return problem;
  return BY_MIC[mic] ? before : null;
}

/** Does a lesson run? */
export const isLive = ({ phase }: LessonSnapshot): boolean => phase !== 'idle' && phase !== 'ended';

/** Has the gateway opened it, and is it there? */
export const isOpen = (snapshot: LessonSnapshot): boolean =>
  isLive(snapshot) && snapshot.phase !== 'connecting' && snapshot.phase !== 'reconnecting';
