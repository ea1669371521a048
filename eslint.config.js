import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'

/** What each folder may import, besides itself. The first folder that matches a file decides; a path therefore tells what a file may touch. */
const layers = {
  'shared/fetch': [],
  'shared/html': ['acorn', '#parse-javascript', '#shared/fetch/'],
  'shared/cookies': ['tough-cookie', 'tldts', '#shared/fetch/'],
  'shared/beyond-fetch': ['#parse-javascript', '#shared/fetch/'],
  'shared/policy': ['valibot', 'tldts', '#shared/fetch/', '#shared/beyond-fetch/', '#shared/scenario/', '#shared/lab/prose'],
  'shared/scenario': ['valibot', '#shared/fetch/', '#shared/policy/'],
  shared: ['valibot', 'tldts', '#shared/'],
  node: ['node:', 'undici', 'ws', 'valibot', 'selfsigned', '#shared/', '#node/'],
  electron: ['electron', 'node:', '#shared/', '#node/'],
  renderer: [
    'vue',
    'pinia',
    '@vueuse/',
    '@tanstack/vue-virtual',
    'reka-ui',
    '@fontsource-variable/',
    '@codemirror/',
    '@lezer/highlight',
    'acorn',
    'fast-deep-equal',
    'fuzzysort',
    'marked',
    '#shared/',
  ],
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  files: [`${folder}/**/*.{ts,vue}`],
  ignores: [
    '**/*.test.ts',
    ...Object.keys(layers)
      .filter((other) => other.startsWith(`${folder}/`))
      .map((other) => `${other}/**`),
  ],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?!\\.{1,2}/|${[...allowed, `#${folder}/`].map(escape).join('|')})`,
            message: `${folder}/ may import only ${allowed.join(', ') || 'itself'}.`,
          },
          { regex: '^(\\.\\./)+(shared|node|electron|renderer)/', message: 'Name the layer: import from #shared/… or #node/….' },
          ...(folder.includes('/')
            ? [
                {
                  regex: '^\\.\\./(?!\\.\\.)',
                  message: `Name the folder: import from #shared/…; ${folder}/ may import only ${allowed.join(', ') || 'itself'}.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}))

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/', 'tests/conformance/*.ndjson', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        project: './tsconfig.eslint.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `method<void>()`: a contract method that answers nothing says so.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A function used before its definition is the table of contents coming first.
      '@typescript-eslint/no-use-before-define': 'off',
      // Formatting is Prettier's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'off',
      // A label that holds its control, or names it by id: either will do.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  // In a test, `!` on what is not there fails the test, which is what a test is for.
  { files: ['**/*.test.ts', 'tests/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  ...layerRules,
)
