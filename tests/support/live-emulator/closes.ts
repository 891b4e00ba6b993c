/** Every way in which the emulator ends a connection, with the code and the words the real service was seen to use. */

/** Why and how a connection is closed. */
export interface Close {
  /** WebSocket close code. */
  readonly code: number;
  /** Google's text; cut to 123 bytes when it is sent. */
  readonly reason: string;
}

/** Closes that need no detail. */
export const CLOSES = {
  badKey: { code: 1007, reason: 'API key not valid. Please pass a valid API key.' },
  expiredKey: { code: 1007, reason: 'API key expired. Please renew the API key.' },
  noKey: {
    code: 1008,
    reason:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  },
  setupFirst: { code: 1007, reason: 'setup must be the first message and only the first' },
  invalidArgument: { code: 1007, reason: 'Request contains an invalid argument.' },
  notJson: { code: 1007, reason: 'Invalid JSON payload received. Unexpected token.' },
  explicitActivity: {
    code: 1007,
    reason: 'Explicit activity control is not supported when automatic activity detection is enabled.',
  },
  unknownHandle: { code: 1008, reason: 'BidiGenerateContent session not found' },
  stillOpen: { code: 1011, reason: 'Internal error encountered.' },
  afterGoAway: {
    code: 1008,
    reason:
      'Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session duration limit was reached',
  },
  stopping: { code: 1001, reason: '' },
} as const satisfies Record<string, Close>;

/** The close for a field that no message has: `Unknown name "x" at 'setup': Cannot find field.` */
export function unknownField(name: string, at: string): Close {
  const place = at === '' ? '' : ` at '${at}'`;
  return { code: 1007, reason: `Invalid JSON payload received. Unknown name "${name}"${place}: Cannot find field.` };
}

/** The close for a model that does not exist or does not speak Live. */
export function unknownModel(model: string, apiVersion: string): Close {
  return {
    code: 1008,
    reason: `${model} is not found for API version ${apiVersion}, or is not supported for bidiGenerateContent. Call ListModels to see the list of available models and their supported methods.`,
  };
}

/** The close for bytes that are not base64. */
export function notBase64(at: string): Close {
  return { code: 1007, reason: `Invalid value at '${at}' (TYPE_BYTES), Base64 decoding failed` };
}
