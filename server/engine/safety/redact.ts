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
    return keyShapes.reduce((rest, shape) => rest.replace(shape.pattern, shape.mask), masked);
  };
}

interface KeyShape {
  readonly pattern: RegExp;
  readonly mask: string;
}

// Each pattern either matches what it has scanned or fails within a bounded distance, so that the whole is linear.
const keyShapes: readonly KeyShape[] = [
  shape(
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\:,]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,60}-----)?/g,
    'private key',
  ),
  shape(/PuTTY-User-Key-File-[23]: [^\0]{0,8000}?Private-MAC: [0-9a-f]+/g, 'private key'),
  shape(/(?<![A-Za-z0-9])sk-ant-[\w-]{10,}/g, 'Anthropic key'),
  shape(/(?<![A-Za-z0-9])sk-or-[\w-]{10,}/g, 'OpenRouter key'),
  shape(/(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-|lf-)?[\w-]{20,}/g, 'API key'),
  shape(/(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g, 'GitHub token'),
  shape(/(?<![A-Za-z0-9])glpat-[\w-]{16,}/g, 'GitLab token'),
  shape(/(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g, 'AWS key id'),
  shape(/(?<![A-Za-z0-9])AIza[\w-]{30,}/g, 'Google key'),
  shape(/(?<![A-Za-z0-9])ya29\.[\w-]{20,}/g, 'Google token'),
  shape(/(?<![A-Za-z0-9])eyJ[\w-]{8,512}\.[\w-]{8,8192}\.[\w-]*/g, 'JSON web token'),
  shape(/(?<![A-Za-z0-9])xox[abeoprs]-[\w-]{10,}/g, 'Slack token'),
  shape(/(?<![A-Za-z0-9])(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{20,}/g, 'Stripe key'),
  shape(
    /(?<![A-Za-z0-9])(?:hf_|npm_|gsk_|xai-|r8_|dop_v1_|pypi-|tvly-|nvapi-|pplx-|fw_|lin_api_)[\w-]{20,}/g,
    'API key',
  ),
  shape(
    /(?<=\b(?:authorization|x-api-key|api-key|x-goog-api-key)["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?)[\w.~+/=-]{8,}/gi,
    'credential',
  ),
  shape(/(?<=\bbearer\s{1,4})[\w.~+/=-]{16,}/gi, 'credential'),
  shape(/(?<=:\/\/[^\s/:@"'<>]{0,128}:)[^\s/@"'<>]{1,256}(?=@)/g, 'password'),
  shape(
    /(?<=[?&](?:key|api_?key|access_token|token|sig|signature|password)=)[^&\s"'<>#]{8,}/gi,
    'credential',
  ),
];

function shape(pattern: RegExp, name: string): KeyShape {
  return { pattern, mask: `[redacted ${name}]` };
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
