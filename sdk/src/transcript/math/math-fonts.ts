/** KaTeX's font faces on the document; faces inside a shadow root are ignored by browsers. */

/** One face, as the build reads it out of KaTeX's style sheet. */
export interface MathFace {
  readonly family: string;
  readonly style: string;
  /** `400` or `700`. */
  readonly weight: string;
  /** File name inside the fonts' folder. */
  readonly file: string;
}

const WEIGHTS: Readonly<Record<string, string>> = { normal: '400', bold: '700' };
const identify = ({ family, style, weight }: Pick<MathFace, 'family' | 'style' | 'weight'>) =>
  `${family.replaceAll('"', '')}/${style}/${WEIGHTS[weight] ?? weight}`;

/**
 * Adds the faces that the document does not have yet; harmless as often as wanted. Each file is fetched on first use.
 *
 * @param base folder of the files, an absolute address with a slash at its end.
 * @returns how many were added; 0 when the host page or another copy brought them.
 */
export function registerMathFonts(faces: readonly MathFace[], base: string): number {
  const present = new Set([...document.fonts].map(identify));
  const missing = faces.filter((face) => !present.has(identify(face)));
  for (const { family, style, weight, file } of missing) {
    // `block`: another face's glyphs would be wrong, not only unlovely.
    document.fonts.add(
      new FontFace(family, `url(${JSON.stringify(base + file)}) format("woff2")`, { style, weight, display: 'block' }),
    );
  }
  return missing.length;
}
