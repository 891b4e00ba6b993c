/** Judges a call of `show_equation`: its shape, the gate that pages apply too, and whether KaTeX can set it. Pure. */
import { gateTex, type TexRefusal } from '@voice-tutor/sdk/contracts/tex-gate.js';
import katex from 'katex';
import { z } from 'zod';
import type { ShownEquation } from '../provider.js';

const Arguments = z.object({
  // The gate has the real bound; this one keeps a megabyte from it.
  latex: z.string().max(8000).trim().min(1),
  role: z.enum(['problem', 'step', 'answer', 'example']),
  // A formula is not lost for an odd ornament.
  spoken: z.string().max(1000).optional().catch(undefined),
  caption: z.string().max(200).optional().catch(undefined),
  step: z.int().min(1).max(99).optional().catch(undefined),
});

/** What the model is told, so that its next try can be better. */
const REFUSALS: Record<TexRefusal, string> = {
  'too-long': 'latex of at most 2000 characters',
  'too-deep': 'braces are nested too deep',
  'control-character': 'no control or direction characters',
  command: 'no commands that define, print, load or link',
};

/** The equation to show, or why not, in words for the model. */
export type EquationVerdict =
  { readonly ok: true; readonly equation: ShownEquation } | { readonly ok: false; readonly reason: string };

/** Judges the arguments of a call. */
export function judgeEquation(args: unknown): EquationVerdict {
  const parsed = Arguments.safeParse(args);
  if (!parsed.success) return { ok: false, reason: 'latex (1 to 2000 characters) and role are required' };
  const gate = gateTex(parsed.data.latex);
  if ('refused' in gate) return { ok: false, reason: REFUSALS[gate.refused] };
  try {
    katex.renderToString(gate.latex, {
      throwOnError: true,
      trust: false,
      maxSize: 20,
      maxExpand: 1000,
      strict: 'ignore',
      macros: {},
    });
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message.slice(0, 200) : 'not LaTeX' };
  }
  return { ok: true, equation: { ...parsed.data, latex: gate.latex } };
}
