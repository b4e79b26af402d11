import { createHmac } from 'node:crypto';

/** 32 hexadecimal digits over the line before and this one, which only the holder of the key can make. */
export function chainDigest(key: Buffer, previous: string, json: string | Buffer): string {
  return createHmac('sha256', key).update(`${previous}\n`).update(json).digest('hex').slice(0, 32);
}
