/** Releases of the SDK: immutable files and what a loader checks before it runs them. */
import * as z from 'zod/mini';
import { ReleaseVersion } from './ids.js';

/** One file of a release. */
export const ReleaseFile = z.object({
  /** Path below `/sdk/{version}/`. */
  path: z.string().check(z.regex(/^[a-z0-9][a-z0-9./_-]{0,119}$/i)),
  /** `sha384-` and the base64 digest, as in Subresource Integrity. */
  integrity: z.string().check(z.regex(/^sha384-[A-Za-z0-9+/]{64}$/)),
  bytes: z.int().check(z.gte(0)),
});
/** One file of a release. */
export interface ReleaseFile extends z.infer<typeof ReleaseFile> {}

/** `manifest.json` of a release, as the build writes it. `entry` is the element's module. */
export const ReleaseManifest = z.object({
  version: ReleaseVersion,
  entry: z.string().check(z.maxLength(120)),
  files: z.array(ReleaseFile).check(z.minLength(1), z.maxLength(200)),
});
/** `manifest.json` of a release. */
export interface ReleaseManifest extends z.infer<typeof ReleaseManifest> {}

/** What the config answer says of the release to run. */
export const ReleaseAnswer = z.object({
  version: ReleaseVersion,
  /** Absolute address of the element's module. */
  url: z.string().check(z.maxLength(500), z.regex(/^https?:\/\//)),
  integrity: ReleaseFile.shape.integrity,
});
/** What the config answer says of the release to run. */
export interface ReleaseAnswer extends z.infer<typeof ReleaseAnswer> {}
