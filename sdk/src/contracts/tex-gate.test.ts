import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gateTex, TEX_LIMIT } from './tex-gate.js';

const outcome = (latex: string) => {
  const gate = gateTex(latex);
  return 'refused' in gate ? gate.refused : 'passed';
};

describe('gateTex', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['school formula', 'x=\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}', 'passed'],
    ['tab and newline', 'a\t+\nb', 'passed'],
    ['a line break before letters is no command', '\\begin{matrix}a\\\\def\\end{matrix}', 'passed'],
    ['longer names that begin alike', '\\lettrine \\defn \\showx \\longrightarrow \\leftarrow', 'passed'],
    ['macro definition', '\\def\\a{x}\\a', 'command'],
    ['global definition', '\\gdef\\a{x}', 'command'],
    ['let', '\\let\\a=b', 'command'],
    ['new command', '\\newcommand{\\a}{x}', 'command'],
    ['prints to the console', '\\message{hi}', 'command'],
    ['link', '\\href{https://example.org}{x}', 'command'],
    ['image', '\\includegraphics{x.png}', 'command'],
    ['html attribute', '\\htmlData{a=b}{x}', 'command'],
    ['any html command', '\\htmlFuture{a}{x}', 'command'],
    ['internal name', '\\@firstoftwo{a}{b}', 'command'],
    ['at sign alone', 'a@b', 'passed'],
    ['bidirectional override', 'a\u202eb', 'control-character'],
    ['NUL', 'a\u0000b', 'control-character'],
    ['escaped braces do not nest', '\\{'.repeat(500), 'passed'],
    ['nesting at the limit', '{'.repeat(TEX_LIMIT.depth) + '}'.repeat(TEX_LIMIT.depth), 'passed'],
    ['nesting past it', '{'.repeat(TEX_LIMIT.depth + 1), 'too-deep'],
    ['length at the limit', 'x'.repeat(TEX_LIMIT.characters), 'passed'],
    ['length past it', 'x'.repeat(TEX_LIMIT.characters + 1), 'too-long'],
    ['length after normalising', 'e\u0301'.repeat(TEX_LIMIT.characters), 'passed'],
  ];
  for (const [about, latex, expected] of rows) it(about, () => assert.equal(outcome(latex), expected));

  it('normalises', () => assert.deepEqual(gateTex('e\u0301'), { latex: '\u00e9' }));

  it('never throws, and passes nothing that defines a macro', () => {
    const piece = fc.constantFrom('\\def', '\\\\', '\\', 'def', '{', '}', '\\let', 'x', '$', '@', '\\a');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join('');
        if (outcome(source) !== 'passed') return;
        const commands = source.replaceAll('\\\\', ' ').match(/\\[a-zA-Z@]+/g) ?? [];
        assert.ok(!commands.some((command) => command === '\\def' || command === '\\let' || command.includes('@')));
      }),
    );
  });
});
