/** Whether a click on a row was meant for something in it: buttons, boxes and menus answer for themselves. */
export function isOnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button, a, input, label, [role="menu"]') !== null;
}
