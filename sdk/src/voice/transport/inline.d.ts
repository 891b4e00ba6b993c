/** Sources bundled into a string at build time: `inline:./voice.worker.ts` is the worker as a classic script. */
declare module 'inline:*' {
  const source: string;
  export default source;
}
