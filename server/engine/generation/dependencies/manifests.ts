import { findProtected } from '../../safety/protectedPaths.ts';
import type { ManifestReader, PackageIndex } from './manifestEntry.ts';
import {
  readCalls,
  readGoModules,
  readMaven,
  readRequirements,
  readSetupConfig,
} from './readLineManifests.ts';
import { readNpmLock, readNpmManifest } from './readNpmManifest.ts';
import { readTomlManifest } from './readTomlManifest.ts';

/** How a file that says what is installed is read. */
export interface Manifest {
  readonly index: PackageIndex;
  readonly read: ManifestReader;
  /** People write it, so that a rule may be about it; what a tool writes and what is a program may not be proposed at all. */
  readonly isWritten: boolean;
}

const manifests: readonly (readonly [RegExp, Manifest])[] = [
  [/^package\.json$/u, { index: 'npm', read: readNpmManifest, isWritten: true }],
  [/^(?:package-lock|npm-shrinkwrap)\.json$/u, { index: 'npm', read: readNpmLock, isWritten: false }],
  [
    /^requirements[^/]*\.(?:txt|in)$|^constraints[^/]*\.txt$/u,
    { index: 'pypi', read: readRequirements, isWritten: true },
  ],
  [/^pyproject\.toml$/u, { index: 'pypi', read: readTomlManifest, isWritten: true }],
  [/^pipfile$/u, { index: 'pypi', read: readTomlManifest, isWritten: true }],
  [/^setup\.cfg$/u, { index: 'pypi', read: readSetupConfig, isWritten: true }],
  [/^(?:poetry|uv|pdm)\.lock$/u, { index: 'pypi', read: readTomlManifest, isWritten: false }],
  [/^cargo\.toml$/u, { index: 'crates', read: readTomlManifest, isWritten: true }],
  [/^cargo\.lock$/u, { index: 'crates', read: readTomlManifest, isWritten: false }],
  [/^go\.mod$/u, { index: 'go', read: readGoModules, isWritten: true }],
  [/^go\.work$/u, { index: 'go', read: readGoModules, isWritten: false }],
  [/^gemfile$/u, { index: 'other', read: readCalls, isWritten: true }],
  [/^build\.gradle(?:\.kts)?$/u, { index: 'other', read: readCalls, isWritten: true }],
  [/^pom\.xml$/u, { index: 'other', read: readMaven, isWritten: true }],
  [/^composer\.json$/u, { index: 'other', read: readNpmManifest, isWritten: true }],
];

/** undefined: the file says nothing of what is installed, or nothing here can read it. */
export function manifestOf(path: string): Manifest | undefined {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  return manifests.find(([form]) => form.test(name))?.[1];
}

/**
 * Whether a rule may have a model change this file, which is protected otherwise: the change is never applied without a
 * person. The name has to be spelled as its tools spell it, in a folder that is not protected itself.
 */
export function mayBeProposed(path: string): boolean {
  const at = path.lastIndexOf('/');
  const isFree = at < 0 || findProtected(path.slice(0, at)) === undefined;
  return isFree && spelled.test(path.slice(at + 1)) && manifestOf(path)?.isWritten === true;
}

const spelled =
  /^(?:package\.json|composer\.json|requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.cfg|Cargo\.toml|go\.mod|Gemfile|build\.gradle(?:\.kts)?|pom\.xml)$/u;
