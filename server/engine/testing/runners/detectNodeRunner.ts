import type { PackageFacts } from '../packageFacts.ts';
import type { Detection } from './runner.ts';

/** What a runner of Node is known by. */
export interface NodeRunnerSigns {
  /** A specifier that its tests import. */
  readonly module?: RegExp;
  /** A command in a `test` script. */
  readonly script: RegExp;
  /** The name of a configuration file. */
  readonly config?: RegExp;
  /** A key of package.json that configures it, or a package that it comes in. */
  readonly npmPackage?: string;
}

/** Test file, then script, then configuration, then dependency. */
export function detectNodeRunner(facts: PackageFacts, signs: NodeRunnerSigns): Detection | undefined {
  const { module, script, config, npmPackage } = signs;
  const imported = [...facts.imports].find((name) => module?.test(name) === true);
  if (imported !== undefined) return { certainty: 'sure', why: `a test imports ${imported}` };
  const command = facts.scripts.find((text) => script.test(text));
  if (command !== undefined) return { certainty: 'scripted', why: `a test script runs it: ${command}` };
  const file = facts.names.find((name) => config?.test(name) === true);
  if (file !== undefined) return { certainty: 'configured', why: `${file} is there` };
  if (npmPackage !== undefined && facts.dependencies.has(npmPackage))
    return { certainty: 'likely', why: `package.json depends on ${npmPackage}` };
  return undefined;
}
