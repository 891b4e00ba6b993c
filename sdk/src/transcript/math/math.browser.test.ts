/** KaTeX itself, in a real browser: nodes only, quirks mode, hostile sources, fonts once. */
import { expect } from '@open-wc/testing';
import { registerMathFonts } from './math-fonts.js';
import { MathView, type MathChunk, type MathDeps } from './math-view.js';
import { typeset } from './typeset.js';

customElements.define('vt-math-under-test', class extends MathView {});

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  '.katex{font-size:1.2em}.katex-mathml{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}',
);
const chunk: MathChunk = { typeset, sheet };

/** Draws one formula and waits for its outcome. */
async function draw(
  latex: string,
  { load = async () => chunk, spoken, width }: { load?: MathDeps['load']; spoken?: string; width?: string } = {},
): Promise<{ readonly view: MathView; readonly ok: boolean }> {
  const view = document.createElement('vt-math-under-test') as MathView;
  const outcome = new Promise<boolean>((resolve) => {
    view.deps = { load, nowMs: () => performance.now(), onDrawn: ({ ok }) => resolve(ok) };
  });
  view.latex = latex;
  view.spoken = spoken;
  if (width) view.style.width = width;
  document.body.append(view);
  return { view, ok: await outcome };
}

describe('vt-math', () => {
  afterEach(() => document.body.replaceChildren());

  it('draws nodes with hidden MathML, and says the formula in words', async () => {
    const { view, ok } = await draw('x=\\frac{1}{2}', { spoken: 'x equals one half' });
    expect(ok).to.equal(true);
    expect(view.shadowRoot?.querySelector('math mfrac')).to.not.equal(null);
    expect(view.shadowRoot?.querySelector('.katex-html')?.getAttribute('aria-hidden')).to.equal('true');
    expect(view.getAttribute('role')).to.equal('math');
    expect(view.getAttribute('aria-label')).to.equal('x equals one half');
    expect(view.shadowRoot?.adoptedStyleSheets).to.include(sheet);
    await expect(view).to.be.accessible();
  });

  it('reads the source where there are no words', async () => {
    expect((await draw('x+1')).view.getAttribute('aria-label')).to.equal('x+1');
  });

  it('shows the source of what KaTeX cannot read, and reports it', async () => {
    const { view, ok } = await draw('\\frac{1');
    expect(ok).to.equal(false);
    expect(view.shadowRoot?.querySelector('code')?.textContent).to.equal('\\frac{1');
  });

  it('shows the source of what the gate refuses without asking for KaTeX', async () => {
    let asked = false;
    const { view, ok } = await draw('\\def\\a{x}\\a', {
      load: async () => {
        asked = true;
        return chunk;
      },
    });
    expect([ok, asked]).to.deep.equal([false, false]);
    expect(view.shadowRoot?.textContent).to.include('\\def');
  });

  it('keeps the source when the chunk does not come', async () => {
    const { view, ok } = await draw('x^2', { load: () => Promise.reject(new TypeError('offline')) });
    expect(ok).to.equal(false);
    expect(view.shadowRoot?.querySelector('code')?.textContent).to.equal('x^2');
  });

  it('never makes an element of what the source says', async () => {
    for (const latex of ['\\text{<img src=x onerror=alert(1)>}', '\\unicode{<b>}', '<script>1</script>']) {
      const { view } = await draw(latex);
      expect(view.shadowRoot?.querySelector('img,script,b,a')).to.equal(null);
    }
  });

  it('takes the focus of the keyboard only when it is too wide', async () => {
    const wide = await draw('a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p', { width: '60px' });
    expect(wide.view.tabIndex).to.equal(0);
    const narrow = await draw('a', { width: '300px' });
    expect(narrow.view.hasAttribute('tabindex')).to.equal(false);
  });

  it('copies LaTeX', async () => {
    const { view } = await draw('x^2');
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), cancelable: true });
    view.dispatchEvent(event);
    expect(event.clipboardData?.getData('text/plain')).to.equal('$x^2$');
    expect(event.defaultPrevented).to.equal(true);
  });

  it('draws the newer formula when the source changes while the chunk is on its way', async () => {
    let bring: (chunk: MathChunk) => void = () => {};
    const slow = new Promise<MathChunk>((resolve) => (bring = resolve));
    const view = document.createElement('vt-math-under-test') as MathView;
    const drawn: boolean[] = [];
    const done = new Promise<void>((resolve) => {
      view.deps = {
        load: () => slow,
        nowMs: () => 0,
        onDrawn: ({ ok }) => {
          drawn.push(ok);
          resolve();
        },
      };
    });
    view.latex = 'old';
    document.body.append(view);
    await view.updateComplete;
    view.latex = 'new';
    await view.updateComplete;
    bring(chunk);
    await done;
    expect(drawn).to.deep.equal([true]);
    expect(view.shadowRoot?.querySelector('annotation')?.textContent).to.equal('new');
  });
});

describe('typeset', () => {
  it('works in quirks mode, where katex.render throws', () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentDocument?.write('<p>no doctype</p>');
    frame.contentDocument?.close();
    expect(frame.contentDocument?.compatMode).to.equal('BackCompat');
    const node = typeset('x^2', true);
    frame.contentDocument?.body.append(node);
    expect(frame.contentDocument?.querySelector('.katex math')).to.not.equal(null);
    frame.remove();
  });

  it('forgets macros from one formula to the next', () => {
    typeset('\\gdef\\foo{x}\\foo', false);
    expect(() => typeset('\\foo', false)).to.throw(/Undefined control sequence/);
  });
});

describe('registerMathFonts', () => {
  it('adds each face once, whatever brought the first', () => {
    const face = (family: string, weight: string) => ({ family, style: 'normal', weight, file: 'x.woff2' });
    const faces = [face('VtTest_Main', '400'), face('VtTest_Main', '700')];
    document.fonts.add(new FontFace('VtTest_Main', 'url("https://example.org/bold.woff2")', { weight: 'bold' }));
    expect(registerMathFonts(faces, 'https://example.org/fonts/')).to.equal(1);
    expect(registerMathFonts(faces, 'https://example.org/fonts/')).to.equal(0);
  });
});
