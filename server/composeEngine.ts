import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { accountName } from './adapters/accountName.ts';
import { createFileAudit } from './adapters/audit/fileAudit.ts';
import { createDiskEdits } from './adapters/diskEdits.ts';
import { DiskFiles } from './adapters/diskFiles.ts';
import { createDiskReports } from './adapters/diskReports.ts';
import { DiskScratch } from './adapters/diskScratch.ts';
import { createFileCheckCache } from './adapters/fileCheckCache.ts';
import { createFileConsent, type FileConsent } from './adapters/fileConsent.ts';
import { createFileAnswers } from './adapters/fileAnswers.ts';
import { createFileKeptTexts } from './adapters/fileKeptTexts.ts';
import { createFileSpending } from './adapters/fileSpending.ts';
import { createFilePolicies, machinePolicyFile } from './adapters/filePolicies.ts';
import { gitCommits } from './adapters/gitFiles.ts';
import { gitOperations } from './adapters/gitOperations.ts';
import { createJsonlFirings } from './adapters/journal/jsonlFirings.ts';
import { createJsonlJournal } from './adapters/journal/jsonlJournal.ts';
import { UserStorage } from './adapters/journal/userStorage.ts';
import { landingLeftovers } from './adapters/landingLeftovers.ts';
import { landInTurn } from './adapters/landInTurn.ts';
import type { KeyRefusal } from './adapters/models/keyRing.ts';
import { presets } from './adapters/models/presets.ts';
import { createRedisAnswers } from './adapters/redisAnswers.ts';
import { createProjectInterpreters } from './adapters/projectInterpreters.ts';
import { sha256 } from './adapters/sha256.ts';
import { diskTreeStates } from './adapters/diskTreeStates.ts';
import { SpawnProcesses } from './adapters/spawnProcesses.ts';
import { createSyntax } from './adapters/syntax/createSyntax.ts';
import { systemClock } from './adapters/systemClock.ts';
import { createMachineHealth } from './adapters/machineHealth.ts';
import { createMachineSandboxExam } from './adapters/sandbox/examineSandbox.ts';
import { parseEnvironmentSettings } from './adapters/environmentSettings.ts';
import { systemMachine } from './adapters/systemMachine.ts';
import { systemRandom } from './adapters/systemRandom.ts';
import { WorkerPatterns } from './adapters/workerPatterns.ts';
import { composeModels } from './composeModels.ts';
import { createRights } from './engine/audit/rights.ts';
import { readUsdToday } from './engine/llm/spending.ts';
import { createEngine } from './engine/createEngine.ts';
import { createHealth } from './engine/health/health.ts';
import { createRecentLog } from './engine/health/recentLog.ts';
import type { RunningEngine } from './engine/engine.ts';
import { judgePolicies } from './engine/policy/judgePolicies.ts';
import { policyPath } from './engine/policy/readPolicy.ts';
import { watchPolicies } from './engine/policy/watchPolicies.ts';
import type { AnswerStore } from './engine/ports/answerStore.ts';
import type { Consent } from './engine/ports/consent.ts';
import type { Debugger } from './engine/ports/debugger.ts';
import type { Edits } from './engine/ports/edits.ts';
import type { Files } from './engine/ports/files.ts';
import type { Log } from './engine/ports/log.ts';
import type { ModelProvider, ProviderInfo } from './engine/ports/models.ts';
import type { Person } from './engine/ports/person.ts';
import type { Secrets } from './engine/ports/secrets.ts';
import type { Terminal } from './engine/ports/terminal.ts';
import { findProtected, mayHoldSecrets } from './engine/safety/protectedPaths.ts';
import type { Settings } from './engine/settings.ts';
import { findSettingsFault, type SettingsFault } from './protocol/findSettingsFault.ts';
import type { EditorSettings } from './protocol/requests.ts';

export interface Composition {
  /** Absolute folder of the user's own data; nothing of it lies in a workspace. */
  readonly storage: string;
  readonly settings: EditorSettings;
  readonly trusted: boolean;
  /** Whether a person can be asked while a run waits. */
  readonly interactive: boolean;
  /** Whom a run asks where it cannot wait; undefined: nobody is there. */
  readonly person?: Person;
  /** Absolute folder of the bundled rules. */
  readonly builtinRules: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The editor's own vault; it comes before the environment and before key commands. */
  readonly secrets: Secrets;
  /** The models of the editor itself; undefined where there is no editor. */
  readonly editorModels?: ModelProvider;
  /** Asks the person for a key; called once for each key that was refused. */
  readonly onKeyRefused?: (refusal: KeyRefusal) => void;
  readonly terminal: Terminal;
  /** undefined: there is no editor whose debugger could hold tests. */
  readonly debugger?: Debugger;
  readonly log: Log;
  /** undefined: edits land on the disk. */
  readonly edits?: (files: Files) => Edits;
  /** What the person allows beside what is kept; undefined: nothing. */
  readonly consent?: (kept: FileConsent) => Consent;
}

