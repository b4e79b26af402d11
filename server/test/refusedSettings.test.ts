import assert from 'node:assert/strict';
import { findSettingsFault } from '../protocol/findSettingsFault.ts';
import type { EditorSettings } from '../protocol/requests.ts';
import { source, withSampleSlice } from './sampleSlice.ts';
import { neverAborted, plainSettings, type Slice } from './sliceWorkspace.ts';

const { ai, limits, rules } = plainSettings;

/** What no editor of ours sends, and the place that is told. */
const garbage: readonly (readonly [at: string, settings: unknown])[] = [
  ['', null],
  ['', 'settings'],
  ['ai', {}],
  ['ai', { ...plainSettings, ai: null }],
  ['ai.enabled', { ...plainSettings, ai: { ...ai, enabled: 'yes' } }],
  ['ai.keyCommands.anthropic.1', { ...plainSettings, ai: { ...ai, keyCommands: { anthropic: ['op', 5] } } }],
  ['approval', { ...plainSettings, approval: 'always' }],
  ['limits.attempts', { ...plainSettings, limits: { ...limits, attempts: Number.NaN } }],
  ['limits.usdPerRun', { ...plainSettings, limits: { ...limits, usdPerRun: -1 } }],
  ['rules', { ...plainSettings, rules: 5 }],
  ['rules.byFolder./a.enabled', { ...plainSettings, rules: { ...rules, byFolder: { '/a': {} } } }],
  ['sandbox.domains', { ...plainSettings, sandbox: { domains: 'example.org' } }],
  ['audit.required', { ...plainSettings, audit: {} }],
];

/** As a message of the protocol brings it: of no type that anybody vouches for. */
function configure({ running }: Slice, settings: unknown): void {
  running.configure(settings as EditorSettings);
}

describe('settings that are none', function () {
  this.timeout(60_000);

  it('are told by their first wrong place; others are taken, whatever else they hold', () => {
    for (const [at, settings] of garbage) assert.equal(findSettingsFault(settings)?.at, at);
    assert.equal(findSettingsFault(plainSettings), undefined);
    assert.equal(findSettingsFault({ ...plainSettings, ofLaterVersions: 1 }), undefined);
  });

  it('are not taken: what was set goes on, and the log tells', () =>
    withSampleSlice({ script: [] }, async (slice) => {
      for (const [at, settings] of garbage) {
        const before = slice.messages.length;
        configure(slice, settings);
        assert.ok(
          slice.messages
            .slice(before)
            .some((message) => message.includes('settings') && message.includes(at)),
          at,
        );
      }
      // A later change of another kind looks at all that is kept.
      slice.running.setTrusted(true);
      const { engine, models } = slice.running;
      assert.equal(models.provider('ollama')?.address, slice.models.openaiUrl);
      const request = { root: slice.root, rule: 'generate-tests', path: source };
      assert.match(await engine.previewPrompt(request, neverAborted), /ollama\/scripted/u);
    }));
});
