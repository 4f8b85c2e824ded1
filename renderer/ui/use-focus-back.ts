import { useEffect, useRef } from 'react';

/** What opened the first of the dialogs that follow one another: the later ones were opened from inside the one before. */
let origin: HTMLElement | null = null;

/**
 * Gives the focus back to what opened a dialog, also when the dialog is taken away whole instead of being closed first. It goes
 * nowhere when something else has the focus by then.
 */
export function useFocusBack(opened: boolean): void {
  const opener = useRef<HTMLElement | null>(null);
  const was = useRef(false);
  // While drawing, before the dialog takes the focus.
  if (opened && !was.current && document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
  was.current = opened;
  useEffect(() => {
    if (opened && opener.current?.closest('[role="dialog"]') === null) origin = opener.current;
  }, [opened]);
  useEffect(() => () => {
    if (!was.current || (document.activeElement !== null && document.activeElement !== document.body)) return;
    const target = opener.current?.isConnected === true ? opener.current : origin;
    if (target?.isConnected === true) target.focus();
  }, []);
}
