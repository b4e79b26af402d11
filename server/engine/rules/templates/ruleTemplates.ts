import { renderValue } from '../editing/renderValue.ts';

export type RuleTemplateId = 'always' | 'files' | 'agent' | 'manual' | 'check' | 'tests' | 'base';

/** What a new rule begins with. */
export interface RuleTemplate {
  readonly id: RuleTemplateId;
  /** For people: when to take it. */
  readonly detail: string;
  render(values: TemplateValues): string;
}

export interface TemplateValues {
  /** The rule's name, such as `write-tests`. */
  readonly name: string;
  /** One line; undefined: a sentence that its author replaces. */
  readonly description?: string | undefined;
  /** As a person writes them, with commas; undefined: an example. */
  readonly globs?: string | undefined;
}

const exampleGlobs = 'src/**/*.ts';
const exampleDescription = 'Say in one line what this rule is for';

/** Every template makes a rule without a problem. */
export const ruleTemplates: readonly RuleTemplate[] = [
  {
    id: 'files',
    detail: 'guides where its globs match (Auto Attached)',
    render: (values) => render(values, { keys: ['description', 'globs', 'alwaysApply: false'] }),
  },
  {
    id: 'always',
    detail: 'guides everywhere (Always)',
    render: (values) => render(values, { keys: ['description', 'alwaysApply: true'] }),
  },
  {
    id: 'agent',
    detail: 'is asked for by its description (Agent Requested)',
    render: (values) => render(values, { keys: ['description', 'alwaysApply: false'] }),
  },
  {
    id: 'manual',
    detail: 'counts where somebody names it (Manual)',
    render: (values) => render(values, { keys: ['alwaysApply: false'] }),
  },
  {
    id: 'check',
    detail: 'finds a pattern in files, without a model',
    render: (values) =>
      render(values, { keys: ['description', 'globs', 'alwaysApply: false', ...checkLines] }),
  },
  {
    id: 'tests',
    detail: 'lets a model write tests when a file is saved, and proves them',
    render: (values) =>
      render(values, { keys: ['description', 'globs', 'alwaysApply: false', ...testLines] }),
  },
  {
    id: 'base',
    detail: 'is there to be extended by other rules',
    render: (values) => render(values, { keys: ['description', 'abstract: true', 'alwaysApply: false'] }),
  },
];

const checkLines: readonly string[] = [
  'actions:',
  '  - type: validate',
  '    conditions:',
  "      - pattern: '\\bdebugger\\b'",
  '        message: Say what is wrong here and what to do.',
];

const testLines: readonly string[] = [
  'on: save',
  'actions:',
  '  - type: generate_tests',
  '    message: Write tests for the behaviour of this file that the existing tests do not cover yet.',
];

/** `keys`: lines of the frontmatter; those with a value of the author are named alone. */
function render(values: TemplateValues, { keys }: { readonly keys: readonly string[] }): string {
  const { name, description = exampleDescription, globs = exampleGlobs } = values;
  const lines = keys.map((key) => {
    if (key === 'description') return `description: ${renderValue(description)}`;
    return key === 'globs' ? `globs: ${renderValue(globs)}` : key;
  });
  const title = name.replace(/^.*\//, '').replaceAll(/[-_.]+/g, ' ');
  const heading = title.slice(0, 1).toUpperCase() + title.slice(1);
  return ['---', ...lines, '---', `# ${heading}`, '', 'Write here what the model must know.', ''].join('\n');
}
