import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { KnownPackages } from '../../generation/dependencies/findUnknownModules.ts';
import type { PackageIndex } from '../../generation/dependencies/manifestEntry.ts';
import { manifestOf } from '../../generation/dependencies/manifests.ts';
import { foldersAbove } from '../../testing/packageFacts.ts';
import { readSourceImports } from '../../testing/imports/sourceImports.ts';
import type { RunScope } from '../runScope.ts';

type Scope = Pick<RunScope, 'deps' | 'root' | 'signal'>;

const manifestForms: Readonly<Record<'npm' | 'pypi' | 'go', RegExp>> = {
  npm: /^package\.json$/u,
  pypi: /^(?:pyproject\.toml|setup\.(?:cfg|py)|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|tox\.ini|environment\.ya?ml|.*requirements.*\.(?:txt|in)|constraints.*\.txt)$/u,
  go: /^go\.mod$/u,
};

/** Where other tools say what a bare name stands for. */
const aliasForms =
  /^(?:[jt]sconfig.*\.json|.*\.config\.[cm]?[jt]s|package\.json|import_?map.*\.json|deno\.jsonc?|\.babelrc.*|\.swcrc)$/u;

/** What the workspace with the proposed change knows of packages; reads only what is asked for. */
export async function knownPackages(
  { deps, root, signal }: Scope,
  proposed: readonly ProposedFile[],
): Promise<KnownPackages> {
  const files = new Set([...(await deps.files.list(root, signal)), ...proposed.map(({ path }) => path)]);
  const texts = new Map(proposed.map(({ path, after }) => [path, after ?? '']));
  const read = async (path: string): Promise<string> => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const found = await deps.files.read(root, path, signal);
    const text = found.kind === 'text' ? found.text : '';
    texts.set(path, text);
    return text;
  };
  const near = (path: string, form: RegExp): readonly string[] => {
    const folders = new Set(foldersAbove(folderOf(path)));
    // Requirements often lie in a folder of their own.
    const own = [...folders].flatMap((folder) => [joinName(folder, 'requirements'), folder]);
    return [...files].filter((file) => own.includes(folderOf(file)) && form.test(nameOf(file)));
  };
  const ownNames = async (): Promise<readonly string[]> => {
    const manifests = [...files].filter((file) => nameOf(file) === 'package.json');
    const names = await Promise.all(manifests.map(async (file) => nameIn(await read(file))));
    return names.filter((name) => name !== '');
  };
  return {
    files,
    readImports: (path, text) => readSourceImports(path, text).names,
    async declared(path, index) {
      const form = index === 'npm' || index === 'pypi' || index === 'go' ? manifestForms[index] : undefined;
      const manifests = form === undefined ? [] : near(path, form);
      if (manifests.length === 0) return undefined;
      const names = new Set(index === 'npm' ? await ownNames() : []);
      for (const file of manifests)
        for (const name of namesIn(file, await read(file), index)) names.add(name);
      return names;
    },
    async isAlias(path, module) {
      for (const file of files)
        if (file.split('/').some((name) => name === module || name.split('.')[0] === module)) return true;
      for (const file of near(path, aliasForms)) {
        const text = await read(file);
        if (
          nameOf(file) !== 'package.json' &&
          new RegExp(`["'\`]${escaped(module)}(?:["'\`/])|\\b${escaped(module)}\\s*:`, 'u').test(text)
        )
          return true;
      }
      return false;
    },
    async isInstalled(path, index, module) {
      for (const folder of foldersAbove(folderOf(path)))
        for (const place of placesOf(index, module))
          if (await deps.files.exists(root, joinName(folder, place), signal)) return true;
      return false;
    },
  };
}

const pythonVersions = Array.from({ length: 9 }, (_, at) => `python3.${at + 7}`);

function placesOf(index: PackageIndex, module: string): readonly string[] {
  if (index === 'npm')
    return [`node_modules/${module}`, `node_modules/@types/${module.replace(/^@/u, '').replace('/', '__')}`];
  const inVersions = ['.venv', 'venv', 'env'].flatMap((place) =>
    pythonVersions.map((version) => `${place}/lib/${version}/site-packages/${module}`),
  );
  return [...inVersions, `.venv/Lib/site-packages/${module}`].flatMap((place) => [place, `${place}.py`]);
}

/** Of what is no table of names every word counts: better to say nothing than to be wrong. */
function namesIn(path: string, text: string, index: PackageIndex): readonly string[] {
  const manifest = manifestOf(path);
  if (manifest === undefined || nameOf(path) === 'pyproject.toml')
    return text.match(/[A-Za-z][\w.-]*\w/gu) ?? [];
  const module = index === 'go' ? [/^module[ \t]+"?([^\s"]+)/mu.exec(text)?.[1] ?? ''] : [];
  return [
    ...module,
    ...manifest.read(text).flatMap(({ kind, name }) => (kind === 'dependency' ? [name] : [])),
  ];
}

function nameIn(manifest: string): string {
  return /^\s*"name"\s*:\s*"([^"\n]+)"/mu.exec(manifest)?.[1] ?? '';
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function joinName(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
