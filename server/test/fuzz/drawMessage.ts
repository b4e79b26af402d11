import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as modelRequests from '../../protocol/modelRequests.ts';
import * as requests from '../../protocol/requests.ts';
import * as testRequests from '../../protocol/testRequests.ts';
import type { Draw } from './mutateBytes.ts';

/** Every message of ours, but for those that look at the whole machine. */
const ours = [requests, modelRequests, testRequests].flatMap((module) =>
  Object.values(module).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && 'method' in value && typeof value.method === 'string'
      ? [value.method]
      : [],
  ),
);

const standard = [
  ...[
    'didOpen',
    'didChange',
    'didSave',
    'didClose',
    'willSave',
    'codeLens',
    'completion',
    'hover',
    'definition',
  ],
  ...[
    'references',
    'rename',
    'prepareRename',
    'documentSymbol',
    'documentLink',
    'codeAction',
    'foldingRange',
  ],
  ...[
    'semanticTokens/full',
    'semanticTokens/range',
    'inlayHint',
    'formatting',
    'signatureHelp',
    'documentHighlight',
  ],
  ...['selectionRange', 'prepareCallHierarchy', 'prepareTypeHierarchy', 'diagnostic', 'linkedEditingRange'],
].map((name) => `textDocument/${name}`);
const others = [
  ...['workspace/didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders', 'workspace/didCreateFiles'],
  ...[
    'workspace/didRenameFiles',
    'workspace/didDeleteFiles',
    'workspace/willRenameFiles',
    'workspace/symbol',
  ],
  ...[
    'workspace/didChangeConfiguration',
    'workspace/executeCommand',
    'completionItem/resolve',
    'codeLens/resolve',
  ],
  ...['documentLink/resolve', 'codeAction/resolve', 'inlayHint/resolve', 'window/workDoneProgress/cancel'],
  ...[
    'typeHierarchy/supertypes',
    'callHierarchy/incomingCalls',
    '$/cancelRequest',
    '$/setTrace',
    '$/progress',
  ],
  ...['initialize', 'initialized', 'no/such', '', 'rpc.x', '$/x', '__proto__', 'toString'],
];
const methods = [...ours, ...standard, ...others] as unknown as readonly [string, ...string[]];

const keys = [
  ...[
    'textDocument',
    'uri',
    'version',
    'text',
    'languageId',
    'contentChanges',
    'range',
    'start',
    'end',
    'line',
  ],
  ...[
    'character',
    'position',
    'context',
    'diagnostics',
    'changes',
    'type',
    'files',
    'oldUri',
    'newUri',
    'event',
  ],
  ...[
    'added',
    'removed',
    'name',
    'newName',
    'folder',
    'run',
    'ruleId',
    'ruleIds',
    'path',
    'paths',
    'ids',
    'texts',
  ],
  ...[
    'allow',
    'accept',
    'hunks',
    'kept',
    'settings',
    'ai',
    'rules',
    'limits',
    'models',
    'token',
    'id',
    'data',
  ],
  ...[
    'query',
    'limit',
    'on',
    'origin',
    'targets',
    'enabled',
    'tries',
    'command',
    'arguments',
    'rangeLength',
    '__proto__',
  ],
] as unknown as readonly [string, ...string[]];

/** Params that make sense, before they are spoilt. */
function soundParams(uri: string, draw: Draw): Readonly<Record<string, unknown>> {
  const position = { line: draw.below(8), character: draw.below(30) };
  const range = { start: position, end: position };
  return {
    textDocument: { uri, version: draw.below(5), languageId: 'javascript', text: 'avoid();\n' },
    position,
    range,
    contentChanges: [draw.below(2) === 0 ? { text: 'x\n' } : { range, text: 'x' }],
    changes: [{ uri, type: 1 + draw.below(3) }],
    files: [{ uri, oldUri: uri, newUri: uri }],
    event: { added: [], removed: [] },
    context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 },
    uri,
    newName: 'other',
    query: 'a',
    ruleId: '.cursor/rules/check.mdc',
    run: 'id000001',
    origin: 'user',
  };
}

