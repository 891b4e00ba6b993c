/** Judges a call of `show_equation`: its shape, and whether KaTeX can set it without defining anything. Pure. */
import katex from 'katex';
import { z } from 'zod';
import type { ShownEquation } from '../provider.js';

const Arguments = z.object({
  latex: z.string().trim().min(1).max(2000),
  role: z.enum(['problem', 'step', 'answer', 'example']),
  // A formula is not lost for an odd ornament.
  spoken: z.string().max(1000).optional().catch(undefined),
  caption: z.string().max(200).optional().catch(undefined),
  step: z.int().min(1).max(99).optional().catch(undefined),
});

/** Commands that change what later commands mean. */
const DEFINES =
  /\\(?:[gex]?def|let|futurelet|global|long|(?:re|provide)?newcommand|(?:renew|provide)command|newenvironment|char|catcode)(?![A-Za-z])/;

/** The equation to show, or why not, in words for the model. */
export type EquationVerdict =
  { readonly ok: true; readonly equation: ShownEquation } | { readonly ok: false; readonly reason: string };

/** Judges the arguments of a call. */
export function judgeEquation(args: unknown): EquationVerdict {
  const parsed = Arguments.safeParse(args);
  if (!parsed.success) return { ok: false, reason: 'latex (1 to 2000 characters) and role are required' };
  if (DEFINES.test(parsed.data.latex)) return { ok: false, reason: 'no definitions of commands' };
  try {
    katex.renderToString(parsed.data.latex, { throwOnError: true, trust: false, maxExpand: 1000, strict: 'ignore' });
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message.slice(0, 200) : 'not LaTeX' };
  }
  return { ok: true, equation: parsed.data };
}
