import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const at = (path: string) => resolve(import.meta.dirname, path)

export default defineConfig({
  main: { build: { sourcemap: true, rolldownOptions: { input: { index: at('electron/main/index.ts') } } } },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that may require nothing but 'electron'.
      externalizeDeps: false,
      rolldownOptions: { input: { index: at('electron/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'),
    // No part uses the options API, nor do the libraries: Vue leaves out what stands for it.
    plugins: [vue({ features: { optionsAPI: false } })],
    // A small font as a data: URL would be refused by `font-src 'self'`.
    build: {
      minify: true,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: at('renderer/index.html'), gallery: at('renderer/gallery.html') },
        // The public suffix list is one long string: written wherever it is used, it would be there twice.
        optimization: { inlineConst: false },
      },
    },
  },
})
