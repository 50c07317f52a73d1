/**
 * Configures ESLint. The file patterns are relative to the root of the repository, so run ESLint
 * from there with `--config .config/eslint.config.js`. Rules that need types apply to TypeScript
 * files only. The rules of `bans.js` need no types, so `test/bans.test.ts` can apply them to plain
 * text.
 */
import { defineConfig, globalIgnores } from 'eslint/config'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'
import { house, pure } from './bans.js'

const configuration = ['*.config.ts', '.config/*.js']
const tests = ['**/*.test.ts']

/** Mistakes that the compiler does not report. */
const mistakes = {
  eqeqeq: 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-control-regex': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-loss-of-precision': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unsafe-finally': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
}

/** Where the strict set and the house style differ, the style holds. */
const style = {
  // Typed columns under noUncheckedIndexedAccess are read with `!`, a bound checked by the loop.
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
}

const styleWithTypes = {
  // There are no enums and no classes to look for, and looking took a third of all rules' time.
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unsafe-enum-comparison': 'off',
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // `wholeNumber<EcsCpu>('cpu')`: a codec's maker is told the unit of what it makes.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  // `t.Type<TaskSize, TaskSizeWire, unknown>`: a codec says all three of its types.
  '@typescript-eslint/no-unnecessary-type-arguments': 'off',
  // io-ts binds `decode` itself, and we write no classes.
  '@typescript-eslint/unbound-method': 'off',
  // A sum drops the brand, and a branded number may be negated like any other.
  '@typescript-eslint/no-unsafe-unary-minus': 'off',
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  // Names are compared by code unit and read by code point; nobody cuts an emoji here.
  '@typescript-eslint/no-misused-spread': 'off',
  // What is left of `unknown` is `{}`, and a message may show it whatever it is.
  '@typescript-eslint/no-base-to-string': [
    'error',
    { ignoredTypeNames: ['Error', 'RegExp', 'URL', '{}'] },
  ],
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
}

/** Texts come from files of strangers, so the time of a pattern is linear in the text. */
const patterns = {
  'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
  'regexp/no-super-linear-move': ['error', { report: 'potential' }],
}

export default defineConfig(
  globalIgnores([
    '.config/*.d.ts',
    '**/dist/',
    '.tsbuild/',
    '.api-docs/',
    '.stryker/',
    'coverage/',
    'test/golden/',
    'bench/results/',
    // AssemblyScript, which has types of its own.
    'bench/wasm/*.as.ts',
  ]),
  {
    files: ['**/*.{ts,js}'],
    extends: [tseslint.configs.strict],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...mistakes, ...style, ...house() },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { ...style, ...styleWithTypes },
  },
  { files: configuration, rules: house({ configuration: true }) },
  { files: tests, rules: house({ test: true }) },
  {
    files: [
      'packages/{kernel,documents,fargate,ecs,kubernetes,workbench,simulator,optimizer}/src/**/*.ts',
    ],
    ignores: tests,
    // A ban cannot be lifted by a comment in the file that it is for.
    linterOptions: { noInlineConfig: true },
    rules: pure(),
  },
  { files: ['packages/kernel/src/**/*.ts'], ignores: tests, rules: pure({ kernel: true }) },
  {
    files: ['packages/*/src/**/*.{ts,tsx}'],
    ignores: [...tests, '**/*.fixture.ts'],
    plugins: { regexp },
    rules: patterns,
  },
)
