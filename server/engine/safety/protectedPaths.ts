import { foldName } from './foldName.ts';

/** A name that no model may write without being asked for: what it holds is obeyed or executed later. */
export interface ProtectedName {
  /** Lower case, one or more segments, found at any depth, with all that lies below it. `*` stands for any characters of one segment. */
  readonly pattern: string;
  /** Completes "… is protected: it …". */
  readonly why: string;
}

const obeyed = 'steers models and rules';
const editor = 'configures the editor, which may run what it names';
const hook = 'is run by version control or by a build server';
const packages = 'decides what is installed and which commands are run';
const runner = 'is loaded and executed by test runners, linters or bundlers';
const shell = 'is read by shells and tools of the user';
const secret = 'may hold secrets';
const dependency = 'holds installed code';

/** Names without `*` can be masked by a mount before they exist; the others only where they are found. */
export const protectedNames: readonly ProtectedName[] = [
  ...names(
    obeyed,
    `
    .cursor .cursorrules .cursorignore .cursorindexingignore *.mdc *.mdc.md rule.md agents.md agents.override.md
    claude.md claude.local.md gemini.md skill.md .claude .claude.json .gemini .codex .agents .windsurf
    .windsurfrules .clinerules .cline .roo .roorules .roomodes .continue .continuerules .kiro .junie .aider*
    .amazonq .augment .goosehints .mcp.json mcp.json .github/copilot-instructions.md .github/instructions
    .github/prompts .github/chatmodes .github/agents .codegen-lab
  `,
  ),
  ...names(
    editor,
    `
    .vscode .vscode-server *.code-workspace .idea *.iml .vs .zed .fleet .theia .devcontainer .devcontainer.json
    .vimrc .exrc .nvim.lua .dir-locals.el *.sublime-project
  `,
  ),
  ...names(
    hook,
    `
    .git .gitmodules .gitattributes .gitconfig .hg .svn .jj .husky .githooks lefthook*.yml lefthook*.yaml .lefthook*
    .pre-commit-config.yaml .pre-commit-hooks.yaml .lintstagedrc* lint-staged.config.* .github/workflows
    .github/actions .github/dependabot.yml .github/codeowners codeowners action.yml action.yaml .gitlab-ci.yml
    .gitlab .circleci .travis.yml .drone.yml .buildkite .woodpecker* .forgejo .gitea .ci appveyor.yml .appveyor.yml
    azure-pipelines* bitbucket-pipelines.yml jenkinsfile* cloudbuild.y*ml .sourcehut .builds
  `,
  ),
  ...names(
    packages,
    `
    package.json package.json5 package.yaml package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml
    pnpm-workspace.yaml .pnpmfile.* bun.lock bun.lockb bunfig.toml deno.json* deno.lock .yarn .yarnrc* .npmrc
    .npmignore lerna.json nx.json turbo.json rush.json pyproject.toml setup.py setup.cfg uv.toml *.lock pipfile
    pdm.toml requirements*.txt requirements*.in constraints*.txt environment.yml environment.yaml pip.conf pip.ini
    .pypirc manifest.in hatch.toml pixi.toml cargo.toml .cargo build.rs rust-toolchain* go.mod go.sum go.work
    go.work.sum gemfile *.gemspec rakefile composer.json pom.xml .mvn mvnw* *.gradle *.gradle.kts gradle.properties
    gradlew* gradle/wrapper build.sbt *.csproj *.sln *.props *.targets nuget.config directory.build.* mix.exs
    makefile* gnumakefile *.mk cmakelists.txt *.cmake meson.build justfile .justfile taskfile.y*ml
    taskfile.dist.y*ml procfile dockerfile* *.dockerfile containerfile* docker-compose* compose.y*ml vagrantfile
    flake.nix shell.nix default.nix devbox.json tiltfile skaffold.yaml workspace.bazel module.bazel build.bazel
    .bazelrc snapcraft.yaml
  `,
  ),
  ...names(
    runner,
    `
    pytest.ini .pytest.ini pytest.toml .pytest.toml conftest.py tox.ini tox.toml noxfile.py fabfile.py dodo.py
    .coveragerc *.pth *._pth pyvenv.cfg sitecustomize.py usercustomize.py mypy.ini .mypy.ini pyrightconfig.json
    .pylintrc pylintrc .flake8 ruff.toml .ruff.toml .isort.cfg .bandit .hypothesis *.config.js *.config.cjs
    *.config.mjs *.config.jsx *.config.ts *.config.cts *.config.mts *.config.tsx *.config.json *.config.json5
    vitest.workspace.* vitest.setup.* jest.setup.* jest-setup.* setupjest.* setuptests.* karma.conf.* wdio.conf.*
    protractor.conf.* gulpfile.* gruntfile.* jakefile* .mocharc* .taprc* .tap .nycrc* .c8rc* .swcrc* .babelrc*
    .eslintrc* .eslintignore .prettierrc* .stylelintrc* .oxlintrc* .oxfmtrc* .lintrc* biome.json* tslint.json
    tsconfig*.json jsconfig*.json .nodemonrc* nodemon.json angular.json wallaby.* codecov.yml .codecov.yml
  `,
  ),
  ...names(
    shell,
    `
    .envrc .direnv .*rc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshenv .zprofile .zlogin
    .zlogout .kshrc .config .local .xprofile .xsession .xinitrc .pam_environment .tmux.conf .gnupg .ssh .aws .azure
    .kube .docker .tool-versions .node-version .python-version .ruby-version .nvmrc .mise* mise*.toml mise*.lock
    .asdf* .editorconfig .ideavimrc launchagents launchdaemons autoexec.bat profile.ps1 *profile.ps1 desktop.ini
    autorun.inf
  `,
  ),
  ...names(
    secret,
    `
    .env* *.env .netrc _netrc .pgpass .my.cnf .git-credentials .htpasswd *.pem *.key id_rsa* id_ed25519* id_ecdsa*
    authorized_keys*
  `,
  ),
  ...names(
    dependency,
    `
    node_modules bower_components jspm_packages .venv venv site-packages dist-packages __pycache__ *.pyc *.pyd *.so
    *.dll *.dylib *.node *.egg-info *.dist-info *.egg-link .pnp.* .tox .nox .eggs
  `,
  ),
];

