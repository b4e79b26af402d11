/** One thing that a manifest says is to be installed, run or obeyed. */
export interface ManifestEntry {
  readonly kind: 'dependency' | 'script' | 'setting';
  /** Where in the manifest, such as `devDependencies`; with the name and the value it tells entries apart. */
  readonly section: string;
  readonly name: string;
  /** As written: a version, a range, an address, a command. */
  readonly value: string;
  /** Zero-based. */
  readonly line: number;
}

/** Reads what a manifest declares. Total: of a text that does not parse it finds what it can. */
export type ManifestReader = (text: string) => readonly ManifestEntry[];

/** Whose names a manifest lists. */
export type PackageIndex = 'npm' | 'pypi' | 'crates' | 'go' | 'other';
