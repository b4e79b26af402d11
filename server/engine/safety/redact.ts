import { keyShapes } from './keyShapes.ts';

/** Masks secrets in a text. */
export type Redactor = (text: string) => string;

/**
 * Masks the given values, also where they are base64, URL, JSON or hexadecimal encoded, and anything that has the
 * shape of a well-known key. Values shorter than four characters are ignored: masking them would only garble texts.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const given = givenPattern(secrets);
  return (text) => {
    const masked = given === undefined ? text : text.replace(given, '[redacted secret]');
    const unshaped = keyShapes.reduce(
      (rest, { pattern, name }) => rest.replace(pattern, `[redacted ${name}]`),
      masked,
    );
    return labelledValues.reduce(maskLabelled, unshaped);
  };
}

/** A value that counts as a secret for what stands right before it. */
interface LabelledValue {
  readonly label: RegExp;
  /** Sticky. */
  readonly value: RegExp;
  readonly mask: string;
}

// One pattern that looks behind at each character for the label would say the same, and cost thirty times as much.
const labelledValues: readonly LabelledValue[] = [
  {
    label:
      /\b(?:authorization|x-api-key|api-key|x-goog-api-key)["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?/gi,
    value: /[\w.~+/=-]{8,}/y,
    mask: '[redacted credential]',
  },
  { label: /\bbearer\s{1,4}/gi, value: /[\w.~+/=-]{16,}/y, mask: '[redacted credential]' },
  { label: /:\/\/[^\s/:@"'<>]{0,128}:/g, value: /[^\s/@"'<>]{1,256}(?=@)/y, mask: '[redacted password]' },
  {
    label: /[?&](?:key|api_?key|access_token|token|sig|signature|password)=/gi,
    // A template that takes the value from elsewhere holds none.
    value: /(?!\\?\$\{)[^&\s"'<>#]{8,}/y,
    mask: '[redacted credential]',
  },
];

/** A value may itself be the label of the next one, and labels may overlap, so each place is looked at. */
function maskLabelled(text: string, { label, value, mask }: LabelledValue): string {
  const parts: string[] = [];
  let done = 0;
  label.lastIndex = 0;
  for (let found = label.exec(text); found !== null; found = label.exec(text)) {
    const start = label.lastIndex;
    label.lastIndex = found.index + 1;
    value.lastIndex = start;
    if (start < done || !value.test(text)) continue;
    parts.push(text.slice(done, start), mask);
    done = value.lastIndex;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

function givenPattern(secrets: readonly string[]): RegExp | undefined {
  const forms = new Set(secrets.filter((secret) => secret.length >= 4).flatMap(formsOf));
  if (forms.size === 0) return undefined;
  // The longest first, so that a secret that begins with another one is masked whole.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(ordered.map(escapePattern).join('|'), 'g');
}

function formsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = [0, 1, 2].map((shift) => alignedBase64(bytes, shift));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64.map((form) => encodeURIComponent(form)),
    hex,
    hex.toUpperCase(),
  ];
  // A short encoded form would be found by chance in ordinary text.
  return forms.filter((form) => form === secret || form.length >= 8);
}

/** The characters of a base64 text that depend on these bytes alone, when `shift` bytes stand before them in their group. */
function alignedBase64(bytes: Uint8Array, shift: number): string {
  const padded = [...Array<number>(shift).fill(0), ...bytes];
  const text = btoa(String.fromCharCode(...padded)).replace(/=+$/, '');
  const first = shift === 0 ? 0 : shift + 1;
  const whole = Math.floor((padded.length * 8) / 6);
  return text.slice(first, whole);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
