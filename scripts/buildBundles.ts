import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type BuildOptions, type BuildResult, type Metafile, type Plugin } from 'esbuild';
import { generateValidators } from './generateValidators.ts';
import { grammarRuntimePlugin } from './grammarRuntime.ts';
import { packGrammars } from './packGrammars.ts';
import { sharedVscodePlugin } from './sharedVscode.ts';
import { unusedFeaturesPlugin } from './unusedFeatures.ts';
import { unusedLibrariesPlugin } from './unusedLibraries.ts';
import { unusedResourcesPlugin } from './unusedResources.ts';
import { unusedTablesPlugin } from './unusedTables.ts';

export interface BundleOptions {
  readonly root: string;
  /** Absolute. */
  readonly outdir: string;
  /** Minified and without source maps, as it is shipped. */
  readonly production?: boolean;
  /** A missing entry is an error; otherwise it is left out with a note. */
  readonly strict?: boolean;
  /** Prints neither notes nor what esbuild says; errors are thrown in any case. */
  readonly quiet?: boolean;
}

/** What can be loaded or started, by name: `dist/NAME.cjs`. */
export const bundleEntries = {
  extension: 'extension/extension.ts',
  'extension-client': 'extension/server/languageClient.ts',
  server: 'server/main.ts',
  cli: 'server/cli/main.ts',
  clctl: 'server/cli/clctl.ts',
  patternWorker: 'server/adapters/patternWorker.ts',
  syntaxWorker: 'server/adapters/syntax/syntaxWorker.ts',
  'models-anthropic': 'server/adapters/models/anthropicClient.ts',
  'models-openai': 'server/adapters/models/openaiClient.ts',
} as const;

type BundleName = keyof typeof bundleEntries;

/** Loaded when first needed: a dynamic import of one of these entries becomes a `require` of its own bundle. */
const lazyBundles: readonly BundleName[] = ['extension-client', 'cli', 'models-anthropic', 'models-openai'];
const editorBundles: readonly BundleName[] = ['extension', 'extension-client'];
const commandBundles: readonly BundleName[] = ['cli', 'clctl'];
/** They hold the same engine, so it is shipped once, in `faces.cjs`; the two are one line each. */
const faces: readonly BundleName[] = ['server', 'cli'];
const shebang = '#!/usr/bin/env node';

type Built = BuildResult & { readonly metafile: Metafile };

/** Builds `dist/*.cjs`, `dist/grammars/` and `dist/meta.json`, with the validators that they contain. */
export async function buildBundles(options: BundleOptions): Promise<Metafile> {
  await generateValidators(options.root);
  const names = presentBundles(options);
  mkdirSync(options.outdir, { recursive: true });
  const [, ...results] = await Promise.all([
    packGrammars(join(options.outdir, 'grammars'), { production: options.production === true }),
    buildFaces(
      names.filter((name) => faces.includes(name)),
      options,
    ),
    ...names.filter((name) => !faces.includes(name)).map((name) => buildBundle(name, options)),
  ]);
  const meta = mergeMetafiles(results);
  writeFileSync(join(options.outdir, 'meta.json'), `${JSON.stringify(meta, undefined, 1)}\n`);
  for (const name of commandBundles.filter((command) => names.includes(command))) {
    chmodSync(join(options.outdir, `${name}.cjs`), 0o755);
  }
  return meta;
}

function presentBundles({ root, strict = false, quiet = false }: BundleOptions): readonly BundleName[] {
  const names = Object.keys(bundleEntries) as BundleName[];
  const missing = names.filter((name) => !existsSync(join(root, bundleEntries[name])));
  if (missing.length > 0) {
    const list = missing.map((name) => `${name} (${bundleEntries[name]})`).join(', ');
    if (strict) throw new Error(`Entries of bundles are missing: ${list}.`);
    if (!quiet) console.error(`Left out, because the entry does not exist: ${list}.`);
  }
  return names.filter((name) => !missing.includes(name));
}