/**
 * The protected name that a canonical path falls under, or undefined. Compared as the most forgiving file system
 * would (foldName), whether the file exists or not.
 */
export function findProtected(path: string): ProtectedName | undefined {
  const segments = path.split('/').map(foldSegment);
  for (const name of segments) {
    const hit = exact.get(name) ?? wildcards.find((entry) => entry.matches(name))?.entry;
    if (hit !== undefined) return hit;
  }
  return deep.find((entry) => containsRun(segments, entry.segments))?.entry;
}

/** Whether a file may hold secrets, by its name: then no model reads it. */
export function mayHoldSecrets(path: string): boolean {
  return path.split('/').map(foldSegment).some(isSecretName);
}

function isSecretName(name: string): boolean {
  return (
    exact.get(name)?.why === secret || wildcards.some((one) => one.entry.why === secret && one.matches(name))
  );
}

const single = protectedNames.filter((entry) => !entry.pattern.includes('/'));
const exact = new Map(
  single.filter((entry) => !entry.pattern.includes('*')).map((entry) => [entry.pattern, entry]),
);
const wildcards = single
  .filter((entry) => entry.pattern.includes('*'))
  .map((entry) => ({ entry, matches: wildcardTest(entry.pattern) }));
const deep = protectedNames
  .filter((entry) => entry.pattern.includes('/'))
  .map((entry) => ({ entry, segments: entry.pattern.split('/') }));

function names(why: string, patterns: string): readonly ProtectedName[] {
  return patterns
    .trim()
    .split(/\s+/)
    .map((pattern) => ({ pattern, why }));
}

/** Windows drops dots and spaces at the end; a file stream (`name:stream`) belongs to its file. */
function foldSegment(segment: string): string {
  return foldName(segment.replace(/[:\uFF1A].*$/su, ''))
    .replace(/[.\s]+$/u, '')
    .replace(/^\s+/u, '');
}

function wildcardTest(pattern: string): (name: string) => boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.at(-1) ?? '';
  const middle = rest.slice(0, -1);
  return (name) => {
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail))
      return false;
    const inside = name.slice(head.length, name.length - tail.length);
    let from = 0;
    return middle.every((part) => {
      const at = inside.indexOf(part, from);
      from = at + part.length;
      return at >= 0;
    });
  };
}

function containsRun(segments: readonly string[], run: readonly string[]): boolean {
  return segments.some((_, start) => run.every((name, index) => segments[start + index] === name));
}
