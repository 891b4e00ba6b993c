/** Which release a site's pages run, and which files exist. Channels and pins come with the releases of partners. */
import type { ReleaseAnswer } from '@voice-tutor/sdk/contracts/releases.js';
import type { ReleaseReader } from '../domain/ports.js';
import { isPrerelease } from './release-order.js';
import type { StoredRelease } from './release-store.js';

/** The releases. */
export interface ReleaseService extends ReleaseReader {
  /** Path on disk of a release's file, or null when no manifest names it. */
  file(version: string, path: string): string | null;
}

/** Creates the service over what `readReleases` found; the newest that is no prerelease is the one to run, a prerelease only where there is nothing else. */
export function createReleaseService(releases: readonly StoredRelease[], publicUrl: () => string): ReleaseService {
  const files = new Map(
    releases.flatMap(({ manifest, directory }) =>
      manifest.files.map(({ path }) => [`${manifest.version}/${path}`, `${directory}/${path}`]),
    ),
  );
  const newest = (releases.filter(({ manifest }) => !isPrerelease(manifest.version)).at(-1) ?? releases.at(-1))
    ?.manifest;
  const entry = newest?.files.find(({ path }) => path === newest.entry);
  if (!newest || !entry) throw new Error('the newest release has no entry file');
  return {
    forSite: (): ReleaseAnswer => ({
      version: newest.version,
      url: `${publicUrl()}/sdk/${newest.version}/${newest.entry}`,
      integrity: entry.integrity,
    }),
    file: (version, path) => files.get(`${version}/${path}`) ?? null,
  };
}
