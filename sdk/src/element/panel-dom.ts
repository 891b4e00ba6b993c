/** What templates cannot say: the top layer and the focus. */

/** Puts the panel above everything, whatever the page's own layers and transforms are; harmless again and again. */
export function showPanel(root: ParentNode): void {
  const panel = root.querySelector<HTMLElement>('.panel[popover]');
  // Without popovers (before 2023) the panel is laid out above the page by its own rules.
  if (!panel?.isConnected || typeof panel.showPopover !== 'function' || panel.matches(':popover-open')) return;
  panel.showPopover();
}

/** Focus to what the present view is for: its main button, or where one writes. A finger gets no keyboard it did not ask for. */
export function focusMain(root: ParentNode): void {
  const finger = matchMedia('(pointer: coarse)').matches;
  const wanted = finger ? ['.talk:enabled'] : ['textarea'];
  for (const selector of [...wanted, '.body .primary', '.panel'])
    if (focus(root.querySelector<HTMLElement>(selector))) return;
}

function focus(element: HTMLElement | null): boolean {
  element?.focus({ preventScroll: true });
  return element !== null;
}
