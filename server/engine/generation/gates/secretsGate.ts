import { createRedactor } from '../../safety/redact.ts';
import { passed, refuse, type Gate } from './gate.ts';

const redact = createRedactor([]);
/** Addresses and headers of examples have passwords that are none. */
const maskedKey = /\[redacted (?!credential|password)/;

/** Brings no key into the file. */
export const secretsGate: Gate = {
  name: 'secrets',
  judge({ before = '', after }) {
    if (after === undefined || redact(after) === after) return passed();
    const known = new Set(before.split(/\r\n|\r|\n/).map((line) => line.trim()));
    const line = after
      .split(/\r\n|\r|\n/)
      .findIndex((text) => !known.has(text.trim()) && !maskedKey.test(text) && maskedKey.test(redact(text)));
    return line < 0
      ? passed()
      : refuse(`line ${line + 1} holds what looks like a key; read it from the environment instead`);
  },
};
