import assert from 'node:assert/strict';
import { ensureSystemPackages, type PackageInstaller } from './systemPackages.ts';

describe('ensureSystemPackages', () => {
  function createInstaller(options: { present: readonly string[]; mayInstall: boolean; works?: boolean }) {
    const present = new Set(options.present);
    const installed: string[] = [];
    const installer: PackageInstaller = {
      isPresent: (name) => present.has(name),
      canInstall: () => options.mayInstall,
      install: (aptNames) => {
        installed.push(...aptNames);
        if (options.works ?? true) present.add('git').add('pytest');
      },
    };
    return { installer, installed };
  }

  it('installs nothing when everything is there', () => {
    const { installer, installed } = createInstaller({ present: ['git', 'pytest'], mayInstall: true });
    ensureSystemPackages(['git', 'pytest'], installer);
    assert.deepEqual(installed, []);
  });

  it('installs only what is missing, by its name in apt', () => {
    const { installer, installed } = createInstaller({ present: ['git'], mayInstall: true });
    ensureSystemPackages(['git', 'pytest'], installer);
    assert.deepEqual(installed, ['python3-pytest']);
  });

  it('names the command to run when it may not install', () => {
    const { installer } = createInstaller({ present: [], mayInstall: false });
    assert.throws(
      () => ensureSystemPackages(['pytest'], installer),
      /sudo apt-get install -y python3-pytest/,
    );
  });

  it('says so when a package does not bring its program', () => {
    const { installer } = createInstaller({ present: [], mayInstall: true, works: false });
    assert.throws(() => ensureSystemPackages(['git'], installer), /git cannot be found/);
  });

  it('finds the programs of this machine', () => {
    assert.doesNotThrow(() => ensureSystemPackages(['git']));
  });
});
