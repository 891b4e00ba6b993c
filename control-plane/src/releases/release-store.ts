/** The releases on disk: read once at start, only files that a manifest names are ever served. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseManifest } from '@voice-tutor/sdk/contracts/releases.js';
import { OpenError } from '../platform/open-error.js';
import { compareVersions } from './release-order.js';

/** One release with its folder. */
export interface StoredRelease {
  readonly manifest: ReleaseManifest;
  readonly directory: string;
}

/** Reads every release below `directory`, newest version last; throws when there is none. */
export function readReleases(directory: string): readonly StoredRelease[] {
  const versions = existsSync(directory) ? readdirSync(directory) : [];
  const releases = versions
    .filter((version) => existsSync(join(directory, version, 'manifest.json')))
    .map((version) => ({
      manifest: ReleaseManifest.parse(JSON.parse(readFileSync(join(directory, version, 'manifest.json'), 'utf8'))),
      directory: join(directory, version),
    }))
    .sort((a, b) => compareVersions(a.manifest.version, b.manifest.version));
  if (releases.length === 0)
    throw new OpenError(`There is no release of the SDK in ${directory}; run npm run build first.`);
  return releases;
}
