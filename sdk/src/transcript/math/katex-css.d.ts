/** KaTeX's style sheet, split at build time into rules and font faces. */
declare module 'katex-css:' {
  export const rules: string;
  export const faces: readonly {
    readonly family: string;
    readonly style: string;
    readonly weight: string;
    readonly file: string;
  }[];
}
