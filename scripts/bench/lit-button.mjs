/** The smallest useful element of the same kind: a Lit element with one button, built as ours is. */
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const source = `import { LitElement, css, html } from 'lit';
class BareButton extends LitElement {
  static styles = css\`button { font: inherit; }\`;
  render() { return html\`<button @click=\${() => this.dispatchEvent(new Event('open'))}>Ask</button>\`; }
}
customElements.define('bare-button', BareButton);`;

/** Its script. */
export async function buildLitButton() {
  const bundle = await rollup({
    input: 'lit-button',
    plugins: [
      {
        name: 'lit-button',
        resolveId: (id) => (id === 'lit-button' ? '\0lit-button' : null),
        load: (id) => (id === '\0lit-button' ? source : null),
      },
      nodeResolve({ browser: true, exportConditions: ['production', 'browser'], rootDir: process.cwd() }),
      terser({ module: true, ecma: 2022, compress: { passes: 2 }, format: { comments: false } }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}
