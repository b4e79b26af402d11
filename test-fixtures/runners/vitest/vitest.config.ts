import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'transform', jsxFactory: 'element' },
  test: { include: ['test/**/*.test.{ts,tsx}'], coverage: { include: ['src/**'] } },
});
