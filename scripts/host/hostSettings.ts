/** User settings that make this VS Code behave like one on a desktop, and show the work instead of greeting. */
export const hostSettings = {
  // In a browser it would be `afterDelay`: files would save themselves.
  'files.autoSave': 'off',
  // Where trust is tested, the window opens in Restricted Mode, whatever this version's habit is.
  'security.workspace.trust.startupPrompt': 'never',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.reduceMotion': 'on',
  // Otherwise the terminal is drawn as a picture, and nobody can read it.
  'terminal.integrated.gpuAcceleration': 'off',
  // The assistant that comes with VS Code costs seconds at each start, and fills the screen with offers.
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};
