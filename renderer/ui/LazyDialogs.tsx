import { lazy, Suspense } from 'react';
import type { ConfirmDialogProps, DialogProps } from './Dialogs.tsx';

const LoadedConfirm = lazy(async () => ({ default: (await import('./Dialogs.tsx')).ConfirmDialog }));
const LoadedDialog = lazy(async () => ({ default: (await import('./Dialogs.tsx')).Dialog }));

/** `ConfirmDialog` for the first screens: loaded when it opens, since nobody sees it before. */
export function LazyConfirmDialog(props: ConfirmDialogProps) {
  return props.opened ? <Suspense fallback={null}><LoadedConfirm {...props} /></Suspense> : null;
}

/** `Dialog`, in the same way. */
export function LazyDialog(props: DialogProps) {
  return props.opened ? <Suspense fallback={null}><LoadedDialog {...props} /></Suspense> : null;
}
