/** Reads the files that task data names: data: URIs, and files on the configured labeling server with its key. */

import { InputError } from '../errors.ts';
import type { ReadFile } from '../types.ts';
import { createAuthorization } from './token.ts';

/** Larger files are refused, in bytes: task data is hostile input. */
const SIZE_LIMIT = 256 * 1024 * 1024;
/** Milliseconds for the whole download. */
const TIMEOUT = 60_000;

/**
 * A reader bound to one server. The key travels to that origin only; a redirect to another one drops it (fetch does).
 * Files elsewhere are refused, since whoever writes tasks would choose what this machine fetches.
 */
export function createReadFile({ host, apiKey }: { host: string | undefined; apiKey: string | undefined }): ReadFile {
  const authorization = host && apiKey ? createAuthorization(host, apiKey) : async () => ({});
  return async (url, { signal } = {}) => {
    if (url.startsWith('data:')) return await readAll(await fetch(url), 'data: URI');
    const target = resolveUrl(url, host);
    const limit = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(target, {
      headers: await authorization(),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new InputError(`cannot fetch ${target.origin}${target.pathname}: ${cause}`, 502);
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new InputError(
        `${target.origin}${target.pathname} answered ${response.status}; ${
          apiKey ? 'the key in WOW_AI_API_KEY was sent' : 'no key was sent: set WOW_AI_API_KEY'
        }`,
        502,
      );
    }
    return readAll(response, target.pathname);
  };
}

function resolveUrl(url: string, host: string | undefined): URL {
  if (host === undefined) {
    throw new InputError(`cannot read '${short(url)}': set WOW_AI_HOST to the URL of the labeling server`);
  }
  // A path of the server may lie below a prefix ('https://host/label'), so it is appended, not resolved against the root.
  const path = url.startsWith('upload/') || url.startsWith('/upload/') ? `/data/${url.replace(/^\//, '')}` : url;
  const full = path.startsWith('/') && !path.startsWith('//') ? host + path : path;
  const target = URL.canParse(full) ? new URL(full) : undefined;
  if (target?.origin === new URL(host).origin) return target;
  throw new InputError(`cannot read '${short(url)}': files are read from WOW_AI_HOST (${host}) and data: URIs`);
}

async function readAll(response: Response, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > SIZE_LIMIT) throw new InputError(`${name} is larger than ${SIZE_LIMIT} bytes`, 413);
    chunks.push(chunk);
  }
  // Not Buffer.concat: small Buffers share an ArrayBuffer, and models hand `bytes.buffer` on.
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function short(url: string): string {
  return url.length > 120 ? `${url.slice(0, 117)}…` : url;
}
