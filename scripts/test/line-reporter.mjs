/** node:test reporter for the summing runner: one machine-read line per outcome, errors in full. */
import { relative } from 'node:path';

export default async function* lineReporter(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    const isFile = data.nesting === 0 && data.file && data.name === data.file;
    if (data.skip !== undefined && data.skip !== false) {
      yield `\u0001skip\t${data.name} (${typeof data.skip === 'string' ? data.skip : 'not available here'})\n`;
      continue;
    }
    if (data.nesting === 0 && data.file)
      yield `\u0001file\t${type === 'test:pass' ? '✓' : '✗'} ${relative(process.cwd(), data.file)} ${data.name === data.file ? '' : `· ${data.name}`}\n`;
    if (type === 'test:fail' && (!isSuite || isFile)) {
      const cause = data.details?.error?.cause ?? data.details?.error;
      const text = (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)).slice(0, 3000);
      yield `\u0001fail\t${data.name}\n\u0001error\t${data.name}: ${text.replaceAll('\n', '\\n')}\n`;
    } else if (type === 'test:pass' && !isSuite && !isFile) {
      yield `\u0001pass\t${data.name}\n`;
    }
  }
}
