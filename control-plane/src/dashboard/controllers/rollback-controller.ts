/** Going back to a checkpoint, step by step: look at what would change, confirm, see the outcome, undo it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CheckpointRow, RollbackPreview } from '@voice-tutor/sdk/contracts/operator.js';
import type { ApiClient } from '../api-client.js';
import { errorText } from '../outcome.js';

/** A checkpoint as far as the steps need it. */
export type RollbackTarget = Pick<CheckpointRow, 'checkpointId' | 'name'>;

/** Where a rollback stands. `note` is what the operator should know before the next step. */
export type RollbackState =
  | { readonly phase: 'closed' }
  | { readonly phase: 'loading'; readonly target: RollbackTarget; readonly note: string | null }
  | {
      readonly phase: 'preview';
      readonly target: RollbackTarget;
      readonly preview: RollbackPreview;
      readonly note: string | null;
    }
  | { readonly phase: 'restoring'; readonly target: RollbackTarget; readonly preview: RollbackPreview }
  | { readonly phase: 'failed'; readonly target: RollbackTarget; readonly message: string }
  /** `undo` is the checkpoint of the moment before; null when this outcome is an undo itself. */
  | {
      readonly phase: 'done';
      readonly target: RollbackTarget;
      readonly revision: number;
      readonly undo: string | null;
      readonly busy: boolean;
    };

/** What the controller needs. */
export interface RollbackDeps {
  readonly api: Pick<ApiClient, 'preview' | 'rollback'>;
  /** Called after something was restored. */
  readonly onChanged: () => void;
}

const meanwhile = 'Something was changed in the meantime. This is what the rollback would change now.';

/** Keeps the state and performs the steps. */
export class RollbackController implements ReactiveController {
  state: RollbackState = { phase: 'closed' };
  readonly #host: ReactiveControllerHost;
  readonly #deps: RollbackDeps;

  constructor(host: ReactiveControllerHost, deps: RollbackDeps) {
    this.#host = host;
    this.#deps = deps;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.state = { phase: 'closed' };
  }

  /** Reads what a rollback to `target` would change. */
  async open(target: RollbackTarget, note: string | null = null): Promise<void> {
    const loading = { phase: 'loading', target, note } as const;
    this.#to(loading);
    const outcome = await this.#deps.api.preview(target.checkpointId);
    if (this.state !== loading) return;
    if (outcome.ok) this.#to({ phase: 'preview', target, preview: outcome.value, note });
    else this.#to({ phase: 'failed', target, message: errorText(outcome.error) });
  }

  /** Goes back, as previewed; when something changed since, previews again. */
  async confirm(): Promise<void> {
    if (this.state.phase !== 'preview') return;
    const { target, preview } = this.state;
    this.#to({ phase: 'restoring', target, preview });
    const outcome = await this.#deps.api.rollback(target.checkpointId, preview.revision);
    if (outcome.ok) {
      this.#to({
        phase: 'done',
        target,
        revision: outcome.value.revision,
        undo: outcome.value.checkpointId,
        busy: false,
      });
      this.#deps.onChanged();
    } else if (outcome.error.reason === 'conflict') {
      this.#deps.onChanged();
      await this.open(target, meanwhile);
    } else this.#to({ phase: 'failed', target, message: `Nothing was changed. ${errorText(outcome.error)}` });
  }

  /** Goes back to the moment before the rollback; when something changed since, previews that instead. */
  async undo(): Promise<void> {
    if (this.state.phase !== 'done' || this.state.undo === null || this.state.busy) return;
    const { target, undo, revision } = this.state;
    this.#to({ ...this.state, busy: true });
    const outcome = await this.#deps.api.rollback(undo, revision);
    const before = { checkpointId: undo, name: `before going back to ${target.name}` } as RollbackTarget;
    if (outcome.ok) {
      this.#to({ phase: 'done', target, revision: outcome.value.revision, undo: null, busy: false });
      this.#deps.onChanged();
    } else if (outcome.error.reason === 'conflict') {
      this.#deps.onChanged();
      await this.open(before, meanwhile);
    } else
      this.#to({
        phase: 'failed',
        target: before,
        message: `The rollback was not undone. ${errorText(outcome.error)}`,
      });
  }

  /** Puts the steps away; not while something is being restored, whose outcome has to be seen. */
  close(): void {
    const { state } = this;
    if (state.phase === 'restoring' || (state.phase === 'done' && state.busy)) return;
    this.#to({ phase: 'closed' });
  }

  #to(state: RollbackState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
