/** The script that partners embed, the only thing of ours that never changes its address. */
import { loadTutor } from './load-tutor.js';

declare const __RELEASE_ENTRY__: string;
declare const __RELEASE_INTEGRITY__: string;

const { origin } = new URL(import.meta.url);
loadTutor({ origin, builtIn: { url: origin + __RELEASE_ENTRY__, integrity: __RELEASE_INTEGRITY__ } });
