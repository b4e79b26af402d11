import { createSeededRandom } from '../../server/test/seededRandom.ts';

const extensions = ['ts', 'tsx', 'js', 'py', 'go', 'rs', 'java', 'css', 'md', 'json'];
const folders = [
  'src',
  'lib',
  'test',
  'api',
  'core',
  'ui',
  'models',
  'hooks',
  'pages',
  'utils',
  'server',
  'db',
];
const names = [
  'index',
  'user',
  'order',
  'invoice',
  'parser',
  'client',
  'router',
  'config',
  'session',
  'report',
];

export interface GlobbedRule {
  readonly id: string;
  readonly globs: readonly string[];
}

/** What draws from a list; the same seed gives the same every time. */
export class Draw {
  readonly #random;

  constructor(seed: number) {
    this.#random = createSeededRandom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random.fraction() * limit);
  }

  from(list: readonly string[]): string {
    return list[this.below(list.length)] ?? '';
  }
}

/**
 * Rules as large workspaces have them: a few about every file of a language, most about one package or folder. About
 * 5 of 100 rules match a path, 21 of 1,000 and 100 of 10,000.
 */
export function createGlobbedRules(count: number, seed = 1): readonly GlobbedRule[] {
  const draw = new Draw(seed);
  const packages = countPackages(count);
  return Array.from({ length: count }, (_, index) => ({
    id: `rule-${index}`,
    globs: Array.from({ length: 1 + draw.below(3) }, () => createGlob(draw, { packages, index })),
  }));
}

function countPackages(rules: number): number {
  return Math.max(2, Math.round(Math.sqrt(rules) / 5));
}

interface GlobPlace {
  readonly packages: number;
  readonly index: number;
}

function createGlob(draw: Draw, { packages, index }: GlobPlace): string {
  const inPackage = `packages/p${draw.below(packages)}`;
  const extension = draw.from(extensions);
  // Of a hundred rules, three are about a whole language.
  if (index % 33 === 0) return `**/*.${extension}`;
  switch (draw.below(6)) {
    case 0:
      return `${inPackage}/**/*.{${extension},${draw.from(extensions)}}`;
    case 1:
      return `${inPackage}/${draw.from(folders)}/**`;
    case 2:
      return `${inPackage}/${draw.from(folders)}/*.${extension}`;
    case 3:
      return `**/${draw.from(folders)}/${draw.from(names)}${draw.below(packages)}.${extension}`;
    case 4:
      return `packages/*/${draw.from(folders)}/${draw.from(names)}${draw.below(packages)}.*`;
    default:
      return `${inPackage}/**/${draw.from(names)}*.${extension}`;
  }
}

/** Paths that such rules are about. */
export function createPaths(count: number, rules: number, seed = 2): readonly string[] {
  const draw = new Draw(seed);
  const packages = countPackages(rules);
  return Array.from({ length: count }, () => {
    const folder = `packages/p${draw.below(packages)}/${draw.from(folders)}`;
    return `${folder}/${draw.from(names)}${draw.below(packages)}.${draw.from(extensions)}`;
  });
}
