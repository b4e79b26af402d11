import assert from 'node:assert/strict';
import { add } from '../src/calc.js';

it('adds in a module', () => assert.equal(add({ a: 1, b: 2 }), 3));
