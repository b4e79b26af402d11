import { formOf } from './answerForm.ts';
import { showName } from './fenceText.ts';
import type { TestPromptInput, WantedProperties } from './promptInput.ts';
import { renderGaps } from './renderGaps.ts';

/** What is to be written where, and how it is run. */
export function renderTestTask({
  source,
  target,
  runner,
  gaps,
  survivors,
  properties,
  redFirst = false,
}: TestPromptInput): string {
  const isNew = formOf(target.text) === 'whole';
  const file = isNew ? 'the new file' : 'the existing file';
  const lines = [
    `Write ${redFirst ? 'a test that shows the fault of' : 'tests for'} \`${showName(source.path)}\` into ${file} \`${showName(target.path)}\`.${isNew ? '' : ` Keep the tests that it has; add ${redFirst ? 'that one' : 'what is missing'}.`}`,
    '',
    `- ${runner.advice}`,
    `- ${importAdvice(source.path, target.path, runner)}`,
    ...(gaps === undefined ? [] : renderGaps(gaps, source.text)),
    ...(survivors === undefined ? [] : renderSurvivors(survivors)),
    ...(properties === undefined ? [] : [renderProperties(properties)]),
  ];
  return lines.join('\n');
}

const maxSurvivors = 20;

function renderSurvivors(survivors: readonly string[]): readonly string[] {
  const more = survivors.length - maxSurvivors;
  return [
    '- Each new test has to fail if one of these changes is made, and to pass on the source as it is; all present tests pass with each:',
    ...survivors.slice(0, maxSurvivors).map((each) => `  - ${showName(each)}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
  ];
}

const pinned: Readonly<Record<WantedProperties['library'], string>> = {
  Hypothesis:
    'Each `@given` test has `@settings(derandomize=True)`, so that it draws the same values each time.',
  'fast-check': 'Give each `fc.assert` a fixed `seed`, so that it draws the same values each time.',
};

const maxFunctions = 12;

function renderProperties({ library, functions }: WantedProperties): string {
  const names = functions.slice(0, maxFunctions).map((name) => `\`${showName(name)}\``);
  return `- Beside examples, test properties with ${library} where one holds for ${names.join(', ')}: an invariant, a round trip, or a simpler way to the same result. ${pinned[library]}`;
}

function importAdvice(source: string, target: string, runner: TestPromptInput['runner']): string {
  if (runner.language === 'python') {
    return `Import the code under test as \`${pythonModule(source, runner.base)}\`, unless the project's tests shown above import it in another way. Do not change sys.path.`;
  }
  const ofPackage = packageAdvice[runner.language];
  if (ofPackage !== undefined) return ofPackage;
  const path = relativeImport(target, source);
  // TypeScript says `import` whatever it is compiled to.
  const isModule = runner.moduleType === 'module' || /\.[cm]?tsx?$/u.test(target);
  const how = isModule
    ? `is an ES module: use \`import\`, never \`require\``
    : `is CommonJS: use \`require\`, never \`import\` statements`;
  return `\`${showName(target)}\` ${how}. Seen from it, the code under test is \`${showName(path)}\`.`;
}

/** Languages in which a test sees the code under test by its package. */
const packageAdvice: Readonly<Partial<Record<TestPromptInput['runner']['language'], string>>> = {
  go: 'Use the package clause of the code under test, unless the tests shown above use another; import what you use and nothing else.',
  rust: 'Import the code under test by the name of its crate; only what is `pub` can be seen from a file in `tests/`.',
  java: 'Use the package of the code under test, so that it needs no import.',
};

/** `src/slug/text.py` is `slug.text`; a package is named by its folder. */
function pythonModule(path: string, base: string): string {
  const own = base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
  const module = own
    .replace(/^src\//, '')
    .replace(/\.pyi?$/, '')
    .replace(/\/__init__$/, '');
  return showName(module.replaceAll('/', '.'));
}

/** The import path of `to` as written in `from`: `./x.js` or `../src/x.js`. */
function relativeImport(from: string, to: string): string {
  const folders = from.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (shared < folders.length && shared < target.length - 1 && folders[shared] === target[shared])
    shared += 1;
  const up = '../'.repeat(folders.length - shared);
  return `${up === '' ? './' : up}${target.slice(shared).join('/')}`;
}
