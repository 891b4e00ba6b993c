/** An operator for tests: signed in with a one-time token, then asks the operators' API as the dashboard does. */

/** Asks `/v1/operator` + path. */
export type OperatorRequest = (
  path: string,
  init?: { readonly method?: string; readonly body?: unknown },
) => Promise<Response>;

/** Signs in at `url`, from the origin that the control plane takes for its own. */
export async function signInOperator({
  url,
  origin,
  token,
}: {
  readonly url: string;
  readonly origin: string;
  readonly token: string | undefined;
}): Promise<OperatorRequest> {
  const headers = { 'content-type': 'application/json', origin };
  const signedIn = await fetch(`${url}/v1/operator/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return (path, { method = 'GET', body } = {}) =>
    fetch(`${url}/v1/operator${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}
