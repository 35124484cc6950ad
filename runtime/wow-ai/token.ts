/** The two kinds of key: a legacy token is sent as it is, a personal access token is exchanged for a short-lived one. */

import { InputError } from '../errors.ts';

/** Renewed this long before it runs out, in milliseconds. */
const MARGIN = 30_000;

/** Headers for requests to `host`; one exchange at a time, however many ask. */
export function createAuthorization(host: string, apiKey: string): () => Promise<Record<string, string>> {
  if (claimsOf(apiKey) === undefined) return async () => ({ Authorization: `Token ${apiKey}` });
  let access: { token: string; expires: number } | undefined;
  let exchange: Promise<void> | undefined;
  return async () => {
    if (!access || access.expires - MARGIN < Date.now()) {
      exchange ??= refresh(host, apiKey)
        .then((fresh) => {
          access = fresh;
        })
        .finally(() => {
          exchange = undefined;
        });
      await exchange;
    }
    return { Authorization: `Bearer ${access?.token ?? ''}` };
  };
}

async function refresh(host: string, apiKey: string): Promise<{ token: string; expires: number }> {
  const response = await fetch(`${host}/api/token/refresh/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh: apiKey }),
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  const body = response.ok ? ((await response.json()) as { access?: unknown }) : undefined;
  if (typeof body?.access !== 'string') {
    throw new InputError(
      `${host} did not accept the personal access token in WOW_AI_API_KEY (status ${response.status}): it may be expired or revoked`,
      502,
    );
  }
  const { exp } = claimsOf(body.access) ?? {};
  return { token: body.access, expires: typeof exp === 'number' ? exp * 1000 : Date.now() + 60_000 };
}

/** The claims of a JWT, unverified; undefined when the text is none. */
function claimsOf(token: string): { exp?: unknown } | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
  } catch {
    return undefined;
  }
}
