/** What looks up the dependencies of a manifest, and cannot where there is no network. */
interface Auditor {
  readonly title: string;
  readonly manifest: RegExp;
  readonly command: string;
}

const auditors: readonly Auditor[] = [
  { title: 'npm audit', manifest: /(?:^|\/)package\.json$/u, command: 'npm audit' },
  {
    title: 'pip-audit',
    manifest: /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|setup\.cfg|Pipfile)$/u,
    command: 'pip-audit',
  },
  { title: 'cargo audit', manifest: /(?:^|\/)Cargo\.toml$/u, command: 'cargo audit' },
  { title: 'govulncheck', manifest: /(?:^|\/)go\.mod$/u, command: 'govulncheck ./...' },
];

/** Which of them would look at these files, and what to type: they ask a server, which nothing here does unasked. */
export function auditsOf(
  paths: readonly string[],
): readonly { readonly scanner: string; readonly message: string }[] {
  return auditors
    .filter(({ manifest }) => paths.some((path) => manifest.test(path)))
    .map(({ title, command }) => ({
      scanner: title,
      message: `Not run: it asks a server about each dependency, and the sandbox has no network. After installing, run \`${command}\` or \`osv-scanner\` yourself.`,
    }));
}
