import { test } from 'vitest';

test('never', () => {
  const = 1;
});
