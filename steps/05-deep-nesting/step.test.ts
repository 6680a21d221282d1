import { defineChecks } from '../../harness/checks.ts';
import { checkForm } from './form.ts';
import { checkNesting } from './nesting.ts';
import { checkNewcomers } from './newcomers.ts';
import { checkOrder } from './order.ts';
import { checkRefusals } from './refusals.ts';

export default defineChecks(import.meta.dirname, {
  nesting: checkNesting,
  form: checkForm,
  refusals: checkRefusals,
  order: checkOrder,
  stored: checkNewcomers,
});
