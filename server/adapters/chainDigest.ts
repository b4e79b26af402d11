import { hash } from 'node:crypto';

const blockBytes = 64;
const digits = 32;

/** Prepared once per key: `crypto.createHmac` makes an object of the system for each line, which takes longer than the digest. */
const blocks = new WeakMap<Buffer, { readonly inner: Buffer; readonly outer: Buffer }>();

/** 32 hexadecimal digits (of an HMAC by SHA-256) over the line before and this one, which only the holder of the key can make. */
export function chainDigest(key: Buffer, previous: string, json: string | Buffer): string {
  const { inner, outer } = blocksOf(key);
  const before = `${previous}\n`;
  const bytes = blockBytes + Buffer.byteLength(before) + Buffer.byteLength(json);
  const message = Buffer.allocUnsafe(bytes);
  inner.copy(message);
  const at = blockBytes + message.write(before, blockBytes);
  if (typeof json === 'string') message.write(json, at);
  else json.copy(message, at);
  return hash('sha256', Buffer.concat([outer, hash('sha256', message, 'buffer')])).slice(0, digits);
}

/** The two blocks that HMAC (RFC 2104) puts before what is hashed. */
function blocksOf(key: Buffer): { readonly inner: Buffer; readonly outer: Buffer } {
  const known = blocks.get(key);
  if (known) return known;
  const short = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  const padded = (byte: number): Buffer =>
    Buffer.from(Array.from({ length: blockBytes }, (_, at) => (short[at] ?? 0) ^ byte));
  const made = { inner: padded(0x36), outer: padded(0x5c) };
  blocks.set(key, made);
  return made;
}
