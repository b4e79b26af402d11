import assert from 'node:assert/strict';
import { CrashWindow } from './crashWindow.ts';

describe('CrashWindow', () => {
  it('allows restarts until too many crashes come close together', () => {
    const crashes = new CrashWindow(3, 1000);
    assert.deepEqual([crashes.record(0), crashes.record(10), crashes.record(20)], [true, true, false]);
  });

  it('forgets crashes that are long past', () => {
    const crashes = new CrashWindow(3, 1000);
    assert.deepEqual(
      [0, 600, 1200, 1800].map((at) => crashes.record(at)),
      [true, true, true, true],
    );
  });

  it('starts anew when a person restarts', () => {
    const crashes = new CrashWindow(2, 1000);
    crashes.record(0);
    crashes.forget();
    assert.ok(crashes.record(1));
  });
});
