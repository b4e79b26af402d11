import { createLineMap } from '../../engine/documents/lineMap.ts';
import { migrateRule, type RuleMigration } from '../../engine/rules/migration/migrateRule.ts';
import { renameFiles, type EditsByPath } from '../../engine/authoring/references/renameFiles.ts';
import { applyTextEdits } from '../../engine/rules/editing/applyTextEdits.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import type { RuleDocument, RuleProblem } from '../../engine/rules/rule.ts';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type MigrateInvocation, type UsageError } from '../invocation.ts';
import type { PlacedFiles } from '../placeFiles.ts';
import { plainLine } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';
import { renderJson } from '../render/renderJson.ts';
import { landFiles, showPatch } from './landFiles.ts';
import { readRuleFiles } from './ruleFiles.ts';

/** `clctl migrate`: rule files in the canonical form; the difference is shown, and written with `--write` alone. */
export async function migrateRules(
  invocation: MigrateInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { root, engine, files, output } = context;
  const rules = await readRuleFiles(placed, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in rules) return usageError('ctl migrate', rules.problem);
  const unread = rules.documents.filter(isUnread);
  const readable = rules.documents.filter((document) => !isUnread(document));
  const migrations: RuleMigration[] = [];
  /** New names of files before. */
  const given = new Set<string>();
  let wasTaken = false;
  for (const { path, text } of readable) {
    const migration = migrateRule(path, text);
    const { newPath } = migration;
    const isTaken = newPath !== path && (given.has(newPath) || (await files.exists(root, newPath, signal)));
    given.add(newPath);
    if (isTaken) {
      wasTaken = true;
      output.stderr(
        `${plainLine(path)} keeps its name: ${plainLine(migration.newPath)} is there already. Decide which of the two stays.\n`,
      );
    }
    migrations.push(isTaken ? keepName(migration) : migration);
  }
  if (signal.aborted) return exitCodes.cancelled;
  const proposed = propose(migrations, engine.ruleCatalog(root, 'saved'));
  if (invocation.json) output.stdout(renderJson(migrations.filter(isMigrated).map(toDocument)));
  else showPatch({ files: proposed }, context);
  for (const { path, text, problems } of unread)
    tellLeft({ path, text }, problems.filter(isUnreadPart), context);
  const isComplete = !wasTaken && unread.length === 0 && migrations.every(({ left }) => left.length === 0);
  tellChanges({ migrations, isComplete }, context);
  return landFiles({ title: 'Migrate rules', files: proposed, write: invocation.write }, context, signal);
}

/** Its text is not known, or only that it is too long. */
function isUnread({ problems }: RuleDocument): boolean {
  return problems.some(isUnreadPart);
}

function isUnreadPart({ code }: RuleProblem): boolean {
  return code === 'rule.unreadable' || code === 'rule.too-large';
}

/** What is not a matter of the name is mended nevertheless; a legacy file has nothing else. */
function keepName(migration: RuleMigration): RuleMigration {
  const isLegacy = migration.path.endsWith('.cursorrules');
  const changes = isLegacy ? [] : migration.changes.slice(1);
  return {
    ...migration,
    newPath: migration.path,
    newText: isLegacy ? migration.text : migration.newText,
    changes,
  };
}

function isMigrated({ changes }: RuleMigration): boolean {
  return changes.length > 0;
}

const noEdits: EditsByPath = new Map();

/** The migrated files, and those whose references named files that are called otherwise now. */
function propose(
  migrations: readonly RuleMigration[],
  catalog: RuleCatalog | undefined,
): readonly ProposedFile[] {
  const moved = new Map(
    migrations.filter(({ path, newPath }) => path !== newPath).map(({ path, newPath }) => [path, newPath]),
  );
  const references = catalog === undefined || moved.size === 0 ? noEdits : renameFiles(catalog, moved);
  const migrated = new Map(migrations.map((migration) => [migration.path, migration]));
  const others = [...references.keys()].filter((path) => !migrated.has(path));
  return [
    ...migrations.flatMap((migration) => {
      const edits = references.get(migration.path);
      const text = edits === undefined ? undefined : applyTextEdits(migration.text, edits);
      return toFiles(
        text === undefined ? migration : { ...migration, newText: migrateRule(migration.path, text).newText },
      );
    }),
    ...others.flatMap((path) => {
      const before = catalog?.document(path)?.text;
      const edits = references.get(path);
      return before === undefined || edits === undefined
        ? []
        : [{ path, before, after: applyTextEdits(before, edits) }];
    }),
  ];
}

function toFiles({ path, newPath, text, newText }: RuleMigration): readonly ProposedFile[] {
  if (path === newPath) return [{ path, before: text, after: newText }];
  return [
    { path: newPath, after: newText },
    { path, before: text },
  ];
}

interface Outcome {
  readonly migrations: readonly RuleMigration[];
  /** Nothing is left to a person. */
  readonly isComplete: boolean;
}

function tellChanges({ migrations, isComplete }: Outcome, context: CommandContext): void {
  const { output } = context;
  const showPath = pathShower(context);
  for (const { path, changes, left, newText } of migrations) {
    if (changes.length > 0) output.stderr(`${plainLine(showPath(path))} ${changes.join(', ')}.\n`);
    tellLeft({ path, text: newText }, left, context);
  }
  if (migrations.some(isMigrated)) return;
  output.stderr(
    isComplete ? 'All rule files have the canonical form.\n' : 'Nothing else can be mended without you.\n',
  );
}

function tellLeft(
  { path, text }: Pick<RuleDocument, 'path' | 'text'>,
  left: readonly RuleProblem[],
  context: CommandContext,
): void {
  const lines = createLineMap(text);
  for (const { span, code, message } of left) {
    const { line, character } = lines.positionAt(span.start);
    const place = `${plainLine(pathShower(context)(path))}:${line + 1}:${character + 1}`;
    context.output.stderr(`${place} is for you to mend (${code}): ${plainLine(message)}\n`);
  }
}

function toDocument(migration: RuleMigration): unknown {
  const { path, newPath, changes, left } = migration;
  return {
    path,
    newPath,
    changes,
    left: left.map(({ code, message }) => ({ code, message })),
    diff: toFiles(migration).map(renderDiff).join(''),
  };
}
