/** Reads server-sent events one after the other. */

/** One event; `data` is parsed JSON. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id: string | undefined;
}

/** Events of a stream, one after the other. */
export async function* events(response: Response): AsyncGenerator<StreamEvent> {
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      text = text.slice(end + 2);
      if (fields['event'])
        yield { event: fields['event'], data: JSON.parse(fields['data'] ?? 'null'), id: fields['id'] };
    }
  }
}

/** The next event; throws when the stream has ended. */
export async function next(stream: AsyncGenerator<StreamEvent>): Promise<StreamEvent> {
  const step = await stream.next();
  if (step.done) throw new Error('the stream ended');
  return step.value;
}
