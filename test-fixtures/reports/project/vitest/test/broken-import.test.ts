import { test } from 'vitest';
import './no-such-file.ts';

test('never', () => {});
