/** Lint rules: type-checked, plus the house rules a tool can hold. */
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import * as lit from 'eslint-plugin-lit';
import * as wc from 'eslint-plugin-wc';
import litA11y from 'eslint-plugin-lit-a11y';

const machineGlobals = [
  { name: 'setTimeout', message: 'Ask the Clock port.' },
  { name: 'setInterval', message: 'Ask the Clock port.' },
  { name: 'crypto', message: 'Ask the Ids or Random port.' },
];
const machineProperties = [
  { object: 'Date', property: 'now', message: 'Ask the Clock port.' },
  { object: 'performance', property: 'now', message: 'Ask the Clock port.' },
  { object: 'Math', property: 'random', message: 'Ask the Random port.' },
];
const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union or z.enum.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TSParameterProperty', message: 'Declare the field.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'coverage/**',
      'data/**',
      'docs/api/**',
      'test-results/**',
      'tests/boundaries/planted/**',
      '**/*.mjs',
      '**/*.cjs',
      '**/*.js',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'sdk/tsconfig.json',
          'sdk/tsconfig.worker.json',
          'sdk/tsconfig.worklet.json',
          'control-plane/tsconfig.json',
          'control-plane/tsconfig.dashboard.json',
          'tests/tsconfig.json',
        ],
        tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)),
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An interface over z.infer shows each field in the docs, although it adds no member.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-non-null-asserted-optional-chain': 'error',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Our interfaces are closures over their own state; none of them reads `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `async` also turns a throw into a rejection, which is what such a function promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      // A control character in a pattern is how input with NUL is refused.
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', ...syntax],
      'no-restricted-globals': ['error', ...machineGlobals],
      'no-restricted-properties': ['error', ...machineProperties],
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    // The machine is asked only here; worklets and worker entries have no other way, dashboards are leaf programs.
    files: [
      '**/platform/**/*.ts',
      '**/*.worklet.ts',
      '**/*.worker.ts',
      'control-plane/src/dashboard/**/*.ts',
      'sdk/src/loader/**/*.ts',
      'tests/**/*.ts',
      '**/*.test.ts',
      'scripts/**/*.ts',
    ],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: [
      'tests/**/*.ts',
      '**/*.test.ts',
      'control-plane/src/main.ts',
      'control-plane/src/cli.ts',
      'scripts/**/*.ts',
    ],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      // Tests of quirks mode and of upgraded elements need what products may not use.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['sdk/src/element/**/*.ts', 'control-plane/src/dashboard/**/*.ts'], ...lit.configs['flat/recommended'] },
  { files: ['sdk/src/element/**/*.ts', 'control-plane/src/dashboard/**/*.ts'], ...wc.configs['flat/recommended'] },
  {
    files: ['sdk/src/element/**/*.ts', 'control-plane/src/dashboard/**/*.ts'],
    plugins: { 'lit-a11y': litA11y },
    rules: { ...litA11y.configs.recommended.rules },
  },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
