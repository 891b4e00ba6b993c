/** The release this code belongs to; the build puts the version in. */
declare const __RELEASE__: string | undefined;

/** Semantic version of this release; `0.0.0-dev` when run from source. */
export const RELEASE: string = typeof __RELEASE__ === 'undefined' ? '0.0.0-dev' : __RELEASE__;
