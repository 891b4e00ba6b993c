/** Virtual module `katex-css:`: KaTeX's style rules, and its font faces as data, so that each goes where it works. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const dist = dirname(createRequire(import.meta.url).resolve('katex'));

/** Folder with KaTeX's woff2 files. */
export const katexFonts = join(dist, 'fonts');

/** The module's source: `rules` without `@font-face`, `faces` with family, style, weight and file name. */
export function katexCssModule() {
  const css = readFileSync(join(dist, 'katex.min.css'), 'utf8');
  const faces = [];
  const rules = css.replace(/@font-face\{([^}]*)\}/g, (_, body) => {
    const pick = (pattern) => pattern.exec(body)?.[1];
    const file = pick(/url\(fonts\/([\w-]+\.woff2)\)/);
    if (file) {
      faces.push({
        family: pick(/font-family:"?([^";]+)"?/),
        style: pick(/font-style:(\w+)/) ?? 'normal',
        weight: pick(/font-weight:(\w+)/) ?? '400',
        file,
      });
    }
    return '';
  });
  return `export const rules = ${JSON.stringify(rules)};\nexport const faces = ${JSON.stringify(faces)};\n`;
}

/** Rollup plugin for it. */
export const katexCss = () => ({
  name: 'katex-css',
  resolveId: (id) => (id === 'katex-css:' ? '\0katex-css' : null),
  load: (id) => (id === '\0katex-css' ? katexCssModule() : null),
});
