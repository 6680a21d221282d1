/** The part of POSIX shell that RUN instructions are written in. What a reader can't place throws `ShellSyntaxError`. */
export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'pipeline'; readonly commands: readonly Command[]; readonly negated: boolean }
  | {
      readonly kind: 'and-or';
      readonly left: Command;
      readonly operator: '&&' | '||';
      readonly right: Command;
    }
  | { readonly kind: 'sequence'; readonly commands: readonly Command[] }
  | {
      readonly kind: 'group';
      readonly body: Command;
      readonly subshell: boolean;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Command; readonly body: Command }[];
      readonly otherwise: Command | null;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[] | null;
      readonly body: Command;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'while';
      readonly condition: Command;
      readonly body: Command;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'case';
      readonly word: Word;
      readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: Command }[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface Redirect {
  /** File descriptor; `null` stands for both 1 and 2 (`&>`). */
  readonly descriptor: number | null;
  readonly operator: '<' | '>' | '>>' | '<<' | '<<<' | '>&' | '<&';
  /** The file, the descriptor, or the text of a heredoc. */
  readonly target: Word;
}

export type Word = readonly WordPart[];

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly quoted: boolean;
      readonly length: boolean;
      readonly operator: string;
      readonly operand: string;
    }
  | { readonly kind: 'substitution'; readonly script: string; readonly quoted: boolean }
  | { readonly kind: 'arithmetic' };

export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
}
