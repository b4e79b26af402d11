import { createCipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chainDigest } from '../chainDigest.ts';

/** Proves the bytes of a journal as a whole, at the speed of memory. Hexadecimal digits. */
export interface Seal {
  /** Chosen anew for each seal: with one key, none may be used twice. */
  readonly nonce: string;
  readonly tag: string;
}

export interface OpenSeal {
  /** Takes the next bytes. */
  add(bytes: Buffer): void;
  /** Called once, at the end. */
  finish(): Seal;
}

const nonceBytes = 12;

/** A seal under way (AES-256 in Galois mode, which only authenticates here). Each line is chained besides: that one line is slow. */
export function beginSeal(key: Buffer, nonce: Buffer = randomBytes(nonceBytes)): OpenSeal {
  const cipher = createCipheriv('aes-256-gcm', sealKey(key), nonce);
  return {
    add: (bytes) => void cipher.setAAD(bytes),
    finish() {
      cipher.final();
      return { nonce: nonce.toString('hex'), tag: cipher.getAuthTag().toString('hex') };
    },
  };
}

/** Whether these are the bytes that were sealed. */
export function holdsSeal(key: Buffer, { nonce, tag }: Seal, bytes: Buffer): boolean {
  const seal = beginSeal(key, Buffer.from(nonce, 'hex'));
  seal.add(bytes);
  return seal.finish().tag === tag;
}

/** Prepared once per key: for many small journals that takes longer than the seals. */
const sealKeys = new WeakMap<Buffer, KeyObject>();

/** 32 bytes, for nothing else than seals. */
function sealKey(key: Buffer): KeyObject {
  const known = sealKeys.get(key);
  if (known) return known;
  const made = createSecretKey(Buffer.from(chainDigest(key, 'seal of a journal', ''), 'latin1'));
  sealKeys.set(key, made);
  return made;
}
