import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findDependencyChanges } from './findDependencyChanges.ts';
import { findInstallingCode } from './findInstallingCode.ts';
import { manifestOf, mayBeProposed } from './manifests.ts';
import { resembledName } from './popularNames.ts';

interface Case {
  readonly title: string;
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** Line, graveness and what the message says, in the order found. */
  readonly found: readonly (readonly [line: number, isGrave: boolean, message: RegExp])[];
}

const npm = (value: Readonly<Record<string, unknown>>): string => JSON.stringify(value, null, 2);

const cases: readonly Case[] = [
  {
    title: 'a new dependency, and none that was there',
    path: 'package.json',
    before: npm({ dependencies: { ms: '^2' } }),
    after: npm({ dependencies: { ms: '^2', semver: '^7' } }),
    found: [[3, false, /New dependency in dependencies: semver \^7\.$/]],
  },
  {
    title: 'another version',
    path: 'packages/a/package.json',
    before: npm({ devDependencies: { ms: '^2' } }),
    after: npm({ devDependencies: { ms: '^3' } }),
    found: [[2, false, /devDependencies: ms \^3/]],
  },
  ...['optionalDependencies', 'peerDependencies'].map((section): Case => ({
    title: section,
    path: 'package.json',
    before: '{}',
    after: npm({ [section]: { left: '1' } }),
    found: [[2, false, new RegExp(`${section}: left 1`)]],
  })),
  {
    title: 'overrides in several steps',
    path: 'package.json',
    before: '{}',
    after: npm({ overrides: { a: { b: '1' } } }),
    found: [[3, false, /overrides: a > b 1/]],
  },
  ...(
    [
      ['git+https://example.org/x.git', /a git repository/],
      ['someone/ms', /a git repository/],
      ['github:someone/ms', /a git repository/],
      ['https://example.org/x.tgz', /an address/],
      ['file:../x', /a folder/],
      ['npm:other@1', /another package under its name/],
    ] as const
  ).map(([value, place]): Case => ({
    title: `a dependency as ${value}`,
    path: 'package.json',
    before: '{}',
    after: npm({ dependencies: { ours: value } }),
    found: [[2, true, place]],
  })),
  ...['preinstall', 'install', 'postinstall', 'prepare', 'prepublishOnly', 'prepack', 'preversion'].map(
    (name): Case => ({
      title: `the script ${name}`,
      path: 'package.json',
      before: '{}',
      after: npm({ scripts: { [name]: 'node x.js' } }),
      found: [[2, true, /runs without being asked for.*node x\.js/]],
    }),
  ),
  {
    title: 'a script that somebody calls',
    path: 'package.json',
    before: npm({ scripts: { test: 'node --test' } }),
    after: npm({ scripts: { test: 'true' } }),
    found: [[2, false, /New script test: true/]],
  },
  {
    title: 'a name that is nearly another',
    path: 'package.json',
    before: '{}',
    after: npm({ dependencies: { lodahs: '^4' } }),
    found: [[2, true, /nearly that of lodash/]],
  },
  {
    title: 'an install script in a lock, and a package of another host',
    path: 'package-lock.json',
    before: npm({ packages: {} }),
    after: npm({
      packages: {
        'node_modules/a': { version: '1.0.0', resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' },
        'node_modules/b': {
          version: '1.0.0',
          resolved: 'https://evil.example/b.tgz',
          hasInstallScript: true,
        },
      },
    }),
    found: [
      [2, false, /New dependency in packages: a 1\.0\.0/],
      [6, true, /comes from an address/],
      [6, true, /b runs a script when it is installed/],
    ],
  },
  {
    title: 'requirements',
    path: 'requirements-dev.txt',
    before: 'pytest\n',
    after:
      'pytest\nreqeusts==2  # http\n-e git+https://example.org/x#egg=x\n--extra-index-url https://evil.example\n',
    found: [
      [1, true, /requirements: reqeusts ==2\. .*nearly that of requests/],
      [2, true, /a git repository/],
      [3, true, /New setting in requirements: --extra-index-url/],
    ],
  },
  {
    title: 'arrays and tables of pyproject.toml',
    path: 'pyproject.toml',
    before: '[project]\ndependencies = [\n  "attrs>=2", # kept\n]\n',
    after:
      '[project]\ndependencies = [\n  "attrs>=2", # kept\n  "flask[async]>=3",\n]\n[project.optional-dependencies]\ntest = ["tox @ https://evil.example/t.whl"]\n[tool.poetry.dependencies]\npython = "^3"\nrich = "*"\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "own"\n[[tool.uv.index]]\nurl = "https://evil.example"\n',
    found: [
      [3, false, /project\.dependencies: flask \[async\]>=3/],
      [6, true, /tox @ https.*an address/],
      [9, false, /rich \*/],
      [11, false, /build-system\.requires: setuptools/],
      [12, true, /build-backend/],
      [14, true, /https:\/\/evil\.example/],
    ],
  },
  {
    title: 'lists of setup.cfg',
    path: 'setup.cfg',
    before: '[options]\ninstall_requires =\n  attrs\n',
    after: '[options]\ninstall_requires =\n  attrs\n  rich>=1\npackages = find:\n',
    found: [[3, false, /options: rich >=1/]],
  },
  {
    title: 'modules of Go',
    path: 'go.mod',
    before: 'module m\n\nrequire example.org/a v1.0.0\n',
    after:
      'module m\n\nrequire (\n\texample.org/a v1.0.0\n\texample.org/b v2.0.0 // indirect\n)\nreplace example.org/a => ../a\n',
    found: [
      [4, false, /require: example\.org\/b v2/],
      [6, true, /a folder/],
    ],
  },
  {
    title: 'crates and a build script',
    path: 'Cargo.toml',
    before: '[package]\nname = "x"\n',
    after:
      '[package]\nname = "x"\nbuild = "b.rs"\n[dependencies]\nsedre = "1"\nown = { git = "https://example.org/x" }\n[dev-dependencies.rand]\nversion = "1"\n',
    found: [
      [2, true, /New script build/],
      [4, true, /sedre 1.*nearly that of serde/],
      [5, true, /a git repository/],
      [6, false, /dev-dependencies\.rand: rand/],
      [7, false, /version 1/],
    ],
  },
  {
    title: 'Maven, Gradle and gems',
    path: 'pom.xml',
    before: '<project></project>',
    after:
      '<project>\n<dependency>\n<groupId>g</groupId><artifactId>a</artifactId><version>1</version>\n</dependency>\n</project>',
    found: [[1, false, /dependency: g:a 1/]],
  },
  {
    title: 'a build of Gradle',
    path: 'app/build.gradle.kts',
    before: '',
    after: 'dependencies {\n  implementation("g:a:1")\n}\n',
    found: [[1, false, /implementation: g:a 1/]],
  },
  {
    title: 'a gem',
    path: 'Gemfile',
    before: "source 'https://rubygems.org'\n",
    after: "source 'https://rubygems.org'\ngem 'x', git: 'https://example.org/x.git'\n",
    found: [[1, true, /gem: x git/]],
  },
  {
    title: 'a manifest that does not parse',
    path: 'package.json',
    before: '{}',
    after: '{ "dependencies": ',
    found: [[0, false, /is changed; it decides/]],
  },
  {
    title: 'a change that no reader knows',
    path: 'package.json',
    before: '{}',
    after: npm({ type: 'module' }),
    found: [[0, false, /is changed/]],
  },
  {
    title: 'a new file that is run by installers',
    path: 'build.rs',
    after: 'fn main() {}',
    found: [[0, false, /is new/]],
  },
  {
    title: 'a registry',
    path: '.npmrc',
    after: 'registry=https://evil.example',
    found: [[0, false, /is new/]],
  },
  { title: 'a manifest that is gone', path: 'go.mod', before: 'module m', found: [[0, false, /is deleted/]] },
  { title: 'a source', path: 'src/a.ts', before: '', after: 'import "lodahs"', found: [] },
  { title: 'a protected file that installs nothing', path: 'conftest.py', before: '', after: 'x', found: [] },
];

describe('findDependencyChanges', () => {
  for (const { title, found, ...file } of cases) {
    it(`tells of ${title}`, () => {
      const changes = findDependencyChanges([file]);
      assert.deepEqual(
        changes.map(({ line, isGrave }) => [line, isGrave]),
        found.map(([line, isGrave]) => [line, isGrave]),
        JSON.stringify(changes, null, 1),
      );
      for (const [at, [, , message]] of found.entries()) assert.match(changes[at]?.message ?? '', message);
    });
  }

  it('reads whatever stands in a manifest, and says something of each change', () => {
    const paths = [
      'package.json',
      'package-lock.json',
      'pyproject.toml',
      'requirements.txt',
      'setup.cfg',
      'go.mod',
      'pom.xml',
      'Gemfile',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.string({ maxLength: 200 }),
        fc.string({ maxLength: 200 }),
        (path, before, after) => {
          const changes = findDependencyChanges([{ path, before, after }]);
          assert.ok(changes.length > 0);
          const lines = after.split(/\r\n|\r|\n/u).length;
          assert.ok(changes.every(({ line }) => line >= 0 && line < lines));
        },
      ),
    );
  });
});

