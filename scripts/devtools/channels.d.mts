/** Types of channels.mjs, for the flows. */
import type { Page } from '@playwright/test';

/** A way to one target. */
export interface Channel {
  send(method: string, params?: object): Promise<unknown>;
  /** Listens to its events; on a page to those of the network only. */
  on(listener: (method: string, params: unknown) => void): void;
}
export function openChannels(
  page: Page,
  found: (channel: Channel, type: string) => Promise<unknown> | undefined,
): Promise<void>;
