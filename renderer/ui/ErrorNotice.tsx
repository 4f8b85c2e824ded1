import type { ErrorTexts } from './States.tsx';
import { Notice } from './Notice.tsx';

/** What just went wrong, beside what caused it: three sentences. Read out at once. Nothing when `error` is null. */
export function ErrorNotice({ error }: { readonly error: ErrorTexts | null }) {
  if (error === null) return null;
  return <Notice tone="red" role="alert" title={error.happened}>{`${error.unchanged} ${error.todo}`}</Notice>;
}
