import type { DemoContext } from './demoContext.ts';

/** What a person who tries the product has set, and what keeps a picture free of the rest of VS Code. */
export function createEditorSettings({ model, recordings }: DemoContext): Readonly<Record<string, unknown>> {
  return {
    ...picture,
    'codegenLab.ai.enabled': 'on',
    'codegenLab.rules.builtin': ['generate-node-tests', 'generate-pytest-tests'],
    ...(model.kind === 'recorded'
      ? {
          'codegenLab.ai.provider': 'replay',
          'codegenLab.replay.mode': 'replay',
          'codegenLab.replay.folder': recordings,
        }
      : {
          'codegenLab.ai.provider': model.provider,
          'codegenLab.ai.model': model.model,
          'codegenLab.ai.baseUrl': model.baseUrl,
        }),
  };
}

const picture = {
  // What is typed stands in the file as it was meant: recorded answers are for that text alone.
  'editor.autoIndent': 'none',
  'editor.autoClosingBrackets': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.parameterHints.enabled': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.stickyScroll.enabled': false,
  'editor.hover.delay': 100,
  'terminal.integrated.fontSize': 12,
  // A new file beside nothing would leave half of the picture empty.
  'diffEditor.renderSideBySide': false,
  'diffEditor.hideUnchangedRegions.enabled': true,
  'git.blame.statusBarItem.enabled': false,
  'remote.autoForwardPorts': false,
  'breadcrumbs.enabled': false,
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'problems.showCurrentInStatus': false,
  'testing.automaticallyOpenPeekView': 'never',
  'testing.automaticallyOpenTestResults': 'neverOpen',
};