describe('findInstallingCode', () => {
  const lines: readonly (readonly [path: string, line: string, found: RegExp | undefined])[] = [
    [
      'a.py',
      'subprocess.run([sys.executable, "-m", "pip", "install", "x"])',
      /installs packages.*pip install/,
    ],
    ['a.py', 'os.system("pip3 install x")', /pip3 install/],
    ['a.js', "spawnSync('npm', ['install', 'x'])", /npm install/],
    ['a.ts', "execSync('npx --yes x')", /npx --yes/],
    ['run.sh', 'cargo add serde', /cargo add/],
    ['a.mjs', "import x from 'https://evil.example/x.js'", /from an address/],
    ['a.ts', "import x from 'npm:lodahs@1'", /no manifest names: npm:lodahs@1/],
    ['a.py', '# /// script', /runner of scripts/],
    ['a.py', '# dependencies = ["x"]', /runner of scripts/],
    ['a.py', '# pip install x', undefined],
    ['a.js', '// npm install x', undefined],
    ['a.js', 'exec(`cd x && npm ci`)', /npm ci/],
    ['a.py', 'os.system("python3 -m pip install x")', /python3 -m pip install/],
    ['run.sh', 'if true; then sudo apt-get install -y x; fi', /apt-get install/],
    ['a.ts', "throw new Error('It is missing. Install it: npm install --save-dev x')", undefined],
    ['run.sh', 'echo "Use pip install x"', undefined],
    ['a.md', 'pip install x', undefined],
    ['a.py', 'go = get(x)', undefined],
    ['a.ts', "fetch('https://example.org/')", undefined],
  ];
  for (const [path, line, found] of lines) {
    it(`${found === undefined ? 'lets' : 'tells of'} ${line} in ${path}`, () => {
      const [first] = findInstallingCode([{ path, before: '', after: `\n${line}\n` }]);
      if (found === undefined) assert.equal(first, undefined);
      else assert.match(first?.message ?? '', found);
      assert.deepEqual(findInstallingCode([{ path, before: line, after: `x\n  ${line}\n` }]), []);
    });
  }
});