/** Puts real adapters behind the engine's ports: the one composition that the editor and the command line share. */
export function composeEngine(composition: Composition): RunningEngine {
  const { environment } = composition;
  const { log, lines: logLines } = createRecentLog(composition.log);
  const storage = new UserStorage(composition.storage);
  const files = new DiskFiles();
  const kept = createFileConsent(storage, () => trusted);
  let { trusted, settings } = composition;
  const { models, modelsAt, keys, configure } = composeModels(
    { ...composition, warn: (message) => log.warn(message) },
    settings,
  );
  const consent = composition.consent?.(kept) ?? kept;
  const journal = createJsonlJournal(storage, systemClock, (message) => log.warn(message));
  const providers = composition.editorModels ? [editorProvider, ...presets] : presets;
  const texts = createFileKeptTexts(storage);
  const spending = createFileSpending(storage);
  const policies = watchPolicies({
    policies: createFilePolicies({
      machineFile: machinePolicyFile(environment, process.platform),
      userFile: () => settings.policy?.file ?? '',
      teamPath: policyPath,
      files,
    }),
    kept: texts,
    digest: sha256,
    note: (root, entry) => rights.note(root, entry),
  });
  const rights = createRights({
    audit: createFileAudit(storage, { now: () => systemClock.now(), user: accountName() }),
    judge: async (root, asked) => {
      const isCall = asked.right.kind === 'model';
      const usdToday = isCall ? await readUsdToday(spending, systemClock.now()) : undefined;
      return judgePolicies(await policies.read(root), asked, usdToday);
    },
    isRequired: () => settings.audit?.required ?? true,
    log,
  });
  const engine = createEngine({
    files,
    scratch: new DiskScratch(composition.storage, mayHoldSecrets),
    treeStates: diskTreeStates,
    processes: new SpawnProcesses({ environment, isProtected: (path) => findProtected(path) !== undefined }),
    reports: createDiskReports(composition.storage),
    git: gitCommits,
    gitOperations,
    interpreters: createProjectInterpreters(environment),
    terminal: composition.terminal,
    ...(composition.debugger === undefined ? {} : { debugger: composition.debugger }),
    edits: composition.edits?.(files) ?? landInTurn(createDiskEdits(files), storage),
    syntax: createSyntax(),
    models,
    consent,
    rights,
    spending,
    answerStore: composeAnswers(composition, storage, () => settings.models.cache.redis),
    firings: createJsonlFirings(storage, () => systemRandom.id()),
    journal,
    leftovers: landingLeftovers,
    patterns: new WorkerPatterns(),
    checkCache: createFileCheckCache(storage),
    kept: texts,
    clock: systemClock,
    random: systemRandom,
    machine: systemMachine,
    digest: sha256,
    log,
    interactive: composition.interactive,
    ...(composition.person === undefined ? {} : { person: composition.person }),
    builtinRules: readBuiltinRules(composition.builtinRules, log),
  });
  engine.configure(engineSettings(settings));
  return {
    engine,
    models,
    modelsAt,
    keys,
    rights,
    providers,
    health: (version) =>
      createHealth({
        ...{ engine, keys, providers, version, logLines },
        journals: journal,
        policies,
        machine: createMachineHealth(storage, composition.storage, environment),
        sandbox: createMachineSandboxExam(environment, (path) => findProtected(path) !== undefined),
        isTrusted: (root) => consent.isTrusted(root),
        unknownVariables: parseEnvironmentSettings(environment, settings).unknown,
        settings: () => settings,
      }),
    configure(changed) {
      const fault = findSettingsFault(changed);
      if (fault !== undefined) {
        log.warn(explainFault(fault));
        return;
      }
      settings = changed;
      configure(settings);
      engine.configure(engineSettings(settings));
    },
    setTrusted(now) {
      trusted = now;
      engine.configure(engineSettings(settings));
    },
  };
}

/** Recording and replaying stand in front of the provider that was chosen. */
function engineSettings(settings: EditorSettings): Settings {
  const { ai, replay } = settings;
  return { ...settings, ai: replay.mode === 'off' ? ai : { ...ai, provider: 'replay' } };
}

function explainFault({ at, expected }: SettingsFault): string {
  const place = at === '' ? 'they' : `\`${at}\``;
  return `The changed settings are not taken, and those before go on: ${place} must be ${expected}. Correct that setting of codegenLab, or install the extension again.`;
}

/** It is no endpoint, so it is no preset. */
const editorProvider: ProviderInfo = {
  id: 'editor',
  label: 'Models of the editor',
  description: 'GitHub Copilot and others that you have in it',
  baseUrl: '',
  suggestedModel: '',
  needsKey: false,
  asksBaseUrl: false,
  keyVariables: [],
};

/** On the disk, or where the person wants that and says where, in a server that several share. */
function composeAnswers(
  { environment, log }: Composition,
  storage: UserStorage,
  wantsRedis: () => boolean,
): AnswerStore {
  const disk = createFileAnswers(storage);
  const url = environment['REDIS_URL']?.trim() ?? '';
  if (url === '') return disk;
  const redis = createRedisAnswers({ url, onUnreachable: (reason) => log.warn(reason) });
  const store = (): AnswerStore => (wantsRedis() ? redis : disk);
  return {
    read: (key) => store().read(key),
    write: (key, text, maxBytes) => store().write(key, text, maxBytes),
  };
}

function readBuiltinRules(folder: string, log: Log): ReadonlyMap<string, string> {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.mdc'));
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } catch (error) {
    log.warn(`The bundled rules cannot be read: ${(error as Error).message}`);
    return new Map();
  }
}
