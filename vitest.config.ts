import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  // Outside Electron, importing `electron` would try to download it.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-double.ts') } },
  test: {
    // A thread starts in less time than a process does.
    pool: 'threads',
    projects: [
      // `shared` is pure: no file can spoil another, and a process for each would take longer than what it runs.
      { extends: true, test: { name: 'unit-shared', include: ['shared/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: 'unit',
          // A busy machine is slow, and many tests start processes.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: ['{node,electron,renderer,scripts,tests}/**/*.test.ts'],
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