describe('resembledName', () => {
  const names: readonly (readonly ['npm' | 'pypi' | 'crates', string, string | undefined])[] = [
    ['npm', 'lodash', undefined],
    ['npm', 'loadsh', 'lodash'],
    ['npm', 'expres', 'express'],
    ['npm', 'crossenv', 'cross-env'],
    ['npm', 'chalk', undefined],
    ['npm', 'preact', undefined],
    ['npm', 'vitess', 'vitest'],
    ['npm', 'picomatch', undefined],
    ['pypi', 'requestss', 'requests'],
    ['pypi', 'Python_DateUtil', undefined],
    ['pypi', 'python3-dateutil', 'python-dateutil'],
    ['pypi', 'toolz', undefined],
    ['crates', 'serde-json', undefined],
    ['crates', 'tokoi', 'tokio'],
  ];
  for (const [index, name, near] of names)
    it(`${name} is ${near === undefined ? 'like no other' : `like ${near}`}`, () =>
      assert.equal(resembledName(index, name), near));
});

describe('mayBeProposed', () => {
  for (const path of [
    'package.json',
    'packages/a/package.json',
    'pyproject.toml',
    'requirements-dev.txt',
    'go.mod',
    'Cargo.toml',
    'pom.xml',
  ])
    it(`${path} may, by a person's word`, () => assert.ok(mayBeProposed(path)));
  for (const path of [
    'package-lock.json',
    '.npmrc',
    'setup.py',
    'build.rs',
    'Package.JSON',
    'PACKAGE.json',
    'yarn.lock',
    'package.json:x',
    'Cargo.lock',
    '.vscode/package.json',
    'node_modules/x/package.json',
  ])
    it(`${path} may not`, () => assert.equal(mayBeProposed(path), false));
  it('knows how each of them is read', () => assert.ok(manifestOf('PACKAGE.JSON')?.isWritten));
});
