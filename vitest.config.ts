import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  // Outside Electron, importing `electron` would try to download it.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-double.ts') } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // A busy machine is slow, and many tests start processes.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: ['{shared,node,electron,renderer,scripts,tests}/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/packaging/**', 'tests/browsers/**', '**/node_modules/**'],
        },
      },
      // Drives real browsers.
      {
        extends: true,
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          retry: 1,
        },
      },
      // Looks at what `npm run build` made.
      { extends: true, test: { name: 'packaging', include: ['tests/packaging/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
