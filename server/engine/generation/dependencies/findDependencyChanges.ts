import type { ProposedFile } from '../../../protocol/runEvents.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import type { ManifestEntry, PackageIndex } from './manifestEntry.ts';
import { manifestOf } from './manifests.ts';
import { resembledName } from './popularNames.ts';

/** What a person has to look at before a change is applied: something would be installed, or run by who installs. */
export interface DependencyChange {
  readonly path: string;
  /** Zero-based, of the text after the change; 0 where that is gone. */
  readonly line: number;
  readonly kind: ManifestEntry['kind'] | 'changed';
  /** A sentence for people, without the path. */
  readonly message: string;
  /** It runs without being asked for, comes from elsewhere than its index, or could be mistaken for another. */
  readonly isGrave: boolean;
}

/** Everything of these files that installs, or is obeyed by what installs, and was not there before. Pure. */
export function findDependencyChanges(files: readonly ProposedFile[]): readonly DependencyChange[] {
  return files.flatMap((file) => {
    if (findProtected(file.path)?.why.includes('installed') !== true && manifestOf(file.path) === undefined)
      return [];
    const changes = changesOf(file);
    // Nothing that the reader knows: it is held all the same, since installers may know more.
    return changes.length > 0 ? changes : [changedAtAll(file)];
  });
}

function changesOf({ path, before = '', after }: ProposedFile): readonly DependencyChange[] {
  const manifest = manifestOf(path);
  if (manifest === undefined || after === undefined) return [];
  const known = new Set(manifest.read(before).map(keyOf));
  const seen = new Set<string>();
  return manifest.read(after).flatMap((entry) => {
    const key = keyOf(entry);
    if (known.has(key) || seen.has(key)) return [];
    seen.add(key);
    return [{ path, line: entry.line, kind: entry.kind, ...tell(entry, manifest.index) }];
  });
}

function changedAtAll({ path, before, after }: ProposedFile): DependencyChange {
  const what = after === undefined ? 'is deleted' : before === undefined ? 'is new' : 'is changed';
  return {
    path,
    line: 0,
    kind: 'changed',
    message: `The file ${what}; it decides what is installed and which commands are run.`,
    isGrave: false,
  };
}

function keyOf({ kind, section, name, value }: ManifestEntry): string {
  return JSON.stringify([kind, section, name, value]);
}

/** Run by npm without being named, around installing, packing and publishing. */
const lifecycle =
  /^(?:pre|post)?(?:install|uninstall|prepare|publish|pack|version|shrinkwrap)$|^(?:prepublishOnly|dependencies)$/u;

function tell(
  { kind, section, name, value }: ManifestEntry,
  index: PackageIndex,
): Pick<DependencyChange, 'message' | 'isGrave'> {
  const written = value === '' ? name : `${name} ${shorten(value)}`;
  switch (kind) {
    case 'setting':
      return {
        message: `New setting in ${section}: ${written}.`,
        isGrave: /^[a-z]+:\/\//u.test(name) || /:\/\//u.test(value),
      };
    case 'script': {
      if (section === 'packages')
        return { message: `${name} runs a script when it is installed.`, isGrave: true };
      const isGrave = section !== 'scripts' || lifecycle.test(name);
      const when = isGrave ? ', which runs without being asked for when packages are installed or built' : '';
      return { message: `New script ${name}${when}: ${shorten(value)}.`, isGrave };
    }
    case 'dependency': {
      const place = foreignPlace(value, index);
      const near = resembledName(index, name);
      const said = [
        `New dependency in ${section}: ${written}.`,
        ...(place === undefined ? [] : [`It comes from ${place}, not from the package index.`]),
        ...(near === undefined
          ? []
          : [`Its name is nearly that of ${near}: look whether it is the one that is meant.`]),
      ];
      return { message: said.join(' '), isGrave: place !== undefined || near !== undefined };
    }
  }
}

const indexHosts =
  /^https:\/\/(?:registry\.(?:npmjs\.org|yarnpkg\.com)|files\.pythonhosted\.org|pypi\.org|static\.crates\.io)\//u;

/** Where a dependency comes from, if not from the index of its tool. */
function foreignPlace(value: string, index: PackageIndex): string | undefined {
  const plain = value.replace(/^\S+ (?=https:\/\/)/u, '');
  if (index === 'npm' && indexHosts.test(plain)) return undefined;
  if (/\bgit(?:\+|:|\s*=)|github:|gitlab:|bitbucket:|\.git\b/u.test(value)) return 'a git repository';
  if (index === 'npm' && /^[\w.-]+\/[\w.-]+(?:#.*)?$/u.test(value)) return 'a git repository';
  if (/\bhttps?:\/\//u.test(value)) return 'an address';
  if (/^(?:file|link|portal|workspace):|\bpath\s*=|^(?:@\s*)?file:|^=>\s*\.|^\.{1,2}\//u.test(value))
    return 'a folder';
  return value.startsWith('npm:') ? 'another package under its name' : undefined;
}

const longest = 160;

function shorten(value: string): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
