import { expect, test } from 'vitest';
import { element, greeting } from '../src/view';

test('greets', () => expect(greeting('you')).toBe(<b>Hello, you</b>));
