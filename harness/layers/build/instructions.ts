import type { Instruction } from '../dockerfile/parse.ts';
import { expandVariables } from '../dockerfile/expand.ts';
import { splitPairs, splitWords, unquote } from '../dockerfile/words.ts';
import { addLayer, makeFolders, resolvePath, type Stage } from '../image/stage.ts';
import { runInstruction } from '../run/run-instruction.ts';
import { type Build, PLATFORM_ARGUMENTS } from './build.ts';
import { copyInstruction } from './copy.ts';

export function applyInstruction(build: Build, stage: Stage, instruction: Instruction): void {
  const { keyword, line, text, json } = instruction;
  const expand = (raw: string) =>
    expandVariables(raw, (name) => stage.environment.get(name) ?? stage.arguments.get(name));
  const plain = (raw: string) => unquote(expand(raw));
  const fail = (message: string) => void stage.events.push({ kind: 'build-error', line, message });
  const setting = (createdBy: string) => void addLayer(stage, line, keyword, createdBy, true);
  const start = { form: json === null ? 'shell' : 'exec', words: json ?? [text], line } as const;

  switch (keyword) {
    case 'ARG': {
      const pairs = splitPairs(text, false).map(
        ([name, raw]) => [name, raw === null ? null : plain(raw)] as const,
      );
      for (const [name, byDefault] of pairs) declare(build, stage, name, byDefault);
      // A value that is given on the command line shows in the history of later RUNs, not in this entry.
      return setting(
        `ARG ${pairs.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join(' ')}`,
      );
    }
    case 'ENV': {
      const pairs = splitPairs(text, true);
      const broken = pairs.find(([, value]) => value === null);
      if (broken !== undefined) return fail(`ENV ${text}: there is no "=" in "${broken[0]}".`);
      const values = pairs.map(([name, raw]) => [plain(name), plain(raw ?? '')] as const);
      for (const [name, value] of values) stage.environment.set(name, value);
      return setting(`ENV ${values.map((pair) => pair.join('=')).join(' ')}`);
    }
    case 'LABEL': {
      const values = splitPairs(text, true).map(([name, raw]) => [plain(name), plain(raw ?? '')] as const);
      for (const [name, value] of values) stage.labels.set(name, value);
      return setting(`LABEL ${values.map((pair) => pair.join('=')).join(' ')}`);
    }
    case 'WORKDIR': {
      stage.workdir = resolvePath(stage.workdir, plain(text) || '/');
      const layer = addLayer(stage, line, keyword, `WORKDIR ${stage.workdir}`, false);
      return makeFolders(stage, layer, stage.workdir, stage.user.split(':')[0] || 'root');
    }
    case 'USER':
      stage.user = plain(text);
      return setting(`USER ${stage.user}`);
    case 'EXPOSE':
      for (const port of splitWords(expand(text))) stage.exposed.add(port);
      return setting(`EXPOSE ${text}`);
    case 'CMD':
      stage.command = start;
      return setting(`CMD ${json === null ? `["/bin/sh" "-c" ${JSON.stringify(text)}]` : text}`);
    case 'ENTRYPOINT':
      stage.entrypoint = start;
      // A CMD of the base image does not outlive a new entry point; one of this Dockerfile does.
      if (!stage.layers.some((layer) => layer.keyword === 'CMD')) stage.command = null;
      return setting(`ENTRYPOINT ${text}`);
    case 'HEALTHCHECK':
      stage.healthcheck = /^none$/i.test(text) ? null : text;
      return setting(`HEALTHCHECK ${text}`);
    case 'SHELL':
      if (json === null) return fail('SHELL needs the JSON form.');
      stage.shell = json;
      return setting(`SHELL ${text}`);
    case 'ONBUILD':
      stage.onBuild.push({ line, text });
      return;
    case 'VOLUME':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return setting(`${keyword} ${text}`);
    case 'COPY':
    case 'ADD':
      return copyInstruction(build, stage, instruction, expand);
    case 'RUN':
      return runInstruction(build, stage, instruction);
    default:
      return fail(`"${keyword}" is no instruction of a Dockerfile.`);
  }
}

function declare(build: Build, stage: Stage, name: string, byDefault: string | null): void {
  const given = build.input.buildArguments?.[name];
  const value = given ?? byDefault ?? build.globals.get(name) ?? PLATFORM_ARGUMENTS[name];
  if (value === undefined) stage.arguments.delete(name);
  else stage.arguments.set(name, value);
}
