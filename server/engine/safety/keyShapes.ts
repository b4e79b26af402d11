/** The shape of a kind of keys by which it is known wherever it stands. */
export interface KeyShape {
  /** Global. */
  readonly pattern: RegExp;
  /** For people. */
  readonly name: string;
  /** Other names and words have the same beginning and length, such as `sk-` of a style sheet. */
  readonly isCommon?: true;
}

// Each pattern either matches what it has scanned or fails within a bounded distance, so that the whole is linear.
export const keyShapes: readonly KeyShape[] = [
  {
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\:,]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,60}-----)?/g,
    name: 'private key',
  },
  { pattern: /PuTTY-User-Key-File-[23]: [^\0]{0,8000}?Private-MAC: [0-9a-f]+/g, name: 'private key' },
  { pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{10,}/g, name: 'Anthropic key' },
  { pattern: /(?<![A-Za-z0-9])sk-or-[\w-]{10,}/g, name: 'OpenRouter key', isCommon: true },
  {
    pattern: /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-|lf-)?[\w-]{20,}/g,
    name: 'API key',
    isCommon: true,
  },
  {
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g,
    name: 'GitHub token',
  },
  { pattern: /(?<![A-Za-z0-9])glpat-[\w-]{16,}/g, name: 'GitLab token' },
  { pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g, name: 'AWS key id' },
  { pattern: /(?<![A-Za-z0-9])AIza[\w-]{30,}/g, name: 'Google key' },
  { pattern: /(?<![A-Za-z0-9])ya29\.[\w-]{20,}/g, name: 'Google token' },
  { pattern: /(?<![A-Za-z0-9])eyJ[\w-]{8,512}\.[\w-]{8,8192}\.[\w-]*/g, name: 'JSON web token' },
  { pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[\w-]{10,}/g, name: 'Slack token' },
  {
    pattern: /(?<![A-Za-z0-9])(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{20,}/g,
    name: 'Stripe key',
    isCommon: true,
  },
  {
    pattern:
      /(?<![A-Za-z0-9])(?:hf_|npm_|gsk_|xai-|r8_|dop_v1_|pypi-|tvly-|nvapi-|pplx-|fw_|lin_api_)[\w-]{20,}/g,
    name: 'API key',
    isCommon: true,
  },
];
