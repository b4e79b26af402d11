import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import { ruleTemplates } from '../engine/rules/templates/ruleTemplates.ts';
import * as protocol from '../protocol/requests.ts';
import * as tests from '../protocol/testRequests.ts';
import type { GuardedLog } from '../engine/safety/guardLog.ts';
import type { Folders, PlacedFile } from './folders.ts';
import {
  describeRule,
  explainRules,
  findMatchedFiles,
  readBundledRule,
  readEffectiveRule,
} from './ruleQueries.ts';
import { switchRule } from './switchRule.ts';
import { toAbortSignal } from './toAbortSignal.ts';
import { toResponseError } from './toResponseError.ts';
import { writeReferences } from './writeReferences.ts';

export interface CustomRequestParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly folders: Folders;
  readonly log: GuardedLog;
}

/** As `codegen-lab mutate` has them. */
const mutantBounds = {
  lines: undefined,
  tests: [],
  seed: 1,
  maxMutants: 100,
  maxPerFunction: 20,
  maxSeconds: 600,
} as const;

/** Answers what the extension's commands and views ask for. */
export function answerCustomRequests({ connection, engine, folders, log }: CustomRequestParts): void {
  const answer = <Params, Result>(
    request: protocol.RequestName<Params, Result>,
    handler: (params: Params, signal: AbortSignal) => Promise<Result>,
  ): void => {
    const { method } = request;
    connection.onRequest(method, async (params: Params, token: CancellationToken): Promise<unknown> => {
      const signal = toAbortSignal(token);
      try {
        return await handler(params, signal);
      } catch (error) {
        return toResponseError({ method, error }, log, signal);
      }
    });
  };

  answer(protocol.runRule, async ({ ruleId, uri }, signal) => {
    const placed = folders.place(uri);
    if (!placed) return { refused: outside };
    return engine.startRule(requestOf(ruleId, placed), signal);
  });
  answer(protocol.killSurvivors, async ({ uri, survivors }, signal) => {
    const placed = folders.place(uri);
    return placed ? engine.killSurvivors({ ...placed, survivors }, signal) : { refused: outside };
  });
  answer(protocol.tryMutants, async ({ uri }, signal) => {
    const placed = folders.place(uri);
    if (!placed) return { ok: false, message: outside };
    const { end } = await engine.mutate({ ...placed, ...mutantBounds }, signal);
    return { ok: end.outcome === 'unchanged', message: end.message };
  });
  answer(protocol.previewPrompt, async ({ ruleId, uri }, signal) => {
    const placed = folders.place(uri);
    return { markdown: placed ? await engine.previewPrompt(requestOf(ruleId, placed), signal) : outside };
  });
  answer(protocol.approveRules, async ({ folder, texts, allow }) => {
    await engine.approve(folder, texts, allow);
    return {};
  });
  answer(protocol.revokeApprovals, async ({ folder, ruleIds }) => {
    await engine.revokeApprovals(folder, ruleIds);
    return {};
  });
  answer(protocol.readApproval, ({ folder, ruleId }) => engine.approvalTexts(folder, ruleId));
  answer(protocol.decideProposal, (decision, signal) => engine.decide(decision, signal));
  answer(protocol.undoRun, async ({ folder, run }, signal) => {
    const { ok, message, left } = await engine.undo(folder, run, signal);
    return { ok, message, left };
  });
  answer(protocol.checkModels, async ({ tries }, signal) =>
    Promise.all(
      folders.roots().map(async (folder) => ({
        folder,
        report: await engine.models().check(folder, tries, signal),
      })),
    ),
  );
  answer(protocol.resumeRun, ({ folder, run }, signal) => engine.resumeRun(folder, run, signal));
  answer(protocol.readUsage, async () =>
    Promise.all(
      folders.roots().map(async (folder) => ({ folder, report: await engine.models().usage(folder) })),
    ),
  );
  answer(protocol.stopRun, async ({ run }) => ({ stopped: await engine.stop(run) }));
  answer(protocol.listQueue, async () => engine.queue());
  answer(protocol.readProposal, async ({ run }) => engine.readProposal(run));
  answer(protocol.allowUnconfined, async ({ run, allow }) => ({ ok: engine.allowUnconfined(run, allow) }));
  answer(protocol.explainRules, ({ uri, ...moment }, signal) =>
    explainRules(engine, folders.place(uri), moment, signal),
  );
  answer(protocol.findMatchedFiles, (params, signal) => findMatchedFiles(engine, params, signal));
  answer(protocol.readEffectiveRule, async (params) => readEffectiveRule(engine, params));
  answer(protocol.describeRule, (params, signal) => describeRule(engine, params, signal));
  answer(protocol.writeReferences, async (params) => writeReferences(engine, folders, params));
  answer(protocol.readBundledRule, async ({ uri }) => readBundledRule(engine, folders, uri));
  answer(protocol.listRuleTemplates, async ({ name }) =>
    ruleTemplates.map((template) => ({
      id: template.id,
      detail: template.detail,
      text: template.render({ name }),
    })),
  );
  answer(protocol.findRuleImports, async (_, signal) => {
    const offers = folders.roots().map(async (folder) => {
      const found = (await engine.ruleQueries(folder)?.imports(signal)) ?? [];
      return found.map(({ label, sources, files, losses }) => ({ folder, label, sources, files, losses }));
    });
    return (await Promise.all(offers)).flat();
  });
  answer(protocol.listRules, async () => engine.rules());
  answer(protocol.listAllRules, async () => engine.rules('all'));
  answer(protocol.switchRule, async ({ uri, enabled }) =>
    switchRule({ engine, placed: folders.place(uri), enabled }),
  );
  answer(protocol.runTests, async ({ folder, paths, ids, coverage = false, debug = false }, signal) =>
    engine.startTests({ root: folder, paths, ids, coverage, debug }, signal),
  );
  answer(tests.listTestFiles, async ({ folder }, signal) => engine.testQueries(folder)?.files(signal) ?? []);
  answer(tests.listDeclaredTests, async ({ folder, path }, signal) =>
    engine.testQueries(folder)?.declaredIn(path, signal),
  );
  answer(
    tests.findAffectedTests,
    async ({ folder, paths }, signal) =>
      (await engine.testQueries(folder)?.affected(paths, signal)) ?? {
        paths: [],
        ids: [],
        choices: [],
        left: 0,
        why: 'This folder is not open.',
      },
  );
  answer(tests.readCoverage, async ({ folder }) => engine.testQueries(folder)?.coverage());
}

const outside = 'This file lies outside the open folders, so no rule can act on it.';

function requestOf(
  rule: string,
  placed: PlacedFile,
): { readonly root: string; readonly rule: string; readonly path: string } {
  return { root: placed.root, rule, path: placed.path };
}
