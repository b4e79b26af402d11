import type { EffectiveFile } from '../inheritance/buildEffective.ts';
import type { ExpandedText } from '../inheritance/expandIncludes.ts';
import type { Foundation } from '../inheritance/foundation.ts';
import type { FileLinks } from '../inheritance/linkParents.ts';
import type { Lineage } from '../inheritance/resolveLineage.ts';
import type { RuleReference } from '../references/ruleReference.ts';
import { DependencyIndex } from './dependencyIndex.ts';
import { FileIndex } from './fileIndex.ts';

/** What was worked out, by path. */
export interface Derived {
  readonly links: Map<string, FileLinks>;
  readonly lineages: Map<string, Lineage>;
  readonly expanded: Map<string, ExpandedText>;
  readonly effective: Map<string, EffectiveFile>;
  /** By the parent of those that stand on it. */
  readonly foundations: Map<string, Foundation>;
  readonly references: Map<string, readonly RuleReference[]>;
}

/** All that one layer knows. */
export interface Known {
  readonly index: FileIndex;
  readonly inherited: DependencyIndex;
  readonly included: DependencyIndex;
  readonly mentioned: DependencyIndex;
  readonly derived: Derived;
}

export function nothingKnown(): Known {
  return {
    index: new FileIndex(),
    inherited: new DependencyIndex(),
    included: new DependencyIndex(),
    mentioned: new DependencyIndex(),
    derived: {
      links: new Map(),
      lineages: new Map(),
      expanded: new Map(),
      effective: new Map(),
      foundations: new Map(),
      references: new Map(),
    },
  };
}

/** The same to begin with; what is learned later is its own. */
export function copyKnown({ index, inherited, included, mentioned, derived }: Known): Known {
  const { links, lineages, expanded, effective, foundations, references } = derived;
  return {
    index: index.copy(),
    inherited: inherited.copy(),
    included: included.copy(),
    mentioned: mentioned.copy(),
    derived: {
      links: new Map(links),
      lineages: new Map(lineages),
      expanded: new Map(expanded),
      effective: new Map(effective),
      foundations: new Map(foundations),
      references: new Map(references),
    },
  };
}