/** Only in the editor's bundles `vscode` is external: elsewhere an import of it fails the build. */
function buildBundle(name: BundleName, options: BundleOptions): Promise<Built> {
  const isEditor = editorBundles.includes(name);
  const common = commonOptions(options, lazyBundles);
  return build({
    ...common,
    entryPoints: [{ in: bundleEntries[name], out: name }],
    outdir: options.outdir,
    outExtension: { '.js': '.cjs' },
    banner: { js: renderBanner(name, options.root) },
    plugins: isEditor ? [...common.plugins, sharedVscodePlugin] : common.plugins,
    target: isEditor ? 'node22' : 'node20',
  });
}

/** A face starts when its function is called. Static exports let esbuild make one scope of all modules: they load faster. */
async function buildFaces(names: readonly BundleName[], options: BundleOptions): Promise<Built> {
  for (const name of names) {
    const start = `"use strict";require("./faces.cjs").${name}();\n`;
    writeFileSync(join(options.outdir, `${name}.cjs`), name === 'cli' ? `${shebang}\n${start}` : start);
  }
  const functions = names.map((name) => `export { start as ${name} } from './${bundleEntries[name]}';`);
  return build({
    ...commonOptions(
      options,
      lazyBundles.filter((name) => !names.includes(name)),
    ),
    stdin: { contents: functions.join('\n'), resolveDir: options.root, sourcefile: 'faces.ts', loader: 'ts' },
    outfile: join(options.outdir, 'faces.cjs'),
    banner: { js: placeBanner },
    target: 'node20',
  });
}

function commonOptions(
  { root, production = false, quiet = false }: BundleOptions,
  lazy: readonly BundleName[],
) {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    metafile: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    legalComments: 'none',
    // Nothing that is shipped compiles text to code.
    logOverride: { 'direct-eval': 'error' },
    logLevel: quiet ? 'silent' : 'warning',
    define: {
      'import.meta.url': 'importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'process.env.NODE_ENV': production ? '"production"' : '"development"',
    },
    // Makes `import('./other.cjs')` a `require` in a promise: cheaper, and the same in every host.
    supported: { 'dynamic-import': false },
    plugins: [
      lazyBundlePlugin(root, lazy),
      unusedResourcesPlugin,
      grammarRuntimePlugin,
      unusedTablesPlugin,
      unusedFeaturesPlugin,
      unusedLibrariesPlugin,
    ],
  } satisfies BuildOptions;
}

/** A CommonJS bundle knows its place by `__filename`; the sources know theirs by `import.meta.url`. */
const placeBanner = '"use strict";const importMetaUrl=require("node:url").pathToFileURL(__filename).href;';

/** esbuild keeps the shebang of an entry that has its own. */
function renderBanner(name: BundleName, root: string): string {
  if (!commandBundles.includes(name)) return placeBanner;
  const hasShebang = readFileSync(join(root, bundleEntries[name]), 'utf8').startsWith('#!');
  return hasShebang ? placeBanner : `${shebang}\n${placeBanner}`;
}

function lazyBundlePlugin(root: string, lazy: readonly BundleName[]): Plugin {
  const bundleByPath = new Map(lazy.map((name) => [join(root, bundleEntries[name]), name]));
  const fileNames = new Set([...bundleByPath.keys()].map((path) => basename(path).replaceAll('.', '\\.')));
  return {
    name: 'lazy-bundles',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: new RegExp(`/(${[...fileNames].join('|')})$`) }, (args) => {
        const bundle = bundleByPath.get(join(args.resolveDir, args.path));
        if (args.kind !== 'dynamic-import' || !bundle) return undefined;
        return { path: `./${bundle}.cjs`, external: true };
      });
    },
  };
}

function mergeMetafiles(results: readonly { readonly metafile: Metafile }[]): Metafile {
  return {
    inputs: Object.assign({}, ...results.map((result) => result.metafile.inputs)) as Metafile['inputs'],
    outputs: Object.assign({}, ...results.map((result) => result.metafile.outputs)) as Metafile['outputs'],
  };
}
