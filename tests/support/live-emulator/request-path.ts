/** Reads the address and the credentials of a request: version, method, model, key. Pure; judges nothing but the form. */
import type { IncomingHttpHeaders } from 'node:http';

const LIVE_PATH =
  /^(?:\/[^/]+)*\/{1,2}ws\/google\.ai\.generativelanguage\.(v1|v1beta|v1alpha)\.GenerativeService\.(BidiGenerateContent|BidiGenerateContentConstrained)$/;
const TEXT_PATH = /^(?:\/[^/]+)*\/{1,2}(v1|v1beta|v1alpha)\/models\/([^/:]+):(streamGenerateContent|generateContent)$/;

/** API versions that the emulator serves. */
export type ApiVersion = 'v1' | 'v1beta' | 'v1alpha';

/** Where a credential was found; a server-side relay should use the header. */
export type KeySource = 'query' | 'header' | 'token' | 'none';

/** What a client presents to be let in. */
export interface Credential {
  /** The key or token; empty when there was none. */
  readonly key: string;
  readonly source: KeySource;
}

/** A request for a Live session. */
export interface LiveAddress extends Credential {
  readonly apiVersion: ApiVersion;
  /** True for `BidiGenerateContentConstrained`, the method for ephemeral tokens. */
  readonly constrained: boolean;
}

/** A request for a text answer. */
export interface TextAddress extends Credential {
  readonly apiVersion: ApiVersion;
  /** Model without the `models/` prefix. */
  readonly model: string;
  readonly streaming: boolean;
}

/**
 * Reads the request target of an upgrade: `/ws/…` and `//ws/…`, with or without a prefix before it.
 *
 * @returns undefined when the path is no Live method of a served version.
 */
export function parseLiveAddress(target: string, headers: IncomingHttpHeaders): LiveAddress | undefined {
  const { path, query } = splitTarget(target);
  const match = LIVE_PATH.exec(path);
  if (match === null) return undefined;
  return {
    apiVersion: match[1] as ApiVersion,
    constrained: match[2] === 'BidiGenerateContentConstrained',
    ...readCredential(query, headers),
  };
}

/** Reads the request target of a text call, `/v1beta/models/M:streamGenerateContent` and its kin; undefined for any other path. */
export function parseTextAddress(target: string, headers: IncomingHttpHeaders): TextAddress | undefined {
  const { path, query } = splitTarget(target);
  const match = TEXT_PATH.exec(path);
  if (match === null) return undefined;
  return {
    apiVersion: match[1] as ApiVersion,
    model: decodeModel(match[2] ?? ''),
    streaming: match[3] === 'streamGenerateContent',
    ...readCredential(query, headers),
  };
}

/** Path and query by hand: `//ws/…` would read as a host to `new URL`. */
function splitTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

function decodeModel(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function readCredential(query: URLSearchParams, headers: IncomingHttpHeaders): Credential {
  const header = headers['x-goog-api-key'];
  if (typeof header === 'string' && header !== '') return { key: header, source: 'header' };
  const token = /^Token\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? query.get('access_token') ?? '';
  if (token !== '') return { key: token, source: 'token' };
  const key = query.get('key') ?? '';
  return key === '' ? { key: '', source: 'none' } : { key, source: 'query' };
}
