/** Basic auth in constant time: what came is compared with what was made of the credentials at the start. */

import { createHash, timingSafeEqual } from 'node:crypto';

export type Authorize = (header: string | undefined) => boolean;

/** A check of the Authorization header; without credentials everyone may pass. */
export function createAuthorize(credentials: { user: string; password: string } | undefined): Authorize {
  if (!credentials) return () => true;
  const text = `${credentials.user}:${credentials.password}`;
  const wanted = digest(text);
  // The spelling of all common clients is compared as it stands: decoding and hashing cost a tenth of the throughput.
  const usual = Buffer.from(`Basic ${Buffer.from(text).toString('base64')}`);
  const came = Buffer.alloc(usual.length);
  return (header = '') => {
    if (
      header.length === usual.length &&
      came.write(header, 'latin1') === usual.length &&
      timingSafeEqual(came, usual)
    ) {
      return true;
    }
    const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(header) ?? [];
    // Equal lengths whatever came: the comparison tells nothing about the password.
    return encoded !== undefined && timingSafeEqual(digest(Buffer.from(encoded, 'base64').toString('utf8')), wanted);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
