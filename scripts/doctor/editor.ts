import { editorOf } from '../daemon/editor-command.ts';
import { type Examination, ok, warning } from './diagnosis.ts';
import { findProgram } from './program.ts';

/** The command that a button of the guide would use. */
export const examineEditor: Examination = {
  id: 'editor',
  title: 'Editor',
  async examine({ environment, platform }) {
    const start =
      platform === 'win32'
        ? 'Set the variable SECOND_OPINION_EDITOR to your editor, as code, then run: npm start'
        : 'SECOND_OPINION_EDITOR=code npm start';
    const command = editorOf(environment);
    if (command === null) return warning('not known, so the guide can open no file in it', start);
    if ((await findProgram(command, { environment, platform })) !== null) return ok(command);
    return warning(`${command} is not found on PATH`, start);
  },
};
