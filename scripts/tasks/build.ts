/** Builds the bundles into dist/ (--production: as shipped; --strict: every entry must exist). */
import '../../esbuild.mjs';
