/** The one message about what was just done, shown and read aloud. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A message about an outcome. */
export interface Notice {
  readonly kind: 'success' | 'error';
  readonly text: string;
}

/** Shows a message; a newer one takes its place. */
export type Announce = (kind: Notice['kind'], text: string) => void;

/** Keeps the message until it is put away or replaced: nobody reads under a time limit. */
export class NoticeController implements ReactiveController {
  notice: Notice | null = null;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.notice = null;
  }

  readonly announce: Announce = (kind, text) => {
    this.notice = { kind, text };
    this.#host.requestUpdate();
  };

  dismiss(): void {
    this.notice = null;
    this.#host.requestUpdate();
  }
}
