import assert from 'node:assert/strict';
import { findProtected, protectedNames } from './protectedPaths.ts';

const locked = `
  .cursor/mcp.json .cursor/rules/x.mdc .CURSOR/rules/x.md sub/.cursor/x any/where.mdc x.mdc.md .cursorrules
  RULE.md a/Agents.MD CLAUDE.md packages/a/CLAUDE.local.md GEMINI.md .claude/settings.json .mcp.json
  .github/copilot-instructions.md .vscode/tasks.json .vscode/settings.json .VSCode/launch.json x.code-workspace
  X.Code-Workspace .idea/workspace.xml .devcontainer/devcontainer.json .git .git/hooks/pre-commit .GIT/config
  sub/.git/config .gitmodules .gitattributes .husky/pre-commit .pre-commit-config.yaml lefthook.yml
  lefthook-local.yml .github/workflows/ci.yml .GitHub/Workflows/ci.yml sub/.github/workflows/x.yml .gitlab-ci.yml
  .circleci/config.yml Jenkinsfile .ci/run package.json packages/a/package.json Package.JSON package-lock.json
  yarn.lock pnpm-lock.yaml bun.lockb poetry.lock uv.lock Cargo.lock .npmrc .yarnrc.yml .yarn/releases/x.cjs
  .pnpmfile.cjs pyproject.toml setup.cfg setup.py tox.ini requirements.txt requirements-dev.txt Pipfile Makefile
  Dockerfile build.gradle.kts go.mod Cargo.toml vitest.config.ts vite.config.mts jest.config.cjs eslint.config.js
  .eslintrc .eslintrc.json .mocharc.cjs babel.config.json .babelrc tsconfig.json tsconfig.build.json pytest.ini
  .pytest.ini conftest.py tests/conftest.py tests/ConfTest.py sitecustomize.py lib/x.pth playwright.config.ts
  .coveragerc .envrc .env .env.local .ENV.production prod.env .netrc .ssh/id_rsa deploy.pem .bashrc home/.zshrc
  .zshenv .profile .bash_profile .config/fish/config.fish .codegen-lab/models.yaml node_modules/x/index.js
  .venv/lib/x.py lib/site-packages/x.py src/__pycache__/a.pyc
`
  .trim()
  .split(/\s+/);

// Forms that some file system takes for the same name.
const disguised = [
  '.ｇｉｔ/config',
  '.gıt/config',
  '.GİT/config',
  '.g\u200Cit/config',
  '.git./config',
  '.git /config',
  '.git::$INDEX_ALLOCATION/config',
  'pac\u212Aage.json',
  'paſſage/.vſcode/tasks.json',
  '.ćursor/mcp.json',
  'conftest.py:stream',
];

const free = `
  src/a.ts tests/test_a.py test/a.test.js src/git/config.ts src/cursor/mcp.ts docs/package.md gitignore .gitignore
  src/environment.ts lib/vscode/tasks.json github/workflows/ci.yml .github/ISSUE_TEMPLATE/bug.md src/config.ts
  src/tasks.py src/lock.ts tests/test_conftest.py README.md a/mdc.ts src/env.ts src/jest.ts tests/__init__.py
  src/rc.ts packagejson src/profile.ts
`
  .trim()
  .split(/\s+/);

describe('findProtected', () => {
  for (const path of [...locked, ...disguised]) {
    it(`protects ${JSON.stringify(path)}`, () => assert.notEqual(findProtected(path), undefined));
  }

  for (const path of free) {
    it(`leaves ${path} free`, () => assert.equal(findProtected(path)?.pattern, undefined));
  }

  it('protects each name of its own list, with stars filled', () => {
    for (const { pattern } of protectedNames) {
      assert.notEqual(findProtected(`sub/${pattern.replaceAll('*', 'x')}`), undefined, pattern);
    }
  });

  it('says why', () => assert.match(findProtected('.vscode/tasks.json')?.why ?? '', /editor/));
});