/** Paths below `root` and addresses of nothing; none names a folder that is there. */
function drawUri(root: string, draw: Draw): string {
  const below = (path: string): string => pathToFileURL(join(root, path)).href;
  return draw.from([
    below('src/a.js'),
    below('.cursor/rules/check.mdc'),
    below('.cursor/rules/tests.mdc'),
    below('.cursor/rules/none.mdc'),
    below('.codegen-lab/models.yaml'),
    'untitled:Untitled-1',
    'file:///codegen-lab-none/a.js',
    'file://host/share/a.js',
    'file:///%ZZ',
    'file:///a%2fb',
    'codegen-lab-rule:/x',
    'http://localhost/a.js',
    '',
    '%',
    `${below('src')}/${'a'.repeat(5_000)}`,
  ]);
}

function drawValue(root: string, draw: Draw, depth = 0): unknown {
  const inner = (): unknown => drawValue(root, draw, depth + 1);
  switch (draw.below(depth > 2 ? 8 : 12)) {
    case 0:
      return null;
    case 1:
      return draw.from([0, -1, 1, 1.5, 1e9, 2 ** 31, -(2 ** 53), 1e308]);
    case 2:
      return drawUri(root, draw);
    case 3:
      return draw.from(['', 'a', '__proto__', '\u0000', '\ud83d', '../..', '🙂', 'x'.repeat(2_000)]);
    case 4:
      return draw.from<unknown>([false, 'user', 'save', '.cursor/rules/check.mdc', 'id000001']);
    case 5:
      return root;
    case 6:
      return [];
    case 7:
      return {};
    case 8:
    case 9:
      return Array.from({ length: draw.below(4) }, inner);
    default:
      return Object.fromEntries(Array.from({ length: draw.below(5) }, () => [draw.from(keys), inner()]));
  }
}

/** Params of the right form with some of their parts spoilt, or none at all. */
function drawParams(root: string, draw: Draw): unknown {
  if (draw.below(6) === 0) return drawValue(root, draw);
  const params: Record<string, unknown> = { ...soundParams(drawUri(root, draw), draw) };
  for (let left = draw.below(4); left > 0; left -= 1) {
    const key = draw.from(Object.keys(params) as unknown as readonly [string, ...string[]]);
    if (draw.below(3) === 0) delete params[key];
    else params[key] = drawValue(root, draw);
  }
  return params;
}

/** The body of a message: mostly well-formed, with wrong types; now and then no message, or no JSON. */
export function drawBody(root: string, draw: Draw): string {
  const method = draw.from(methods);
  const message = { jsonrpc: '2.0', method, params: drawParams(root, draw) };
  const id = draw.from([draw.below(1_000), `s${draw.below(50)}`, -1]);
  switch (draw.below(16)) {
    case 0:
      return JSON.stringify(message).slice(0, draw.below(60));
    case 1:
      return draw.from([
        '',
        'null',
        '[]',
        '1',
        '"x"',
        '{}',
        '[[]]',
        'true',
        '\u0000',
        '{"id":1}',
        '{"jsonrpc":"2.0"}',
      ]);
    case 2:
      return JSON.stringify([{ ...message, id }, message]);
    case 3:
      return JSON.stringify({ jsonrpc: '2.0', id: drawValue(root, draw), method, params: {} });
    case 4:
      return JSON.stringify({ jsonrpc: '2.0', id, result: drawValue(root, draw) });
    case 5:
      return JSON.stringify({ jsonrpc: '2.0', id, error: drawValue(root, draw) });
    case 6:
      return JSON.stringify({ ...message, method: drawValue(root, draw), id });
    case 7: {
      const depth = 1 + draw.below(3_000);
      return `{"jsonrpc":"2.0","id":1,"method":${JSON.stringify(method)},"params":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    }
    case 8:
    case 9:
    case 10:
      return JSON.stringify(message);
    default:
      return JSON.stringify({ ...message, id });
  }
}
