import { defineChecks } from '../../harness/checks.ts';
import { baseImage } from './base-image.ts';
import { buildContext } from './build-context.ts';
import { builds } from './builds.ts';
import { developmentDependencies, packages } from './packages.ts';
import { starts } from './starts.ts';
import { user } from './user.ts';

export default defineChecks(import.meta.dirname, {
  builds,
  'base-image': baseImage,
  'build-context': buildContext,
  packages,
  'dev-dependencies': developmentDependencies,
  user,
  starts,
});
