import type { MapShape, Shape } from '../rules/forms/shape.ts';

const rights: Readonly<Record<string, Shape>> = {
  commands: {
    kind: 'texts',
    summary:
      'Commands that may run, each by its first words: `npm test` allows `npm test -- a`. `[]` allows none.',
  },
  write: {
    kind: 'texts',
    summary: 'Where edits may land, as globs from the workspace folder. `[]` allows none.',
  },
  ask: {
    kind: 'texts',
    summary: 'Models that may be asked, as `provider/model`; a `*` at the end stands for the rest.',
  },
  network: {
    kind: 'texts',
    summary:
      'Of the domains that the settings name, what the sandbox may still reach. `[]` leaves it without a network.',
  },
  tests: { kind: 'switch', summary: 'Whether tests may run.' },
  unconfined: {
    kind: 'switch',
    summary: 'Whether what a model wrote may be tried without a sandbox, where a person says yes.',
  },
  unproven: { kind: 'switch', summary: 'Whether parts of a proposal may land that are not proven.' },
  approve: { kind: 'switch', summary: 'Whether people may approve rules here.' },
  spend: {
    kind: 'map',
    summary: 'What calls of models may cost. The least of this, the settings and models.yaml counts.',
    keys: {
      usdPerRun: { kind: 'number', min: 0, whole: false, summary: 'Most US dollars of one run.' },
      usdPerDay: {
        kind: 'number',
        min: 0,
        whole: false,
        summary: 'Most US dollars of a day (UTC), over all folders and windows.',
      },
      tokensPerRun: {
        kind: 'number',
        min: 0,
        whole: false,
        summary: 'Most tokens of one run, input and answers together.',
      },
    },
  },
};

const role = (summary: string): MapShape => ({ kind: 'map', summary, keys: rights });

export const policyShape: MapShape = {
  kind: 'map',
  summary: 'What is taken away from rules, models and people. What is not mentioned is not restricted.',
  keys: {
    roles: {
      kind: 'map',
      summary: 'Whose rights are taken away, by how something comes about.',
      keys: {
        rules: role('What rules do by themselves.'),
        models: role('What runs of what a model wrote, before a person has accepted it.'),
        people: role('What is done by hand, in the editor or on the command line.'),
      },
    },
    rules: {
      kind: 'record',
      names: 'rule',
      summary: 'What is taken away from single rules, beside what `roles` says.',
      of: role('What is taken away from this rule, and from what a model writes for it.'),
    },
  },
};
