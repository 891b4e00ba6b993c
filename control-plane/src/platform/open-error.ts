/** Starting failed for a reason that the person who started us can mend. */

/** `message` is one plain sentence that says what to do; it is shown as it stands, without a stack. */
export class OpenError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'OpenError';
  }
}
