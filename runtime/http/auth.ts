/** Basic auth in constant time: one digest of what came, compared with one made at the start. */

import { createHash, timingSafeEqual } from 'node:crypto';

export type Authorize = (header: string | undefined) => boolean;

/** A check of the Authorization header; without credentials everyone may pass. */
export function createAuthorize(credentials: { user: string; password: string } | undefined): Authorize {
  if (!credentials) return () => true;
  const wanted = digest(`${credentials.user}:${credentials.password}`);
  return (header) => {
    const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(header ?? '') ?? [];
    // Equal lengths whatever came: the comparison tells nothing about the password.
    return encoded !== undefined && timingSafeEqual(digest(Buffer.from(encoded, 'base64').toString('utf8')), wanted);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
