/** The fake element on a page, and what tests look for in it. For browser tests only. */
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { FakeTutor, type FakeParts } from './voice-tutor.fake.js';

if (!customElements.get('voice-tutor')) customElements.define('voice-tutor', FakeTutor);

/** One element of a test. */
export interface Page {
  readonly tutor: FakeTutor;
  readonly root: ShadowRoot;
  /** The parts in force. */
  parts(): FakeParts;
  /** Waits until the element has drawn what it knows. */
  drawn(): Promise<void>;
  find<E extends Element = HTMLElement>(selector: string): E;
  /** The button whose name starts so. */
  button(name: string): HTMLButtonElement | null;
  press(name: string): Promise<void>;
  text(): string;
}

/** Puts an element with these attributes onto the page. */
export async function open(attributes: Record<string, string> = {}): Promise<Page> {
  const tutor = new FakeTutor();
  for (const [name, value] of Object.entries({ 'site-key': 'pk_test', ...attributes })) tutor.setAttribute(name, value);
  document.body.append(tutor);
  const page = pageOf(tutor);
  await page.drawn();
  return page;
}

/** Looks at an element that is on the page already. */
export function pageOf(tutor: FakeTutor): Page {
  const root = () => {
    if (!tutor.shadowRoot) throw new Error('not drawn');
    return tutor.shadowRoot;
  };
  const drawn = async () => {
    while (!(await tutor.updateComplete));
  };
  const nameOf = (button: Element) =>
    button.getAttribute('aria-label') ?? button.textContent.replace(/\s+/g, ' ').trim();
  const button = (name: string) =>
    [...root().querySelectorAll('button')].find((candidate) => nameOf(candidate).startsWith(name)) ?? null;
  return {
    tutor,
    get root() {
      return root();
    },
    parts() {
      const parts = tutor.made.at(-1);
      if (!parts) throw new Error('not set up');
      return parts;
    },
    drawn,
    find<E extends Element = HTMLElement>(selector: string) {
      const found = root().querySelector<E>(selector);
      if (!found) throw new Error(`no ${selector} in ${root().innerHTML}`);
      return found;
    },
    button,
    async press(name) {
      const found = button(name);
      if (!found) throw new Error(`no button ${name}`);
      found.click();
      await drawn();
    },
    text: () => root().textContent.replace(/\s+/g, ' '),
  };
}

/** An element within a lesson that listens. */
export async function inLesson(attributes: Record<string, string> = {}): Promise<Page> {
  const page = await open(attributes);
  await page.press('Ask the tutor');
  await page.press(page.button('Agree and start') ? 'Agree and start' : 'Start lesson');
  page.parts().voice.show({ phase: 'listening' });
  await page.drawn();
  return page;
}

/** Resolves with the details of the next event of this type. */
export function nextEvent(target: EventTarget, type: string): Promise<unknown> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve((event as CustomEvent<unknown>).detail), { once: true });
  });
}

/** What axe finds wrong in an element, each as one line. */
export async function violations(element: Element): Promise<readonly string[]> {
  const { axe } = globalThis as unknown as {
    readonly axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  };
  // A colour in the middle of its transition is no colour of ours.
  await Promise.all(
    element.shadowRoot
      ?.getAnimations()
      .filter(isFinite)
      .map(({ finished }) => finished) ?? [],
  );
  const found = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // Landmarks and headings are those of the host page.
    rules: {
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
      'landmark-one-main': { enabled: false },
    },
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
}
const isFinite = (animation: Animation) => animation.effect?.getComputedTiming().iterations !== Infinity;
