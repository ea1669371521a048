import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  // Outside Electron, importing `electron` would try to download it.
  resolve: { alias: { electron: resolve(import.meta.dirname, 'tests/electron-double.ts') } },
  test: {
    include: ['{shared,node,electron,renderer,tests}/**/*.test.ts'],
    exclude: ['tests/e2e/**', '**/node_modules/**'],
  },
})
