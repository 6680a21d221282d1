import { describe, expect, test } from 'vitest';
import { openerOf } from '../../scripts/daemon/open-browser.ts';
import { editorArguments, editorOf } from '../../scripts/daemon/editor-command.ts';

describe('the editor', () => {
  test.each([
    [{ SECOND_OPINION_EDITOR: 'hx', EDITOR: 'code' }, 'hx'],
    [{ VISUAL: 'vim', EDITOR: 'code' }, 'code'],
    [{ EDITOR: '/opt/zed/bin/zed' }, '/opt/zed/bin/zed'],
    [{ TERM_PROGRAM: 'vscode' }, 'code'],
    [{ EDITOR: 'vi' }, null],
    [{}, null],
  ])('of %j is %s', (environment, editor) => expect(editorOf(environment)).toBe(editor));

  test.each([
    ['code', ['--goto', '/w/app/a b.ts:7']],
    ['zed', ['/w/app/a b.ts:7']],
    ['idea', ['--line', '7', '/w/app/a b.ts']],
    ['kate', ['+7', '/w/app/a b.ts']],
    ['unheard-of', ['/w/app/a b.ts']],
  ])('%s is told the line in its own way, and no shell sees it', (command, args) => {
    expect(editorArguments(command, '/w/app/a b.ts', 7, 'linux')).toEqual({
      program: command,
      args,
      shell: false,
    });
  });

  test('on Windows is a batch file: a shell starts it, and each word is quoted', () => {
    const code = 'C:\\Program Files\\VS Code\\bin\\code.cmd';
    expect(editorArguments(code, 'C:\\a b\\app\\x&calc.ts', 7, 'win32')).toEqual({
      program: `"${code}"`,
      args: ['--goto', '"C:\\a b\\app\\x&calc.ts:7"'],
      shell: true,
    });
  });
});

test('a browser is opened by what each system has for it', () => {
  expect(openerOf('darwin')).toEqual(['open']);
  expect(openerOf('win32')).toEqual(['cmd', '/c', 'start', '']);
  expect(openerOf('linux')).toEqual(['xdg-open']);
});
