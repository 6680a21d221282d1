import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';

/** For the learner: `npm run lint:app`. The judge does not read it, and our own `npm run lint` leaves `app/` alone. */
export default tseslint.config({
  files: ['app/src/**/*.ts'],
  extends: [tseslint.configs.base],
  linterOptions: { noInlineConfig: true },
  plugins: { '@stylistic': stylistic },
  rules: {
    '@typescript-eslint/naming-convention': [
      'error',
      { selector: 'typeLike', format: ['PascalCase'] },
      { selector: ['variable'], modifiers: ['const'], format: ['camelCase', 'UPPER_CASE'] },
      { selector: ['variable', 'function', 'parameter'], format: ['camelCase'], leadingUnderscore: 'allow' },
    ],
    '@stylistic/arrow-parens': 'error',
    '@stylistic/arrow-spacing': 'error',
    '@stylistic/brace-style': ['error', '1tbs', { allowSingleLine: true }],
    '@stylistic/comma-spacing': 'error',
    '@stylistic/indent': ['error', 2, { ignoredNodes: ['TemplateLiteral *'] }],
    '@stylistic/keyword-spacing': 'error',
    '@stylistic/object-curly-spacing': ['error', 'always'],
    '@stylistic/quotes': ['error', 'single', { avoidEscape: true }],
    '@stylistic/semi': 'error',
    '@stylistic/space-before-blocks': 'error',
    '@stylistic/space-in-parens': 'error',
    '@stylistic/space-infix-ops': 'error',
    '@stylistic/type-annotation-spacing': 'error',
  },
});
